/** Families by ways to learn them: correlating, squaring the label first, the cheapest other way. */

import * as Plot from "@observablehq/plot";
import { figureOf, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { explainedScale, inkOn, shade } from "../../report/heat.ts";
import { sentences } from "../../report/page.ts";
import { escaped, learned, type Escapes } from "./escapes.ts";
import { OTHERS } from "./settings.ts";
import { cellText } from "../matrix/figure.ts";
import type { MatrixCell } from "../matrix/read.ts";
import type { MatrixScale } from "../matrix/plan.ts";

/** Room for the families' names. */
const LEFT = 264;
const ROW = 98;

const columns = {
  direct: ["Correlate", "gradient descent on y"],
  squared: ["Square first", "on y², then on y"],
  other: ["Or otherwise", "cheapest other way"],
  order: ["Labels' law", "speaks at degree"],
} as const;
type Column = keyof typeof columns;

/** One box of the drawing; without a value it is drawn as an outline. */
interface Box {
  readonly family: string;
  readonly column: Column;
  readonly value: number | null;
  readonly big: string;
  readonly small: string;
}

function measuredBox(family: string, column: Column, cell: MatrixCell | null, why: string): Box {
  const at = { family, column };
  if (cell === null || (cell.refusal === null && cell.mean === null))
    return { ...at, value: null, big: "", small: "not run" };
  if (cell.refusal !== null) return { ...at, value: null, big: "cannot", small: why };
  return { ...at, value: cell.mean, big: cellText(cell), small: learned(cell) ? "found" : "not found" };
}

function boxesOf({ setting: { family }, law, direct, squared, other }: Escapes): Box[] {
  const open = { family, column: "other", value: null, big: "open", small: "none of ours" } as const;
  const found = (o: NonNullable<Escapes["other"]>): Box => ({
    family,
    column: "other",
    value: o.cell.mean,
    big: cellText(o.cell),
    small: `${o.cell.learner}:\n${o.how}`,
  });
  const order = law?.order ?? null;
  return [
    measuredBox(family, "direct", direct, ""),
    measuredBox(family, "squared", squared, law?.twoValued === true ? "labels ±1: y² = 1" : ""),
    other === null ? open : found(other),
    {
      family,
      column: "order",
      value: null,
      big: order === null ? "never" : String(order),
      small: law?.twoValued === true ? "labels ±1" : "",
    },
  ];
}

/** The certified dimension: as it is up to six digits, else a power of ten. */
function dimension(text: string): string {
  const x = Number(text);
  return x < 1e6 ? Math.floor(x).toLocaleString("en") : x.toExponential(1).replace("e+", "e");
}

function nameLines({ title, setting: { params }, certificate }: Escapes): string {
  const size = Object.entries(params).map(([name, value]) =>
    typeof value === "string" ? value : `${name} = ${JSON.stringify(value)}`,
  );
  const bound =
    certificate === null
      ? "no certificate"
      : `certified: dimension ${dimension(certificate.dimension)}, ${certificate.model}`;
  return `${title.split(",")[0]}\n${size.join(", ")}\n${bound}`;
}

/** What the drawing says, in one line. */
const headline = (all: readonly Escapes[]): string =>
  `Correlate: ${all.filter((e) => learned(e.direct)).length} of ${all.length} found. ` +
  `Square the labels first, or solve: ${all.filter(escaped).length} of ${all.length}.`;

export function escapesFigure(all: readonly Escapes[], scale: MatrixScale, document: Document): Figure {
  const boxes = all.flatMap(boxesOf);
  const title = headline(all);
  const svg = plot(document, title, {
    height: 138 + ROW * all.length,
    marginLeft: LEFT,
    marginRight: 8,
    marginTop: 84,
    marginBottom: 54,
    grid: false,
    x: { domain: Object.keys(columns), axis: null, padding: 0.06 },
    y: { domain: all.map((e) => e.setting.family), axis: null, padding: 0.1 },
    color: explainedScale,
    marks: [...heads(title), ...names(all), ...boxMarks(boxes, all), footnote(scale)],
  });
  return figureOf("escapes", title, svg, all.map(row));
}

/** The headline, and what each column is. */
const heads = (title: string) => [
  Plot.text([title], {
    // a page has it as the figure's heading, and hides this one
    className: "headline",
    frameAnchor: "top-left",
    dx: 8 - LEFT,
    dy: -80,
    lineAnchor: "top",
    fontSize: 18,
    fontWeight: "bold",
    fill: "currentColor",
  }),
  ...([0, 1] as const).map((line) =>
    Plot.text(Object.keys(columns) as Column[], {
      x: (c: Column) => c,
      frameAnchor: "top",
      dy: line === 0 ? -28 : -8,
      text: (c: Column) => columns[c][line],
      fontSize: line === 0 ? 15 : 12,
      fontWeight: line === 0 ? "bold" : "normal",
      fill: "currentColor",
    }),
  ),
];

/** Families on the left, each with its size and what is certified of it. */
const names = (all: readonly Escapes[]) =>
  [
    { text: (e: Escapes) => e.setting.family, dy: -32, fontSize: 14, fontWeight: "bold" },
    { text: nameLines, dy: -22, lineAnchor: "top", lineWidth: 18, lineHeight: 1.3, fontSize: 12 } as const,
  ].map((options) =>
    Plot.text(all, {
      y: (e: Escapes) => e.setting.family,
      frameAnchor: "left",
      dx: 8 - LEFT,
      textAnchor: "start",
      fill: "currentColor",
      ...options,
    }),
  );

/** Values on their colours; outlines where there is none. */
function boxMarks(boxes: readonly Box[], all: readonly Escapes[]) {
  const place = { x: "column", y: "family" };
  const told = (of: readonly Box[]) =>
    telling(of.map(({ family }) => all.findIndex((e) => e.setting.family === family)));
  const filled = boxes.filter((b) => b.value !== null);
  const fill = (b: Box): string => (b.value === null ? "currentColor" : inkOn(shade(b.value)));
  const outlined = boxes.filter((b) => b.value === null && b.column !== "order");
  return [
    Plot.cell(filled, { ...told(filled), ...place, fill: (b: Box) => shade(b.value ?? 0) }),
    Plot.cell(outlined, {
      ...told(outlined),
      ...place,
      fill: "none",
      stroke: "currentColor",
      strokeDasharray: "4 4",
    }),
    Plot.text(boxes, { ...place, text: "big", dy: -17, fontSize: 17, fontWeight: "bold", fill }),
    Plot.text(boxes, { ...place, text: "small", dy: 15, fontSize: 12, lineHeight: 1.3, fill }),
  ];
}

function footnote({ samples, seeds }: MatrixScale) {
  const [most, others] = [samples, OTHERS].map((x) => x.toLocaleString("en"));
  const text = [
    `Explained variance on fresh examples (0: chance, 1: learned), ${seeds === 1 ? "one seed" : `${seeds} seeds`};`,
    `gradient descent from ${most} examples, other ways from ${others}.`,
  ].join("\n");
  return Plot.text([text], {
    frameAnchor: "bottom-left",
    dx: 8 - LEFT,
    dy: 14,
    lineAnchor: "top",
    lineHeight: 1.4,
    textAnchor: "start",
    fontSize: 12,
    fill: "currentColor",
  });
}

const row = ({ setting, certificate, law, direct, squared, other }: Escapes) => ({
  family: setting.family,
  params: JSON.stringify(setting.params),
  model: certificate?.model ?? null,
  dimension: certificate?.dimension ?? null,
  direct: direct.mean,
  squaredFirst: squared?.mean ?? null,
  otherLearner: other?.cell.learner ?? null,
  other: other?.cell.mean ?? null,
  otherSamples: other?.cell.samples ?? null,
  order: law?.order ?? null,
});

/** What the drawing shows and does not. */
export function escapesCaption(all: readonly Escapes[]): string {
  const open = all.filter((e) => !escaped(e) && !learned(e.direct)).map((e) => e.setting.family);
  return sentences(
    "What is certified bounds learners that ask for correlations with the label. Others ask for something else:",
    "the square of the label, or exact equations; they are no contradiction to it.",
    '"Square first" is the network, optimiser, examples and steps of "correlate", half of the steps on y².',
    "The labels' law speaks from the least degree of psi at which some E[T(y) psi(x)] depends on what is hidden.",
    '"Or otherwise": of the learners that found it, the one from the fewest examples.',
    open.length === 0 ? undefined : `Open here: ${open.join(", ")}.`,
  );
}
