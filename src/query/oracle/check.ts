/** Test kit: does an oracle keep its promise? Computed point by point, by none of the oracles' own arithmetic. */

import type { HiddenTarget } from "./target-oracle.ts";
import type { Oracle, QueryBlock } from "./oracle.ts";
import type { Population } from "./population.ts";

/**
 * The largest error of an oracle's answers to a block of queries: at most its `tolerance` (and rounding, about 1e-7)
 * if it keeps its promise. Asks the block once.
 * @param target what the oracle answers for
 * @param population the law that it answers for
 */
export async function oracleError(
  oracle: Pick<Oracle, "correlations">,
  target: Pick<HiddenTarget, "label">,
  { points, weights }: Population,
  block: QueryBlock,
): Promise<number> {
  const { values: answers } = await oracle.correlations(block);
  const labels = target.label(points);
  const values = await block.on(points);
  let worst = 0;
  for (let q = 0; q < block.count; q++) {
    let [inner, square] = [0, 0];
    for (let x = 0; x < points.count; x++) {
      const [h, p] = [values[q * points.count + x], weights?.[x] ?? 1 / points.count];
      inner += p * h * labels[x];
      square += p * h * h;
    }
    worst = Math.max(worst, Math.abs(answers[q] - (square > 0 ? inner / Math.sqrt(square) : 0)));
  }
  return worst;
}
