/** The report's section on the learnability matrix, and the same as a table of text. */

import { MATRIX_SECTION } from "../families.ts";
import type { Matrix, MatrixCell, MatrixPlan, ReadMatrix } from "./study.ts";
import { cellText, matrixFigure } from "./figure.ts";
import { movementNote, movementSentence } from "../movement.ts";
import { figure, list, paragraph, sentences, table, type Section, type Table } from "../../report/page.ts";

const cost = ({ queries, samples }: MatrixCell): string =>
  [queries === null ? "" : `${big(queries)} queries`, samples === null ? "" : `${big(samples)} samples`]
    .filter((x) => x !== "")
    .join(", ");

const big = (x: number): string => (x < 1e6 ? String(x) : x.toExponential(1).replace("e+", "e"));

function shown(cell: MatrixCell | undefined): string {
  if (cell?.refusal) return "-";
  return cell === undefined || cell.mean === null
    ? "not run"
    : [cellText(cell), movementNote(cell.movement)].filter((x) => x !== "").join(", ");
}

/** One line a learner and family: hard, easy, cost. */
export function matrixTable({ cells }: Matrix): Table {
  const rows = cells
    .filter((c) => !c.easy && c.refusal === null)
    .map((hard) => {
      const easy = cells.find((c) => c.easy && c.family === hard.family && c.learner === hard.learner);
      return [hard.family, hard.learner, shown(hard), shown(easy), cost(hard)];
    });
  return { head: ["family", "learner", "hard", "easy twin", "cost on the hard target"], rows };
}

/** Why cells are hatched, pairs with the same reason together. */
export function refusals({ cells }: Matrix): string[] {
  const groups = new Map<string, { learner: string; reason: string; families: Set<string> }>();
  for (const { refusal, learner, family } of cells) {
    if (refusal === null) continue;
    const name = `${learner}|${refusal}`;
    const group = groups.get(name) ?? { learner, reason: refusal, families: new Set<string>() };
    group.families.add(family);
    groups.set(name, group);
  }
  return [...groups.values()].map((g) => `${g.learner} on ${[...g.families].join(", ")}: ${g.reason}.`);
}

/** The budget that all learners of a plan share, in words. */
function budgetOf({ scale: { samples, seeds }, leftToMore }: MatrixPlan): string {
  const given = samples.toLocaleString("en");
  return sentences(
    `Every learner gets ${given} labelled examples of each instance (gradient descent in batches of 256),`,
    `a learner from an oracle the tolerance 1/sqrt(${given}), the standard error of an answer from all of them.`,
    `${seeds} instances of each family, one a seed.`,
    leftToMore.length === 0 ? undefined : `Left to 'matrix --scale full': ${leftToMore.join("; ")}.`,
  );
}

const CAPTION = sentences(
  "Explained variance is 1 minus the squared error over that of the best constant, on fresh samples:",
  "1 is learned, 0 is no better than a constant. Where seeds differ, their range is shown.",
  "A low value says that this learner did not get there with this budget, not that it never would.",
);

export function matrixSections({ matrix, plan }: ReadMatrix, document: Document): Section[] {
  const { head, rows } = matrixTable(matrix);
  return [
    {
      ...MATRIX_SECTION,
      blocks: [
        paragraph(budgetOf(plan)),
        figure(matrixFigure(matrix, document), sentences(CAPTION, movementSentence(matrix.cells))),
        table(
          ["family", "model", "spectral dimension at least", "queries needed (tau 1/16, rho 1/2)"],
          matrix.certificates.map((c) => [
            c.family,
            c.model,
            c.dimension,
            c.vacuous ? "vacuous: no statement" : c.queries,
          ]),
        ),
        table(head, rows),
        paragraph("Pairs that make no sense:"),
        list(refusals(matrix)),
      ],
    },
  ];
}
