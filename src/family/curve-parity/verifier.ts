/**
 * The verifier's half of `curve-parity`. The number of functions by another formula; and, up to a size, the curve
 * itself: on points of every arc the nearest corner, found among all by its distance, is the one that thresholds give,
 * each corner has one arc, and sums of products of members over all arcs vanish.
 */

import type { Checked } from "../../base/checked.ts";
import type { Progress } from "../../base/progress.ts";
import { range } from "../../base/range.ts";
import type { Check, Verdict, Verifier } from "../../query/certifier.ts";
import { cornerParity, curvePoints } from "./curve.ts";
import type { CurveParityEvidence } from "./evidence.ts";
import type { CurveParityValues } from "./params.ts";

/** Bits up to which every corner is visited. */
const visitedUpTo = 8;
const angles = [0.01, Math.PI / 4, 1.5];

export const verifier: Verifier<CurveParityValues, CurveParityEvidence> = {
  wellFormed: () => [],
  check: checkCurve,
};

function* checkCurve(
  { values: { n, size } }: Checked<CurveParityValues>,
  { functions }: CurveParityEvidence,
): Generator<Progress, Verdict> {
  yield { what: "counting", done: 0, total: 2 };
  const bySums = setsBySums(n);
  const expected = size === undefined ? bySums.reduce((a, b) => a + b, 0n) - 1n : bySums[size];
  const checks: Check[] = [
    { name: "functions", ok: BigInt(functions) === expected, detail: `${expected} by Pascal's triangle` },
  ];
  const small = Math.min(n, visitedUpTo);
  yield { what: "corners", done: 1, total: 2 };
  checks.push(...visited(small));
  return {
    route: `sets counted by Pascal's triangle, every corner of the curve on ${small} bits visited`,
    checks,
  };
}

/** C(n, 0), ..., C(n, n) by additions. */
function setsBySums(n: number): bigint[] {
  let row = [1n];
  for (let i = 0; i < n; i++) row = [1n, ...row.slice(1).map((c, at) => c + row[at]), 1n];
  return row;
}

/** Of the curve on n bits: its arcs and corners, and the Gram matrix of all parities on the arcs' points. */
function visited(n: number): Check[] {
  const corners = 2 ** n;
  const index = new Uint32Array(corners * n).map((_, at) => (Math.floor(at / n) >>> (at % n)) & 1);
  let nearest = true;
  const seen = new Set<number>();
  const signs = new Float64Array(corners * corners);
  for (const angle of angles) {
    const points = curvePoints(index, new Float64Array(corners).fill(angle), n);
    for (let s = 0; s < corners; s++) {
      const point = points.subarray(s * n, (s + 1) * n);
      const corner = nearestCorner(point);
      seen.add(corner);
      nearest &&= point.every((x, i) => x > 0.5 === (((corner >>> i) & 1) === 1));
    }
    for (let set = 0; set < corners; set++) {
      const of = range(n).filter((i) => ((set >>> i) & 1) === 1);
      signs.set(cornerParity(points, n, of), set * corners);
    }
  }
  let worst = 0;
  for (let a = 0; a < corners; a++)
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let s = 0; s < corners; s++) sum += signs[a * corners + s] * signs[b * corners + s];
      worst = Math.max(worst, Math.abs(sum));
    }
  return [
    { name: "nearest corner", ok: nearest, detail: `by distance and by thresholds, on ${n} bits` },
    { name: "corners", ok: seen.size === corners, detail: `${seen.size} of ${corners} have an arc` },
    {
      name: "orthogonality",
      ok: worst === 0,
      detail: `largest inner product ${worst} of ${corners} parities`,
    },
  ];
}

function nearestCorner(point: Float64Array): number {
  let [best, least] = [0, Infinity];
  for (let corner = 0; corner < 2 ** point.length; corner++) {
    const distance = point.reduce((sum, x, i) => sum + (x - ((corner >>> i) & 1)) ** 2, 0);
    if (distance < least) [best, least] = [corner, distance];
  }
  return best;
}
