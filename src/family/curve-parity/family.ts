/**
 * `curve-parity`: parities of the corner next to a point of the Gray-code curve (Kiani, Wang, Weber 2024, with signs
 * for their triangle waves).
 */

import type { Checked } from "../../base/checked.ts";
import { foldIn, stream, type Key } from "../../base/random.ts";
import { range } from "../../base/range.ts";
import { drawSubset } from "../../symmetry/subset-orbits.ts";
import type { Instance, Target } from "../instance.ts";
import { plainMlp } from "../student.ts";
import { cornerParity, curveLaw } from "./curve.ts";
import { id, type CurveParityValues } from "./params.ts";
import { broughtBack, isometry, placedLaw } from "./twin.ts";

/** S, and the twin's set of bits. */
export type CurveParityHidden = { readonly subset: number[]; readonly twinSubset: number[] };
export type CurveParityInstance = Instance<CurveParityValues, CurveParityHidden>;

/** A uniform set of that size, or of any but 0, of n bits; ascending. */
function drawSet(key: Key, n: number, size: number | undefined): number[] {
  const source = stream(key);
  if (size !== undefined) return Array.from(drawSubset(source, n, size)).sort((a, b) => a - b);
  for (;;) {
    const set = range(n).filter(() => source.below(2) === 1);
    if (set.length > 0) return set;
  }
}

/** Corners are uniform: parities of non-empty sets have mean 0. */
const balanced = { mean: { value: 0, standardError: 0 }, secondMoment: { value: 1, standardError: 0 } };

export function draw(params: Checked<CurveParityValues>, key: Key): CurveParityInstance {
  const { n, size, twinBits: b, subset: given } = params.values;
  const subset = given === undefined ? drawSet(foldIn(key, "subset"), n, size) : [...given];
  const twinSubset = drawSet(foldIn(key, "twin subset"), b, undefined);
  const placed = { b, n, rows: isometry(foldIn(key, "isometry"), b, n) };
  const hard: Target = { ...balanced, label: ({ data }) => cornerParity(data, n, subset) };
  const easy: Target = {
    ...balanced,
    law: placedLaw(placed),
    label: ({ data }) => cornerParity(broughtBack(data, placed), b, twinSubset),
  };
  return {
    family: id,
    params,
    hidden: { subset, twinSubset },
    facts: {
      size: subset.length,
      log2Length: n + Math.log2(Math.PI / 4),
      twinLog2Length: b + Math.log2(Math.PI / 4),
    },
    labels: "sign",
    law: curveLaw(n),
    hard,
    easy,
    key,
  };
}

export const students = { mlp: plainMlp };
