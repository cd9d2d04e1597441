import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { arcCosineSpectrum, planeSignal } from "../../../src/family/plane/plane-signal.ts";
import { harmonicDimension } from "../../../src/family/plane/harmonics.ts";
import { kappaCoefficients } from "../../../src/numeric/arc-cosine.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";

const at = (d: number, k: number, ratio: number) =>
  planeSignal({ d, k, norms: { weights: ratio, outputs: 1 }, biases: false });
const cyclic = (ratio: number, averaged: boolean) =>
  planeSignal({
    d: 8,
    k: 4,
    norms: { weights: ratio, outputs: 1 },
    biases: false,
    targets: parseGroup("cyclic:8").cycleIndex(),
    averaged,
  });

/** log Gamma at multiples of 1/2. */
function logGamma(x: number): number {
  let value = x % 1 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let y = x % 1 === 0 ? 1 : 0.5; y < x; y++) value += Math.log(y);
  return value;
}

/** The eigenvalue of c^t on H_l(R^d) (design, neighbours, section 8): another route than Funk and Hecke's for kappa itself. */
function powerEigenvalue(t: number, l: number, d: number): number {
  if (l > t || (t - l) % 2 !== 0) return 0;
  const logs = [[t + 1, 1], [t - l + 1, -1], [d / 2, 1], [(t - l + 1) / 2, 1], [(t + l + d) / 2, -1]] // prettier-ignore
    .reduce((sum, [x, sign]) => sum + sign * logGamma(x), 0);
  return Math.exp(logs - l * Math.log(2) - Math.log(Math.PI) / 2);
}

describe("the arc-cosine kernels' eigenvalues", () => {
  it.each([3, 8, 17])("are those of their power series in R^%i", (d) => {
    const degree = 400;
    const coefficients = kappaCoefficients(degree);
    const { kappa, tilted } = arcCosineSpectrum(d, 12);
    for (let l = 0; l <= 12; l++) {
      let [plain, weighted] = [0, 0];
      for (let t = l; t <= degree; t++) {
        plain += coefficients[t] * powerEigenvalue(t, l, d);
        weighted += t * coefficients[t] * powerEigenvalue(t, l, d);
      }
      // the series' remainders fall as t^-2 and t^-1, times what the power's eigenvalue has fallen to
      const remainder = powerEigenvalue(degree - (l % 2), l, d);
      expect(Math.abs(kappa[l] - plain)).toBeLessThan(remainder / 200 + 1e-15);
      expect(Math.abs(tilted[l] - weighted)).toBeLessThan(remainder / 20 + 1e-15);
    }
  });

  it("add up to the kernels at 1", () => {
    const { kappa, tilted } = arcCosineSpectrum(6, 300);
    const sum = (values: Float64Array) =>
      Array.from({ length: 301 }, (_, l) => values[l] * Number(harmonicDimension(6, l))).reduce(
        (a, b) => a + b,
      );
    expect(sum(kappa)).toBeCloseTo(1 / 2, 5);
    expect(1 / 2 - sum(tilted)).toBeGreaterThan(0);
    expect(sum(tilted)).toBeCloseTo(1 / 2, 1);
  });
});

describe("the signal of a hidden plane", () => {
  it("has the values that the design states, at A/B = 1 and 17", () => {
    expect(at(8, 4, 17).phi.toExponential(2)).toBe("2.87e-5");
    expect(at(8, 4, 1).phi.toExponential(1)).toBe("7.2e-5");
    const values = [[64, 4], [64, 6], [256, 4], [256, 6]].map(([d, k]) => at(d, k, 1).phi.toExponential(1)); // prettier-ignore
    expect(values).toEqual(["2.1e-8", "2.6e-11", "8.4e-11", "6.6e-15"]);
  });

  it("splits the gradient's energy by degree nearly alike in all dimensions", () => {
    const parts = (d: number) =>
      at(d, 4, 1).parts.filter(({ degree }) => [0, 1, 2, 4, 6, 8].includes(degree));
    for (const d of [16, 64, 256]) {
      const found = parts(d).map(({ gradient }) => gradient);
      for (const [i, value] of [0.16, 0.5, 0.24, 0.033, 0.014, 0.008].entries())
        expect(Math.abs(found[i] / value - 1), `degree ${[0, 1, 2, 4, 6, 8][i]} in R^${d}`).toBeLessThan(
          0.13,
        );
    }
    expect(at(8, 4, 1).parts.filter((p) => p.target > 0.03 - 1e-3).map((p) => p.target.toFixed(3))).toEqual(["0.663", "0.191", "0.069", "0.030"]); // prettier-ignore
  });

  it("gains 2.5 times from symmetry, and |G| without the functions of |x| alone", () => {
    const [own, plain] = [cyclic(10.2, true), cyclic(10.2, false)];
    expect(own.phi.toExponential(0)).toBe("8e-5");
    expect(plain.phi.toExponential(1)).toBe("3.2e-5");
    expect(own.phi / plain.phi).toBeCloseTo(2.5, 1);
    const without = (s: typeof own) => s.phi / (1 - s.parts[0].gradient);
    expect(Math.abs(without(own) / without(plain) - 8.3)).toBeLessThan(0.2);
  });

  it("counts the biases' gradients, which tell nothing", () => {
    const options = { d: 8, k: 4, norms: { weights: 4, outputs: 2 } };
    const [without, with_] = [false, true].map((biases) => planeSignal({ ...options, biases }).phi);
    const energy = (8 * (4 + 2)) / 2;
    expect(with_ / without).toBeCloseTo(energy / (energy + 2 / 2 + 1), 12);
  });

  it("is never above 1 / dim H_k, the certificate's bound, raw; centred, where no target has a mean", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: -8, max: 8, noNaN: true }),
        fc.boolean(),
        (d, half, logRatio, biases) => {
          const norms = { weights: 10 ** logRatio, outputs: 1 };
          const { phi, centred } = planeSignal({ d, k: 2 * half, norms, biases });
          expect(phi).toBeGreaterThan(0);
          expect(centred).toBeGreaterThanOrEqual(phi);
          expect(centred).toBeLessThanOrEqual(1 / Number(harmonicDimension(d, 2 * half)));
        },
      ),
    );
  });
});
