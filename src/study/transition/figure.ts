/**
 * A family's transition map: size across, order up, hard beside easy and beside what another learner makes of it,
 * coloured by explained variance.
 */

import { hundredths } from "../../base/hundredths.ts";
import * as Plot from "@observablehq/plot";
import type { TransitionCell, TransitionGrid } from "./study.ts";
import { LEARNED } from "../learned.ts";
import { movementNote, movementSentence } from "../movement.ts";
import { figureOf, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { sentences } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import { explainedScale, inkOn, shade } from "../../report/heat.ts";

interface Shown extends TransitionCell {
  /** Which of the map's cells it is. */
  readonly number: number;
  readonly target: string;
  readonly value: number;
}

const HARD = "hard";
const EASY = "easy twin";

const signed = (x: number): string => `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(1)}`;

/** The small lines below a hard cell's value. */
function notes(c: Shown): string {
  if (c.target !== HARD) return "";
  const check = c.bestCheck === null ? "" : `checks ${hundredths(c.bestCheck)}`;
  const bound = c.budgetOverBound === null ? "vacuous" : `10^${signed(c.budgetOverBound)}`;
  return [movementNote(c.movement), check, bound].filter((x) => x !== "").join("\n");
}

export function transitionFigure(
  grid: TransitionGrid,
  cells: readonly TransitionCell[],
  document: Document,
): Figure {
  const learned = (of: "hard" | "easy"): string => {
    const run = cells.flatMap((c) => c[of] ?? []);
    return `${run.filter((x) => x > LEARNED).length} of ${run.length}`;
  };
  const counts = `${learned("hard")} hard cells, ${learned("easy")} easy ones`;
  const title = `${grid.family.id}: gradient descent learns ${counts}`;
  const label = grid.beside?.label;
  const shown = cells.flatMap((c, number): Shown[] => [
    ...(c.hard === null ? [] : [{ ...c, number, target: HARD, value: c.hard }]),
    ...(c.beside === null || label === undefined ? [] : [{ ...c, number, target: label, value: c.beside }]),
    ...(c.easy === null ? [] : [{ ...c, number, target: EASY, value: c.easy }]),
  ]);
  const targets = [HARD, label, EASY].filter(
    (t): t is string => t !== undefined && (t === HARD || t === EASY || shown.some((c) => c.target === t)),
  );
  const panels = panelsOf(targets, grid.sizes.length);
  const svg = plot(document, title, {
    height: 120 + (72 * grid.orders.length + GAP) * panels.lines,
    marginRight: 20,
    marginBottom: 52,
    marginTop: 40,
    grid: false,
    x: { type: "band", domain: grid.sizes, label: grid.sizeLabel, padding: 0.05 },
    y: { type: "band", domain: grid.orders.toReversed(), label: grid.orderLabel, padding: 0.06 },
    ...panels.scale,
    color: explainedScale,
    marks: [...marks(shown, panels.by), ...panels.names],
  });
  const rows = cells.map(({ beside, budgetOverBound, ...cell }) => ({
    ...cell,
    ...(label === undefined ? {} : { beside }),
    log10BudgetOverBound: budgetOverBound,
  }));
  return figureOf(`transition-${grid.family.id}`, title, svg, rows);
}

/** Cells in a line of panels, above which their notes would not fit beside each other. */
const BESIDE = 8;
/** Between panels one below another: the name of the next. */
const GAP = 26;

/** A map a target: side by side where there is room for their cells, else one below another. */
function panelsOf(targets: readonly string[], sizes: number) {
  if (sizes * targets.length <= BESIDE)
    return {
      lines: 1,
      by: { fx: "target" },
      scale: { fx: { domain: targets, label: null, padding: 0.08 } },
      names: [],
    };
  const names = Plot.text(targets, {
    fy: (name: string) => name,
    text: (name: string) => name,
    frameAnchor: "top-left",
    dy: -18,
    fontWeight: "bold",
  });
  return {
    lines: targets.length,
    by: { fy: "target" },
    scale: { fy: { domain: targets, axis: null, padding: 0.1 } },
    names: [names],
  };
}

/** Values on their colours, with the notes below. */
function marks(shown: readonly Shown[], panel: object) {
  const fill = (c: Shown): string => inkOn(shade(c.value));
  const place = { x: "size", y: "order", ...panel };
  const value = { ...place, text: (c: Shown) => hundredths(c.value), fontSize: 14, fontWeight: "bold", fill };
  return [
    Plot.cell(shown, {
      ...telling(shown.map((c) => c.number)),
      ...place,
      fill: (c: Shown) => shade(c.value),
    }),
    Plot.text(shown, { ...value, filter: (c: Shown) => notes(c) === "" }),
    Plot.text(shown, { ...value, filter: (c: Shown) => notes(c) !== "", dy: -22 }),
    Plot.text(shown, { ...place, text: notes, dy: 11, fill }),
  ];
}

/** What the map shows and does not, from its cells. */
export function transitionCaption(grid: TransitionGrid, cells: readonly TransitionCell[]): string {
  const run = cells.filter((c) => c.hard !== null);
  const failed = run.filter((c) => (c.hard ?? 1) <= LEARNED);
  const unchecked = failed.filter((c) => c.checks === 0).length;
  const rescued = failed.filter((c) => (c.bestCheck ?? 0) > LEARNED).length;
  const below = failed.filter((c) => (c.budgetOverBound ?? 1) < 0).length;
  const { steps, batch, width } = grid.train;
  const seeds = run[0]?.seeds ?? 0;
  const open = unchecked > 0 ? ` (not yet run in ${unchecked} cells)` : "";
  return sentences(
    `Students of width ${width}, ${String(steps)} steps of ${String(batch)},`,
    `${seeds} seed${seeds === 1 ? "" : "s"} a cell.`,
    `${run.length - failed.length} of ${run.length} hard cells are learned (above ${LEARNED}).`,
    '"checks": the better of four times the learning rate and twice the width,',
    `run where the hard target was not learned${open}; they would have learned ${rescued} of these.`,
    besideSentence(grid, cells),
    movementSentence(run),
    "The power of ten is steps times weights over the certified number of queries at the batch's tolerance:",
    `${below} of the ${failed.length} failures lie within the certificate's bound, the others are not explained by it.`,
  );
}

function besideSentence({ beside }: TransitionGrid, cells: readonly TransitionCell[]): string | undefined {
  const run = cells.filter((c) => c.beside !== null);
  if (beside === undefined || run.length === 0) return undefined;
  const found = run.filter((c) => (c.beside ?? 0) > LEARNED);
  const alone = found.filter((c) => c.hard !== null && c.hard <= LEARNED);
  return sentences(
    `"${beside.label}" is the learner ${beside.learner} with the same student, optimiser, examples and steps:`,
    `${found.length} of ${run.length} hard cells are learned, ${alone.length} of them not by gradient descent alone.`,
  );
}
