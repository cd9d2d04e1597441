/**
 * The product action: (g_1, ..., g_r) moves the point (i_1, ..., i_r) of a grid to (g_1(i_1), ..., g_r(i_r)), points
 * numbered row-major (the last coordinate varies fastest).
 */

import { product } from "../base/product.ts";
import type { Level } from "./chain.ts";
import type { Permutation } from "./permutation.ts";

/** Generators of one factor as permutations of the grid. */
export function liftGenerators(
  degrees: readonly number[],
  factor: number,
  generators: readonly Permutation[],
): Permutation[] {
  const total = product(degrees);
  const stride = product(degrees.slice(factor + 1));
  return generators.map((g) =>
    Int32Array.from({ length: total }, (_, point) => {
      const coordinate = Math.floor(point / stride) % degrees[factor];
      return point + (g[coordinate] - coordinate) * stride;
    }),
  );
}

/**
 * Levels of the product's chain: the stabiliser of the point (b, c) is the product of the stabilisers of b and c,
 * so level i is the product of the factors' levels i, factors that have no more levels staying put.
 */
export function productLevels(
  degrees: readonly number[],
  factors: readonly { readonly levels: readonly Level[] }[],
): Level[] {
  const depth = Math.max(...factors.map((f) => f.levels.length));
  return Array.from({ length: depth }, (_, i) =>
    productLevel(
      degrees,
      factors.map((f) => f.levels[i]),
    ),
  );
}

function productLevel(degrees: readonly number[], parts: readonly (Level | undefined)[]): Level {
  const bases = parts.map((part) => part?.point ?? 0);
  const sizes = parts.map((part) => part?.size ?? 1);
  const maps = degrees.map((n) => new Int32Array(n));
  const split = (point: number): number[] => mixedDigits(point, degrees);
  const join = (coordinates: readonly number[]): number =>
    coordinates.reduce((sum, c, f) => sum * degrees[f] + c, 0);
  return {
    point: join(bases),
    size: product(sizes),
    at: (index) => join(mixedDigits(index, sizes).map((digit, f) => parts[f]?.at(digit) ?? 0)),
    has: (point) => split(point).every((c, f) => parts[f]?.has(c) ?? c === 0),
    representative(target, out) {
      const coordinates = split(target);
      for (let f = 0; f < degrees.length; f++) {
        const part = parts[f];
        if (part === undefined) for (let i = 0; i < degrees[f]; i++) maps[f][i] = i;
        else part.representative(coordinates[f], maps[f]);
      }
      fillProduct(maps, out);
    },
  };
}

function mixedDigits(value: number, radices: readonly number[]): number[] {
  const digits: number[] = Array.from({ length: radices.length });
  for (let f = radices.length - 1; f >= 0; f--) {
    digits[f] = value % radices[f];
    value = Math.floor(value / radices[f]);
  }
  return digits;
}

/** The grid permutation of one permutation a factor. */
export function fillProduct(maps: readonly Permutation[], out: Permutation): void {
  out[0] = 0;
  let filled = 1;
  for (const map of maps) {
    // From the end, so that the shorter table is read before it is overwritten.
    for (let i = filled - 1; i >= 0; i--) {
      const row = out[i] * map.length;
      for (let j = map.length - 1; j >= 0; j--) out[i * map.length + j] = row + map[j];
    }
    filled *= map.length;
  }
}
