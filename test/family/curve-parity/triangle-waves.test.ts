/**
 * Why labels are signs: the triangle waves of Kiani, Wang, Weber 2024 on the same curve are not orthogonal, and the
 * design says by how much. The curve is the program's, the waves are this file's.
 */

import { describe, expect, it } from "vitest";
import { curvePoints } from "../../../src/family/curve-parity/curve.ts";
import { largestEigenvalue } from "../../../src/numeric/eigenvalue-bounds.ts";

const n = 8;
const ARCS = 2 ** n;
/** Midpoints on each arc. */
const ANGLES = 16;

const points = curvePoints(
  Uint32Array.from(
    { length: ARCS * ANGLES * n },
    (_, at) => (Math.floor(at / (n * ANGLES)) >>> (at % n)) & 1,
  ),
  Float64Array.from({ length: ARCS * ANGLES }, (_, s) => (((s % ANGLES) + 0.5) / ANGLES) * (Math.PI / 2)),
  n,
);

/** 1 at even sums of the coordinates in the set, -1 at odd ones, straight in between. */
function wave(word: number): Float64Array {
  const values = new Float64Array(ARCS * ANGLES);
  for (let s = 0; s < values.length; s++) {
    let sum = 0;
    for (let i = 0; i < n; i++) if ((word >>> i) & 1) sum += points[s * n + i];
    values[s] = 1 - 2 * Math.abs(((sum + 1) % 2) - 1);
  }
  return values;
}

/** Squared norms of the waves of these sets, and the largest eigenvalue of their Gram matrix with unit diagonal. */
function gramOf(words: readonly number[]): { norms: number[]; eigenvalue: number } {
  const waves = words.map(wave);
  const inner = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let s = 0; s < a.length; s++) sum += a[s] * b[s];
    return sum / a.length;
  };
  const norms = waves.map((w) => inner(w, w));
  const gram = new Float64Array(words.length ** 2);
  waves.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const value = inner(a, waves[j]) / Math.sqrt(norms[i] * norms[j]);
      gram[i * words.length + j] = gram[j * words.length + i] = value;
    }
  });
  return { norms, eigenvalue: largestEigenvalue(gram, words.length, { factoriseUpTo: 0 }).lower };
}

const sets = Array.from({ length: ARCS - 1 }, (_, i) => i + 1);

describe("triangle waves on the curve of 8 bits", () => {
  it("have norms from .199 on, and count as 149 of 255", () => {
    const { norms, eigenvalue } = gramOf(sets);
    expect(Math.min(...norms)).toBeCloseTo(0.199, 3);
    expect(Math.round(sets.length / eigenvalue)).toBe(149);
  });

  it("of the slow half of the bits are nearly orthogonal: 1.018, at most 1 + m 2^-(n - m)", () => {
    const slow = sets.filter((word) => (word & 0xf) === 0);
    const { eigenvalue } = gramOf(slow);
    expect(eigenvalue).toBeCloseTo(1.018, 3);
    for (const m of [1, 2, 3, 4])
      expect(gramOf(sets.filter((word) => word % 2 ** (n - m) === 0)).eigenvalue).toBeLessThan(
        1 + m * 2 ** -(n - m),
      );
    // of the fast half they are not (negative control)
    expect(gramOf(sets.filter((word) => word < 16)).eigenvalue).toBeGreaterThan(1.5);
  });
});
