/** The report of a sweep: a page with figures, and its tables by name. */

import { mean } from "../../base/statistics.ts";
import type { StoredRecord } from "../../run/record.ts";
import { figure, list, paragraph, prefixed, sentences, table } from "../../report/page.ts";
import type { Block, Page, Section, Table } from "../../report/page.ts";
import type { CellTransition } from "../../sweep/transitions.ts";
import { boundaryFigure, boundaryOf, type Boundary } from "./boundary.ts";
import type { Comparison } from "./compare.ts";
import { outcomeCurves, trainingCurves, type Drawn } from "./curves.ts";
import { heatMap } from "./heat.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { parallelCoordinates } from "./parallel.ts";
import { brief, byFamily, outcomeLabels, outcomesOf, valueText, type SweepData } from "./read.ts";
import { fitsOf, fitTable, scalingFigure, type Fit } from "./scaling.ts";
import { transitionTable } from "./transition-table.ts";

/** What a report is made from. */
export interface Reported {
  /** What the sweep is called. */
  readonly name: string;
  readonly data: SweepData;
  readonly records: readonly StoredRecord[];
  readonly comparison: Comparison | null;
  /** Who made it, in sentences. */
  readonly provenance: readonly string[];
}

/** A report before it is written. */
export interface SweepReport {
  readonly page: Page;
  /** By the name of their files. */
  readonly tables: Readonly<Record<string, Table>>;
  readonly fits: readonly Fit[];
  readonly transitions: readonly CellTransition[];
}

/** Draws the report of a sweep with at least one finished trial; of several families, a part each. */
export function sweepReport(
  { name, data, records, comparison, provenance }: Reported,
  document: Document,
): SweepReport {
  const cells = cellTable(data);
  const parts = byFamily(data).map((own) => partOf(own, records, document));
  const fits = parts.flatMap((part) => part.fits);
  const transitions = parts.flatMap(({ boundary }) => boundary?.transitions ?? []);
  const sections = [
    ...parts.flatMap((part) => (parts.length === 1 ? part.sections : part.sections.map(named(part.family)))),
    ...(comparison === null ? [] : [comparisonSection(comparison)]),
    { id: "cells", title: "All combinations of values", blocks: [tableBlock(cells)], folded: true },
    planSection(data, provenance),
  ];
  return {
    page: { title: `Sweep ${name}`, lead: leadOf(data, transitions), sections },
    tables: {
      cells,
      ...(fits.length === 0 ? {} : { scaling: fitTable(fits) }),
      ...(transitions.length === 0 ? {} : { transitions: transitionTable(transitions) }),
      ...(comparison === null ? {} : { compared: comparison.cells, differences: comparison.differences }),
    },
    fits,
    transitions,
  };
}

/** What is shown of one family. */
function partOf(
  data: SweepData & { readonly family: string },
  records: readonly StoredRecord[],
  document: Document,
) {
  const { family } = data;
  const layout = layoutOf(data);
  const fits = fitsOf(data, family);
  const boundary = layout === null ? null : boundaryOf(data, layout, records);
  const sections = [
    ...(layout === null ? [] : outcomeSections(data, layout, document)),
    ...(boundary === null ? [] : [transitionSection(boundary, data, document)]),
    ...(fits.length === 0 ? [] : [scalingSection(fits, document)]),
  ];
  return { family, fits, boundary, sections };
}

const named =
  (family: string) =>
  (section: Section): Section => ({ ...prefixed(section, family), title: `${family}: ${section.title}` });

const drawnBlock = ({ figure: shown, caption }: Drawn): Block => figure(shown, caption);
const tableBlock = ({ head, rows }: Table): Block => table(head, rows);
const blocksOf = (...drawn: readonly (Drawn | null)[]): Block[] =>
  drawn.flatMap((one) => (one === null ? [] : [drawnBlock(one)]));

function outcomeSections(data: SweepData, layout: Layout, document: Document): Section[] {
  const outcome = blocksOf(
    outcomeCurves(data, layout, document),
    heatMap(data, layout, document),
    parallelCoordinates(data, document),
  );
  const training = blocksOf(trainingCurves(data, layout, document));
  return [
    { id: "outcome", title: `What came of it: ${outcomeLabels[data.outcome]}`, blocks: outcome },
    ...(training.length === 0
      ? []
      : [{ id: "training", title: "In the course of training", blocks: training }]),
  ];
}

const transitionSection = (boundary: Boundary, data: SweepData, document: Document): Section => ({
  id: "transitions",
  title: `Transitions along ${boundary.over.name}`,
  blocks: [
    paragraph(
      sentences(
        `A transition is where the condition "${boundary.until}" begins to hold along ${boundary.over.name}:`,
        "at each value the majority of the seeds decides, and the interval ends where they leave no doubt.",
      ),
    ),
    tableBlock(transitionTable(boundary.transitions)),
    ...blocksOf(boundaryFigure(boundary, data, document)),
  ],
});

function scalingSection(fits: readonly Fit[], document: Document): Section {
  const kinds = new Map<string, Fit[]>();
  for (const fit of fits) {
    const kind = `${fit.quantity} ${fit.axis}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), fit]);
  }
  return {
    id: "scaling",
    title: "Scaling",
    blocks: [
      ...[...kinds.values()].map((same) => drawnBlock(scalingFigure(same, document))),
      tableBlock(fitTable(fits)),
    ],
  };
}

const comparisonSection = ({ differences, cells }: Comparison): Section => ({
  id: "compared",
  title: "Compared with another sweep",
  blocks: [
    differences.rows.length === 0 ? paragraph("Both files say the same.") : tableBlock(differences),
    ...(cells.rows.length === 0
      ? [paragraph("No combination of values has finished trials in both.")]
      : [paragraph("Means at the values that both have."), tableBlock(cells)]),
  ],
});

/** A row a combination of values, with what its seeds came to. */
export function cellTable(data: SweepData): Table {
  const label = outcomeLabels[data.outcome];
  return {
    head: [...data.axes.map(({ name }) => name), "seeds", `mean ${label}`, "least", "greatest"],
    rows: data.cells.map((cell) => {
      const values = outcomesOf(cell);
      const known = values.length > 0;
      return [
        ...data.axes.map(({ name }) => valueText(cell.values[name])),
        String(cell.trials.length),
        ...[mean(values), Math.min(...values), Math.max(...values)].map((x) => brief(known ? x : null)),
      ];
    }),
  };
}

function planSection({ plan, axes, cells }: SweepData, provenance: readonly string[]): Section {
  const varied = new Set(axes.map(({ name }) => name));
  const fixed = Object.entries(cells[0]?.values ?? {}).filter(([name]) => !varied.has(name));
  return {
    id: "provenance",
    title: "The sweep, and what made it",
    blocks: [
      table(
        ["name", "values"],
        [
          ...axes.map(({ name, values }) => [name, values.map(valueText).join(", ")]),
          ...fixed.map(([name, value]) => [name, valueText(value)]),
          [
            "seeds",
            plan.seeds.length <= 10 ? plan.seeds.join(", ") : `${plan.seeds.length} from ${plan.seeds[0]}`,
          ],
        ],
      ),
      list(provenance),
    ],
  };
}

function leadOf(data: SweepData, transitions: readonly CellTransition[]): string {
  const { plan, cells, outcome } = data;
  const values = cells.map(outcomesOf).filter((of) => of.length > 0);
  const means = values.map(mean);
  const trials = cells.reduce((sum, cell) => sum + cell.trials.length, 0);
  const all = plan.count * plan.seeds.length;
  const label = outcomeLabels[outcome];
  const found = transitions.filter(({ transition }) => transition?.status === "found");
  return sentences(
    plan.spec.bisect === undefined
      ? `${trials} of ${all} trials have finished.`
      : `${trials} trials have finished; the whole grid has ${all}.`,
    means.length === 0
      ? undefined
      : `The mean ${label} of a combination goes from ${brief(Math.min(...means))} to ${brief(Math.max(...means))}.`,
    found.length === 1 ? oneTransition(found[0]) : undefined,
    found.length > 1
      ? `${found.length} of ${transitions.length} transitions along ${found[0].over} are found.`
      : undefined,
  );
}

function oneTransition({ over, transition }: CellTransition): string {
  const [low, high] = transition?.interval ?? [null, null];
  const interval = low === null || high === null ? "" : ` (90 %: ${brief(low)} to ${brief(high)})`;
  return `The transition along ${over} is at ${brief(transition?.estimate ?? null)}${interval}.`;
}
