/** What trainings that ended at chance had come to: whether their weights had turned to the hidden parameters. */

import { CHANCE, isMoving } from "../family/progress.ts";
import { sentences } from "../report/page.ts";
import type { Finished } from "../run/record.ts";

export type Movement = "moving" | "not moving" | "cannot tell";

/**
 * Of trainings on one target, from their curves: those at chance are "moving" if one of them is, "not moving" if none
 * is.
 * @returns null where none is at chance
 */
export function movementOf(results: readonly Finished<"train">["result"][]): Movement | null {
  const said = results
    .filter(({ final }) => (final.explainedVariance ?? 0) <= CHANCE)
    .map(({ curve, final }) =>
      isMoving(
        curve.map((point) => point.progress),
        final.explainedVariance,
      ),
    );
  if (said.length === 0) return null;
  if (said.includes(true)) return "moving";
  return said.includes(null) ? "cannot tell" : "not moving";
}

/** The words for a cell's small print, none where its trainings do not tell. */
export const movementNote = (movement: Movement | null): string =>
  movement === null || movement === "cannot tell" ? "" : movement;

/** How many cells at chance are moving; undefined where none is at chance. */
export function movementSentence(
  cells: readonly { readonly movement: Movement | null }[],
): string | undefined {
  const count = (movement: Movement): number => cells.filter((c) => c.movement === movement).length;
  const [moving, still, untold] = [count("moving"), count("not moving"), count("cannot tell")];
  const all = moving + still + untold;
  if (all === 0) return undefined;
  return sentences(
    `Of gradient descent's ${all} hard ${all === 1 ? "cell" : "cells"} with runs at chance`,
    `(explained variance at most ${CHANCE})`,
    `${moving} ${moving === 1 ? "is" : "are"} "moving" (a run's weights have turned to the hidden parameters)`,
    `and ${still} "not moving"; of ${untold} the records do not tell.`,
  );
}
