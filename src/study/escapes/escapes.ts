/**
 * Who finds what of each family's hidden parameters: gradient descent on y, the same on the square of y first, and the
 * cheapest of the learners that do more than correlate with y.
 */

import { LEARNED } from "../learned.ts";
import type { Matrix, MatrixCell, MatrixCertificate } from "../matrix/read.ts";
import type { MatrixEntry, MatrixPlan, Setting, Subject } from "../matrix/plan.ts";

/** A family's line. */
export interface Escapes extends Subject {
  readonly certificate: MatrixCertificate | null;
  /** Gradient descent with the family's own architecture, on y. */
  readonly direct: MatrixCell;
  /** The same on the square of y first; null where it takes no part. */
  readonly squared: MatrixCell | null;
  /** The learner that learned from the fewest examples, of those with another way round; null where none did. */
  readonly other: { readonly cell: MatrixCell; readonly how: string } | null;
}

/** What a cell is a measurement of. */
interface Measured {
  readonly entry: MatrixEntry;
  readonly cell: MatrixCell;
}

export const learned = (cell: MatrixCell | null | undefined): boolean => (cell?.mean ?? 0) > LEARNED;

/** Whether some way round a certificate was measured and found what is hidden. */
export const escaped = ({ squared, other }: Escapes): boolean => learned(squared) || other !== null;

/** The families whose gradient descent has run, in the order of the plan. */
export function readEscapes(matrix: Matrix, plan: MatrixPlan): Escapes[] {
  const measured = plan.entries
    .map((entry, i): Measured => ({ entry, cell: matrix.cells[i] }))
    .filter(({ entry }) => !entry.easy);
  return plan.subjects.flatMap(({ setting, title, law }): Escapes[] => {
    const own = measured.filter(({ entry }) => entry.setting === setting);
    const of = (id: string): MatrixCell | null =>
      own.find(({ entry }) => entry.learner.learner === id)?.cell ?? null;
    const direct = of("gradient-descent");
    if (direct === null || direct.mean === null) return [];
    return [
      {
        setting,
        title,
        law,
        direct,
        certificate: certificateOf(matrix, setting),
        squared: of("label-transform"),
        other: cheapest(own),
      },
    ];
  });
}

const certificateOf = ({ certificates }: Matrix, setting: Setting): MatrixCertificate | null =>
  certificates.find((c) => c.family === setting.family) ?? null;

/** Of learners beside gradient descent's two phases; the earlier row where as many examples were given. */
function cheapest(own: readonly Measured[]): Escapes["other"] {
  let best: Escapes["other"] = null;
  for (const { entry, cell } of own) {
    const { learner, escape: how } = entry.learner;
    if (how === undefined || learner === "label-transform" || !learned(cell)) continue;
    if (best === null || (cell.samples ?? Infinity) < (best.cell.samples ?? Infinity)) best = { cell, how };
  }
  return best;
}
