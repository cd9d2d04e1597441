/** The report's section on the learnability matrix, and the same as a table of text. */

import { shownBelow } from "../../numeric/rounding.ts";
import { MATRIX_SECTION } from "../families.ts";
import { bestOf, type Matrix, type MatrixCell } from "./read.ts";
import { BATCH, tuningsOf, type MatrixPlan } from "./plan.ts";
import type { ReadMatrix } from "./study.ts";
import { cellText, matrixFigure } from "./figure.ts";
import { movementNote, movementSentence } from "../movement.ts";
import { shortly } from "../verdict.ts";
import { figure, list, paragraph, sentences, table, type Section, type Table } from "../../report/page.ts";

const cost = ({ queries, samples }: MatrixCell): string =>
  [
    queries === null ? "" : `${shortly(queries)} queries`,
    samples === null ? "" : `${shortly(samples)} samples`,
  ]
    .filter((x) => x !== "")
    .join(", ");

function shown(cell: MatrixCell | undefined): string {
  if (cell?.refusal) return "-";
  if (cell === undefined || cell.mean === null) return "not run";
  const [own, best] = [cellText(cell), bestOf(cell)];
  const { tuned } = cell;
  const better =
    tuned === null || best === cell.mean
      ? own
      : `${tuned.explained.toFixed(2)} (${tuned.name}, ${shortly(tuned.samples)} samples; default ${own})`;
  return [better, movementNote(cell.movement)].filter((x) => x !== "").join(", ");
}

/** One line a learner and family: hard, easy, cost. */
export function matrixTable({ cells }: Matrix): Table {
  const rows = cells
    .filter((c) => !c.easy && c.refusal === null)
    .map((hard) => {
      const easy = cells.find((c) => c.easy && c.column === hard.column && c.learner === hard.learner);
      return [hard.column, hard.learner, shown(hard), shown(easy), cost(hard)];
    });
  return { head: ["family", "learner", "hard", "easy twin", "cost on the hard target"], rows };
}

/** Why cells are hatched, pairs with the same reason together. */
export function refusals({ cells }: Matrix): string[] {
  const groups = new Map<string, { learner: string; reason: string; families: Set<string> }>();
  for (const { refusal, learner, column } of cells) {
    if (refusal === null) continue;
    const name = `${learner}|${refusal}`;
    const group = groups.get(name) ?? { learner, reason: refusal, families: new Set<string>() };
    group.families.add(column);
    groups.set(name, group);
  }
  return [...groups.values()].map((g) => `${g.learner} on ${[...g.families].join(", ")}: ${g.reason}.`);
}

/** The budget that all learners of a plan share, in words. */
function budgetOf(plan: MatrixPlan): string {
  const { scale, entries, leftToMore } = plan;
  const { samples, seeds } = scale;
  const given = samples.toLocaleString("en");
  const fewer = new Map(
    entries.flatMap(({ learner: { label, most } }) =>
      most !== undefined && most < samples ? [[label, most]] : [],
    ),
  );
  const own = [...fewer].map(([label, most]) => `${label} gets ${most.toLocaleString("en")}`);
  return sentences(
    `A learner gets ${given} labelled examples of each instance,`,
    `gradient descent as ${Math.floor(samples / BATCH)} steps of ${BATCH},`,
    `a learner from an oracle the tolerance 1/sqrt(${given}), the standard error of an answer from all of them.`,
    own.length === 0 ? undefined : `With all of them too slow, ${own.join(", ")}.`,
    "Where gradient descent has not learned with the first seed, other settings are tried with that:",
    `${tuningsOf(plan)
      .map((t) => t.name)
      .join("; ")}.`,
    "The best is shown, with the default beside it; a setting that names its steps has a budget of its own.",
    seeds === 1 ? "One instance of each column." : `${seeds} instances of each column, one a seed.`,
    leftToMore.length === 0 ? undefined : `Left to a greater scale: ${leftToMore.join("; ")}.`,
  );
}

const caption = ({ cells }: ReadMatrix["matrix"]): string =>
  sentences(
    "Explained variance is 1 minus the squared error over that of the best constant, on fresh samples:",
    "1 is learned, 0 is no better than a constant.",
    cells.some((c) => cellText(c).includes(" to ")) ? "Where seeds differ, their range is shown." : undefined,
    "A low value says that this learner did not get there with this budget, not that it never would.",
  );

export function matrixSections({ matrix, plan }: ReadMatrix, document: Document): Section[] {
  const { head, rows } = matrixTable(matrix);
  return [
    {
      ...MATRIX_SECTION,
      blocks: [
        paragraph(budgetOf(plan)),
        figure(matrixFigure(matrix, document), sentences(caption(matrix), movementSentence(matrix.cells))),
        table(
          ["family", "model", "spectral dimension at least", "queries needed (tau 1/16, rho 1/2)"],
          matrix.certificates.map((c) => [
            c.column,
            c.model,
            shownBelow(Number(c.dimension), 4),
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
