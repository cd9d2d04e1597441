/** Sums of relus: the closed forms against simulation, differences and each other's definitions. */

import { describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { addReluGradient, reluInner, reluTrace, type ReluSum } from "../../src/numeric/relu-sum.ts";

const d = 5;
const drawn = (name: string, units: number): ReluSum => ({
  dimension: d,
  vectors: normals(keyFor("vectors", name), new Float64Array(units * d)),
  coefficients: normals(keyFor("coefficients", name), new Float64Array(units)),
});
const [f, g] = [drawn("f", 3), drawn("g", 4)];

const values = ({ vectors, coefficients }: ReluSum, x: Float64Array): number =>
  coefficients.reduce((sum, a, m) => {
    const t = x.reduce((s, v, i) => s + v * vectors[m * d + i], 0);
    return sum + a * Math.max(0, t);
  }, 0);

/** The same sum with one entry of its weights moved; vectors first, then coefficients. */
function moved({ vectors, coefficients }: ReluSum, entry: number, by: number): ReluSum {
  const all = [...vectors, ...coefficients];
  all[entry] += by;
  return { dimension: d, vectors: Float64Array.from(all.slice(0, vectors.length)), coefficients: Float64Array.from(all.slice(vectors.length)) }; // prettier-ignore
}

const flat = (of: { vectors: Float64Array; coefficients: Float64Array }): number[] => [...of.vectors, ...of.coefficients]; // prettier-ignore

function gradient(of: ReluSum, other: ReluSum, factor: number): number[] {
  const out = { vectors: new Float64Array(of.vectors.length), coefficients: new Float64Array(of.coefficients.length) }; // prettier-ignore
  addReluGradient(of, other, factor, out);
  return flat(out);
}

describe("inner products", () => {
  it("are the expectations, within five standard errors of a simulation", () => {
    const draws = 200_000;
    const x = normals(keyFor("inputs"), new Float64Array(draws * d));
    let [sum, squares] = [0, 0];
    for (let s = 0; s < draws; s++) {
      const at = x.subarray(s * d, (s + 1) * d);
      const product = values(f, at) * values(g, at);
      sum += product;
      squares += product * product;
    }
    const error = Math.sqrt(squares / draws - (sum / draws) ** 2) / Math.sqrt(draws);
    expect(Math.abs(sum / draws - reluInner(f, g))).toBeLessThan(5 * error);
    expect(5 * error).toBeLessThan(0.1 * Math.abs(reluInner(f, g)));
  });
});

describe("gradients", () => {
  it("are the derivatives of the inner products, entry by entry", () => {
    const h = 1e-5;
    for (const [entry, found] of gradient(f, g, 3).entries()) {
      const slope = (reluInner(moved(f, entry, h), g) - reluInner(moved(f, entry, -h), g)) / (2 * h);
      expect(found).toBeCloseTo(3 * slope, 7);
    }
  });

  it("with itself are half those of the norm", () => {
    const h = 1e-5;
    for (const [entry, found] of gradient(f, f, 2).entries()) {
      const [up, down] = [moved(f, entry, h), moved(f, entry, -h)];
      expect(found).toBeCloseTo((reluInner(up, up) - reluInner(down, down)) / (2 * h), 6);
    }
  });

  it("leaves vectors of length 0 where they are", () => {
    const empty: ReluSum = { ...f, vectors: new Float64Array(f.vectors.length) };
    expect(gradient(empty, g, 1).every((x) => x === 0)).toBe(true);
    expect(reluInner(empty, g)).toBe(0);
  });
});

it("tr K is the sum of the derivatives' norms, |u|^2 / 2 and d a^2 / 2, by simulation", () => {
  const draws = 100_000;
  const x = normals(keyFor("inputs of the trace"), new Float64Array(draws * d));
  let sum = 0;
  for (let s = 0; s < draws; s++) {
    const at = x.subarray(s * d, (s + 1) * d);
    for (let m = 0; m < f.coefficients.length; m++) {
      const t = at.reduce((total, v, i) => total + v * f.vectors[m * d + i], 0);
      if (t > 0) sum += t * t + f.coefficients[m] ** 2 * at.reduce((total, v) => total + v * v, 0);
    }
  }
  expect(sum / draws / reluTrace(f)).toBeCloseTo(1, 2);
});
