import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { fourier, phaseEnergy, phaseFrame, shifted } from "../../src/symmetry/phase-frame.ts";

const n = 9;
const x = normals(keyFor("signal"), new Float64Array(n));
const turn = 2 * Math.PI;

describe("shifts as a Lie group", () => {
  it("turn whole steps into permutations, and add up", () => {
    const once = shifted(x, turn / n);
    expect(Math.max(...once.map((v, t) => Math.abs(v - x[(t + n - 1) % n])))).toBeLessThan(1e-12);
    const twice = shifted(shifted(x, 0.3), 0.4);
    expect(Math.max(...twice.map((v, t) => Math.abs(v - shifted(x, 0.7)[t])))).toBeLessThan(1e-12);
  });

  it("have energies whose derivatives are those of differences", () => {
    const energy = phaseEnergy(x, 2);
    const h = 1e-5;
    const [left, middle, right] = [-h, 0, h].map((d) => energy(0.7 + d));
    expect((right.value - left.value) / (2 * h)).toBeCloseTo(middle.slope, 6);
    expect((right.slope - left.slope) / (2 * h)).toBeCloseTo(middle.curvature, 6);
  });

  it.each([1, 2, 3])("have k = %i minimisers, at the phases of frequency k", (k) => {
    const [re, im] = fourier(x, k);
    const closed = Array.from({ length: k }, (_, j) => (Math.atan2(im, re) + turn * j) / k);
    const near = (a: number, b: number): number => Math.abs(Math.sin((a - b) / 2));
    const found = phaseFrame(x, k);
    expect(found).toHaveLength(k);
    for (const s of closed) expect(Math.min(...found.map((f) => near(f, s)))).toBeLessThan(1e-10);
  });
});
