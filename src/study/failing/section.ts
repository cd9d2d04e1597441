/** The failing cells as a table: what was trained, what came of it, and which checks stand beside it. */

import { paragraph, sentences, table, type Section } from "../../report/page.ts";
import type { Cell } from "../cell.ts";
import { checks } from "../checks.ts";
import { CHECKS_SECTION } from "../comparison/comparison.ts";
import { verdicts } from "../verdict.ts";

const INTRODUCTION = sentences(
  "Each family at a size where gradient descent was seen to fail, with the same steps of fresh examples for hard",
  "targets and easy twins. What follows changes one thing of this training at a time.",
  "A check that is not listed was not made.",
);

export const cellTable = (cells: readonly Cell[]) =>
  table(
    ["cell", "certified", "hard target", "easy twin", "escape", "verdict"],
    cells.map(({ at, certified, hard, twin, escape, verdict }) => [
      at,
      ...[certified, hard, twin, escape].map((fact) => fact?.says ?? "not run"),
      `${verdicts[verdict.kind]}: ${verdict.because}`,
    ]),
  );

/** Every check that was made at a cell, in words. */
const made = (cell: Cell): string[][] =>
  checks.flatMap(({ id, name }) => {
    const result = cell.checks[id];
    return result === null ? [] : [[cell.at, name, result.says]];
  });

export const failingSections = (cells: readonly Cell[]): Section[] => [
  { ...CHECKS_SECTION, blocks: [paragraph(INTRODUCTION), cellTable(cells)] },
  {
    id: "checks-made",
    title: "Checks made at the failing cells",
    folded: true,
    blocks: [table(["cell", "check", "outcome"], cells.flatMap(made))],
  },
];
