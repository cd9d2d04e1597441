import { describe, expect, it } from "vitest";
import { foldIn, keyFor } from "../../src/base/random.ts";
import { evaluate } from "../../src/numeric/orthonormal.ts";
import {
  invarianceError,
  invariantKinds,
  parseInvariants,
  powerSums,
  type Invariants,
} from "../../src/symmetry/invariants.ts";

const names = [
  "sign-flips",
  "rotations:1",
  "rotations:2",
  "rotations:5",
  "lorentz:3",
  "power-spectrum",
  "hermite",
  "legendre",
];

/**
 * Largest deviation of E[h_a(z_i) h_b(z_j)] from its value under independent variables of the named law, in standard
 * errors, over i <= j and 1 <= a, b <= 2.
 */
function deviation(invariants: Invariants, count: number): number {
  const m = invariants.variables;
  const z = invariants.map(invariants.sample(keyFor("independence", invariants.name), count), count);
  const columns = Array.from({ length: m }, (_, j) =>
    Float64Array.from({ length: count }, (_, i) => z[i * m + j]),
  );
  const values = columns.map((column) => evaluate(invariants.law.recurrence(3), 2, column));
  let worst = 0;
  for (let i = 0; i < m; i++)
    for (let j = i; j < m; j++)
      for (let a = 1; a <= 2; a++)
        for (let b = 1; b <= 2; b++) {
          let [sum, squares] = [0, 0];
          for (let s = 0; s < count; s++) {
            const term = values[i][a * count + s] * values[j][b * count + s];
            sum += term;
            squares += term * term;
          }
          const mean = sum / count;
          const error = Math.sqrt((squares / count - mean * mean) / count);
          worst = Math.max(worst, Math.abs(mean - (i === j && a === b ? 1 : 0)) / error);
        }
  return worst;
}

describe.each(names)("invariants %s", (name) => {
  const invariants = parseInvariants(name, 4);

  it("do not change under the group", () => {
    expect(invarianceError(invariants, keyFor("act", name), 50)).toBeLessThan(1e-12);
  });

  it("are independent and have the law they name", () => {
    expect(invariants.independent).toBe(true);
    expect(deviation(invariants, 40_000)).toBeLessThan(5);
  });

  it("have a group that really moves the input", () => {
    const x = invariants.sample(keyFor("moved"), 1);
    const moved = [0, 1, 2, 3].some((s) =>
      invariants.act(foldIn(keyFor("m"), s), x).some((v, i) => v !== x[i]),
    );
    expect(moved).toBe(invariants.group !== "none");
  });

  it("print as they parse", () => {
    expect(invariants.name).toBe(name);
    expect(invariants.variables).toBe(4);
  });
});

describe("invariants", () => {
  it("that depend on each other are caught, although they are invariant (negative control)", () => {
    const sums = powerSums(4);
    expect(sums.independent).toBe(false);
    expect(invarianceError(sums, keyFor("sums"), 50)).toBeLessThan(1e-12);
    expect(deviation(sums, 40_000)).toBeGreaterThan(20);
  });

  it("that are none are caught (negative control)", () => {
    const wrong = {
      ...parseInvariants("sign-flips", 4),
      map: (x: ArrayLike<number>) => Float64Array.from(x),
    };
    expect(invarianceError(wrong, keyFor("wrong"), 5)).toBeGreaterThan(0.1);
    const shifted = { ...parseInvariants("power-spectrum", 4), act: parseInvariants("sign-flips", 4).act };
    expect(invarianceError(shifted, keyFor("wrong"), 5)).toBeGreaterThan(0.1);
  });

  it("have the power spectrum of a pure wave at its frequency", () => {
    const m = 5;
    const n = 2 * m + 1;
    const wave = Float64Array.from({ length: n }, (_, s) => Math.cos((2 * Math.PI * 3 * s) / n));
    const z = parseInvariants("power-spectrum", m).map(wave, 1);
    expect(Array.from(z, (v) => Math.round(v * 1e9) / 1e9)).toEqual([0, 0, n / 4, 0, 0]);
  });

  it("list six kinds", () => {
    expect(invariantKinds.map((k) => k.name)).toEqual(["sign-flips", "rotations:q", "lorentz:q", "power-spectrum", "hermite", "legendre"]); // prettier-ignore
  });

  it.each([
    ["rotations", 3, "rotations:q"],
    ["rotations:0", 3, "rotations:q"],
    ["rotations:x", 3, "rotations:q"],
    ["hermite:2", 3, "allowed: hermite"],
    ["hermit", 3, 'did you mean "hermite"?'],
    ["cube", 3, "x^2 = 1"],
    ["hermite", 0, "1 to 10000"],
    ["hermite", 2.5, "1 to 10000"],
    ["rotations:1000", 10_000, "at most 100000"],
  ])("refuse %s with %d variables", (text, m, message) => {
    expect(() => parseInvariants(text, m)).toThrow(message);
  });
});
