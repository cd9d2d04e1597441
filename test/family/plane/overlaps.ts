/** Overlaps of planes, for the tests of their inner products. */

import fc from "fast-check";
import { overlapNorm, type Correlations } from "../../../src/family/plane/polygon-product.ts";

export const single: Correlations = [{ correlation: 1, weight: 1 }];
export const mixed: Correlations = [
  { correlation: 1, weight: 2 },
  { correlation: 0.75, weight: 3.5 },
  { correlation: -0.3, weight: 1.25 },
];
export const entry = fc.double({ min: -1, max: 1, noNaN: true });
export type Overlap = [number, number, number, number];
/** Overlaps of a given largest singular value. */
export const shaped = fc
  .tuple(entry, entry, entry, entry)
  .filter((e) => overlapNorm(...e) > 1e-3)
  .map((e) => (s: number) => e.map((x) => (x * s) / overlapNorm(...e)) as Overlap);
