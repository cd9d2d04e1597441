import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { biasedNeuron as family } from "../../../src/family/biased-neuron/index.ts";
import {
  coefficients,
  hermiteValues,
  normSquared,
  remaining,
} from "../../../src/family/biased-neuron/link.ts";
import { singleIndexDimension, zonalMoments } from "../../../src/family/biased-neuron/single-index.ts";
import { certify, verify } from "../../../src/family/certify.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import type { Family } from "../../../src/family/family.ts";
import { forge } from "../../../src/family/forge.ts";
import { harmonicDimension } from "../../../src/family/plane/harmonics.ts";
import { thresholdedPca } from "../../../src/learner/thresholded-pca.ts";
import { rayleighEstimate } from "../../../src/numeric/eigenvalue-bounds.ts";
import { millsRatio, normalDensity } from "../../../src/numeric/normal-tail.ts";

const known = { families: [family as Family] };
/** Integrals over t > b of functions times phi, by small steps. */
function integrals(b: number, f: (t: number) => ArrayLike<number>): number[] {
  const step = 5e-4;
  const sums = Array.from(f(b), () => 0);
  for (let t = b + step / 2; t < b + 12; t += step) {
    const values = f(t);
    const weight = normalDensity(t) * step;
    for (let i = 0; i < sums.length; i++) sums[i] += values[i] * weight;
  }
  return sums;
}

const integral = (b: number, f: (t: number) => number): number => integrals(b, (t) => [f(t)])[0];

describe("the link", () => {
  it.each([0, 0.5, 2.5, 2.999, 3, 4, 6])("has the coefficients of relu(t - %d)", (b) => {
    expect(millsRatio(b) * normalDensity(b)).toBeCloseTo(
      integral(b, () => 1),
      8,
    );
    const c = coefficients(b, 6);
    const expected = integrals(b, (t) => hermiteValues([t], 6).map((h) => (t - b) * h));
    for (let l = 0; l <= 6; l++)
      expect(Math.abs(c[l] - expected[l])).toBeLessThan(1e-7 * Math.sqrt(normSquared(b)));
    expect(normSquared(b) / integral(b, (t) => (t - b) ** 2)).toBeCloseTo(1, 6);
  });

  // the design's mathematics: what the removed degrees cost a learner that cannot see the rest
  it.each([
    [2, 2, 1.8], [2, 3, 0.45], [2.5, 2, 5.1], [2.5, 3, 1.3],
    [3, 2, 16], [3, 3, 3.9], [3, 4, 1.2], [4, 2, 308], [4, 3, 52], [4, 4, 13],
  ])("b = %d without degrees up to %d: the rest is %d times what is taken away", (b, m, factor) => {
    const left = remaining(b, m);
    expect(left / (normSquared(b) - left) / factor).toBeGreaterThan(0.95);
    expect(left / (normSquared(b) - left) / factor).toBeLessThan(1.05);
  }); // prettier-ignore
});

describe("the dimension of a single index", () => {
  it("moments are shares: sum_j dim H_j a_lj = 1", () => {
    for (const d of [3, 4, 16, 200])
      for (const l of [0, 1, 4, 7, 12]) {
        let sum = 0;
        for (let j = 0; j <= l; j++) sum += Number(harmonicDimension(d, j)) * zonalMoments(d, j, l)[l];
        expect(sum).toBeCloseTo(1, 12);
      }
  });

  // the design's mathematics
  it.each([
    [4, 16, 475], [4, 64, 23_920], [4, 256, 1.43e6], [6, 16, 1404], [6, 64, 2.2e5], [6, 256, 5.0e7],
  ])("h_%d in R^%d: %d", (l, d, dimension) => {
    const squares = new Float64Array(l + 1);
    squares[l] = 1;
    expect(singleIndexDimension(squares, 1, d) / dimension).toBeCloseTo(1, 1);
  }); // prettier-ignore

  it("is that of the sampled Gram matrix, which overestimates the eigenvalue: d = 4", () => {
    const [d, members] = [4, 500];
    const w = normals(keyFor("directions"), new Float64Array(members * d));
    for (let i = 0; i < members; i++) {
      const row = w.subarray(i * d, (i + 1) * d);
      const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
      row.forEach((x, j) => (row[j] = x / length));
    }
    // h_4 without its mean over directions: the kernel t^4 - a_40
    const mean = zonalMoments(d, 0, 4)[4];
    const gram = Float64Array.from({ length: members * members }, (_, at) => {
      const [i, j] = [Math.floor(at / members), at % members];
      return [0, 1, 2, 3].reduce((t, a) => t + w[i * d + a] * w[j * d + a], 0) ** 4 - mean;
    });
    const value = rayleighEstimate(gram, members);
    const squares = Float64Array.of(0, 0, 0, 0, 1);
    const dimension = singleIndexDimension(squares, 1, d);
    expect(dimension).toBeCloseTo(14.0, 1);
    expect((members * (1 - mean)) / value).toBeLessThan(dimension);
    expect((members * (1 - mean)) / value).toBeGreaterThan(0.75 * dimension);
  });
});

/** Gradient flow of one neuron on all examples, dt/ds = K'(t) (1 - t^2) with K(t) = sum c_l^2 t^l. */
describe("the direction that a neuron learns by following the gradient", () => {
  /** Until the overlap grows from 1/sqrt d to .9, in units of one over ||sigma_b||^2. */
  function escapeTime(b: number, order: number, d: number): number {
    const squares = coefficients(b, 400).map((c, l) => (l > order ? c * c : 0));
    const [from, steps] = [1 / Math.sqrt(d), 4000];
    const step = (0.9 - from) / steps;
    let time = 0;
    for (let i = 0; i < steps; i++) {
      const t = from + (i + 0.5) * step;
      const slope = squares.reduceRight((sum, c, l) => sum * (l === 0 ? 1 : t) + l * c, 0);
      time += step / (slope * (1 - t * t));
    }
    return time * normSquared(b);
  }

  it("takes 25 and 104 at d = 64 and 256 without its low degrees, 2 with all of them at any d", () => {
    expect(Math.abs(escapeTime(2.5, 3, 64) - 25)).toBeLessThan(0.5);
    expect(Math.abs(escapeTime(2.5, 3, 256) - 104)).toBeLessThan(1);
    for (const d of [64, 256]) expect(Math.abs(escapeTime(0, 0, d) - 2)).toBeLessThan(0.15);
  });

  it("is that of a neuron of squared norm 2e-4 at b = 3, which training standardises", () => {
    expect(normSquared(3)).toBeCloseTo(2e-4, 5);
    expect(normSquared(3)).toBeCloseTo(
      integral(3, (t) => (t - 3) ** 2),
      8,
    );
  });
});

describe("certificates of biased-neuron", () => {
  it.each([
    [{ d: 4 }, 25.7],
    [{ d: 16, bias: 3 }, 1140],
    [{ d: 64, bias: 3 }, 5.8e4],
    [{ d: 256, bias: 3 }, 3.5e6],
  ])("%j: dimension %d, verified", async (params, dimension) => {
    const certificate = await certify(family as Family, params);
    expect(certificate.gram.method).toBe("schur");
    expect(Number(certificate.dimension.spectral) / dimension).toBeCloseTo(1, 1);
    expect((await verify(certificate, known)).checks.filter((c) => !c.ok)).toEqual([]);
  });

  it("are about neurons less their mean: that alone would refute the claim about neurons as they are", async () => {
    const rho = 0.22;
    const certificate = await certify(family as Family, { d: 4 }, { tau: 1, rho });
    expect(certificate.statement).toMatchObject({ vacuous: false, training: "same-with-a-mean" });
    expect(Number(certificate.statement.queries)).toBeGreaterThan(4);
    // <f_v, f_w> = sum_l c_l^2 (v.w)^l, and v.w has the semicircle law in R^4: Catalan numbers over 4^j
    const squares = coefficients(2.5, 200).map((c, l) => (l <= 3 ? 0 : c * c));
    let [meanSquare, moment] = [0, 1];
    for (let j = 0; 2 * j <= 200; j++) {
      meanSquare += squares[2 * j] * moment;
      moment *= (2 * j + 1) / (2 * (j + 2));
    }
    const correlation = Math.sqrt(meanSquare / remaining(2.5, 3));
    // it asks nothing, and correlates with every neuron more than rho
    expect(correlation).toBeCloseTo(0.27, 2);
    expect(correlation).toBeGreaterThan(rho);
    expect(certificate.statement.class).toContain("each less the mean over all w");
  });

  it("verify for all kinds of parameters, and not with a claim above the truth", async () => {
    for (const d of [3, 10, 5000, 1_000_000])
      for (const bias of [0, 1, 6])
        for (const order of [0, 3, 8]) {
          const honest = await certify(family as Family, { d, bias, order });
          const { checks } = await verify(honest, known);
          expect(
            checks.filter((c) => !c.ok),
            JSON.stringify({ d, bias, order }),
          ).toEqual([]);
          const { dimension } = honest.evidence as { dimension: number };
          const more = forge(honest, { dimension: dimension * 1.01 }, {}, {}, family as Family);
          if (dimension > 1) expect((await verify(more, known)).valid).toBe(false);
        }
  });
});

describe("learning a biased neuron", () => {
  const job = (params: object, easy = false) => ({
    family: family as Family,
    instance: drawInstance(family, family.parse(params), 0),
    easy,
    seed: 0,
  });

  it("thresholded components find the direction and with it the label", async () => {
    const { final } = await thresholdedPca.learn({ ...job({ d: 24 }), options: { samples: 100_000 } });
    expect(final["overlap"]).toBeGreaterThan(0.98);
    expect(final.explainedVariance).toBeGreaterThan(0.8);
  });

  it("labels have the stated moments", () => {
    const { instance } = job({ d: 5 });
    for (const target of [instance.hard, instance.easy]) {
      const y = target.label(instance.law.sample(keyFor("moments"), 200_000));
      expect(Math.abs(y.reduce((a, b) => a + b, 0) / y.length)).toBeLessThan(0.01);
      expect(y.reduce((a, b) => a + b * b, 0) / y.length / target.secondMoment.value).toBeCloseTo(1, 0);
    }
  });
});
