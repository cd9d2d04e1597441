import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, normals, stream } from "../../../src/base/random.ts";
import { drawPlane, overlap } from "../../../src/family/plane/plane.ts";
import { kappaCoefficients } from "../../../src/numeric/arc-cosine.ts";
import { alternating, reluPolygon } from "../../../src/family/plane/polygon.ts";
import { polygonNormSquared } from "../../../src/family/plane/polygon-norm.ts";
import { overlapNorm, polygonProduct } from "../../../src/family/plane/polygon-product.ts";
import { cosine, fixed, one, pi, sine, times, toNumber } from "./fixed-point.ts";
import { mixed, shaped, single, type Overlap } from "./overlaps.ts";

const degrees = [2, 4, 6, 8, 12, 20];

describe("inner products", () => {
  it("by the two formulas agree within their error bounds, which are narrow", () => {
    for (const k of degrees)
      for (const correlations of [single, mixed]) {
        const g = polygonProduct(k, correlations);
        fc.assert(
          fc.property(shaped, fc.double({ min: 1e-3, max: 1, noNaN: true }), (of, share) => {
            const s = share * g.seriesUpTo * (1 - 1e-9);
            const [closed, series] = [g.closedForm(...of(s)), g.series(...of(s))];
            expect(Math.abs(closed - series)).toBeLessThanOrEqual(g.closedFormError(s) + g.seriesError(s));
            expect(g.seriesError(s)).toBeLessThan(2e-13 * s ** k * g.normSquared);
          }),
          { numRuns: 60, seed: k },
        );
        expect(Math.abs(g.closedForm(1, 0, 0, 1) - g.normSquared)).toBeLessThan(g.closedFormError(1) * 2);
        expect(g.error(1)).toBeLessThan(1e-9 * g.normSquared);
      }
  });

  it("by the series keep 1e-12 relative accuracy down to correlations of 1e-30, against fixed-point arithmetic", () => {
    for (const [k, s, r] of [[2, 3e-9, 1], [4, 3e-8, 1], [4, 0.01, 0.6], [4, 0.25, 1], [6, 1e-5, 1], [6, 0.3, 0.9], [10, 1e-3, 1], [12, 0.002, 1]]) {
      const correlations = [{ correlation: r, weight: 1.5 }];
      const g = polygonProduct(k, correlations);
      for (const shape of [[0.9, 0.1, -0.2, 0.8], [0.3, -0.7, 0.6, 0.4], [1, 0, 0, -0.2]] as Overlap[]) {
        const K = shape.map((x) => (x * s) / overlapNorm(...shape)) as Overlap;
        const exact = 1.5 * exactly(k, K.map(fixed), fixed(r)); // prettier-ignore
        expect(Math.abs(g.series(...K) - exact)).toBeLessThan(g.seriesError(s));
        // none of these shapes sits on a zero of the leading term
        expect(Math.abs(g.series(...K) / exact - 1)).toBeLessThan(1e-12);
      }
    }
    const tiny = polygonProduct(4).series(2e-8, 0, 0, 1e-8) / polygonNormSquared(4);
    expect(tiny).toBeGreaterThan(1e-32);
    expect(tiny).toBeLessThan(1e-30);
  }); // prettier-ignore

  it("may be had to an absolute accuracy, which is kept", () => {
    for (const k of degrees) {
      const [g, exact] = [polygonProduct(k, mixed, { absolute: 1e-12 }), polygonProduct(k, mixed)];
      fc.assert(
        fc.property(shaped, fc.double({ min: 1e-3, max: 1, noNaN: true }), (of, s) => {
          const off = Math.abs(g.value(...of(s)) - exact.value(...of(s)));
          expect(off).toBeLessThanOrEqual(g.error(s) + exact.error(s));
        }),
        { numRuns: 60, seed: k },
      );
      expect(g.error(0.5)).toBeLessThan(1e-11 * g.normSquared + exact.error(0.5));
    }
    expect(polygonProduct(4, undefined, { absolute: 1e-12 }).switchAt).toBeLessThan(0.6);
  });

  it("begin with kappa_k S_k, S_k = (2k)^2 2^(1-k) Re(A^k + B^k)", () => {
    for (const k of [2, 4, 6]) {
      const [a, b, c, d] = [3e-7, 1e-7, -2e-7, 4e-7];
      const power = (re: number, im: number): number =>
        Math.hypot(re, im) ** k * Math.cos(k * Math.atan2(im, re));
      const leading = power((a + d) / 2, (b - c) / 2) + power((a - d) / 2, -(b + c) / 2);
      const expected = kappaCoefficients(k)[k] * (2 * k) ** 2 * 2 ** (1 - k) * leading;
      expect(Math.abs(polygonProduct(k).series(a, b, c, d) / expected - 1)).toBeLessThan(1e-10);
    }
  });

  it("are what simulation says, within 4 standard errors, on 240 random cases", () => {
    const samples = 1500;
    for (let run = 0; run < 240; run++) {
      const k = [2, 4, 6][run % 3];
      const d = 2 + (run % 5);
      const random = stream(keyFor("product cases", run));
      const r = 1 - random.uniform() ** 2 * 0.7;
      const [U, V] = [drawPlane(keyFor("U", run), d), drawPlane(keyFor("V", run), d)];
      const near = Math.sqrt(1 - r * r);
      const g = polygonProduct(k, [{ correlation: r, weight: 1 }]);
      const f = reluPolygon(k, alternating(k));
      const x = normals(keyFor("x", run), new Float64Array(2 * d * samples));
      let [sum, squares] = [0, 0];
      for (let i = 0; i < samples; i++) {
        const at = 2 * d * i;
        let [a, b, c, e] = [0, 0, 0, 0];
        for (let j = 0; j < d; j++) {
          const first = x[at + j];
          const second = r * first + near * x[at + d + j];
          a += U[j] * first;
          b += U[d + j] * first;
          c += V[j] * second;
          e += V[d + j] * second;
        }
        const product = f(a, b) * f(c, e);
        sum += product;
        squares += product * product;
      }
      const mean = sum / samples;
      const error = Math.sqrt((squares / samples - mean * mean) / samples);
      const expected = g.value(...overlap(U, V));
      expect(Math.abs(mean - expected)).toBeLessThan(4 * error);
    }
  });

  it("never exceed ||F||^2 times the k-th power of the overlap", () => {
    for (const k of degrees) {
      const g = polygonProduct(k, mixed);
      fc.assert(
        fc.property(shaped, fc.double({ min: 1e-3, max: 1, noNaN: true }), (of, s) => {
          expect(Math.abs(g.value(...of(s)))).toBeLessThanOrEqual(s ** k * g.normSquared * (1 + 1e-9) + g.error(s)); // prettier-ignore
        }),
        { numRuns: 50, seed: k },
      );
    }
  });
});

/** sum_t kappa_t r^t sum_{m,l} (-1)^{m+l} (w_m^T K w_l)^t, the plain powers, in fixed point. */
function exactly(k: number, [a, b, c, d]: bigint[], r: bigint): number {
  const w = Array.from({ length: 2 * k }, (_, m) => {
    const angle = (pi * BigInt(m + 1)) / BigInt(k);
    return [cosine(angle), sine(angle)];
  });
  let total = 0n;
  for (const [m, [x, y]] of w.entries())
    for (const [l, [u, v]] of w.entries()) {
      const bilinear = times(times(x, a) + times(y, c), u) + times(times(x, b) + times(y, d), v);
      const z = times(bilinear, r);
      // kappa_t z^t for even t from 2 on: the rest cancels in the sum
      let term = times(z, z) / 4n;
      let sum = 0n;
      for (let t = 2n; term !== 0n && t < 200n; t += 2n) {
        sum += term;
        term = (times(times(term, z), z) * (t - 1n) ** 2n) / ((t + 1n) * (t + 2n));
      }
      total += (m + l) % 2 === 0 ? sum : -sum;
    }
  return toNumber((total * one) / pi);
}
