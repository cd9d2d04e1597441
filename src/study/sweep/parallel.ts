/** Parallel coordinates: every combination of values as a line through its names to what came of it. */

import * as Plot from "@observablehq/plot";
import { mean } from "../../base/statistics.ts";
import { figureOf, plot } from "../../report/figure.ts";
import { explainedScale } from "../../report/heat.ts";
import { sentences } from "../../report/page.ts";
import type { Drawn } from "./curves.ts";
import { spread } from "./layout.ts";
import { brief, outcomeLabels, outcomesOf, valueText, type SweepAxis, type SweepData } from "./read.ts";

/** Lines that can be told apart at all. */
const LINES = 300;
/** Half the height between two values of a name that its lines are spread over. */
const SPREAD = 0.3;

interface Line {
  readonly values: Readonly<Record<string, unknown>>;
  readonly outcome: number;
}

/** Null where fewer than two names vary: there the curves show all. */
export function parallelCoordinates(data: SweepData, document: Document): Drawn | null {
  const { axes } = data;
  const all = data.cells
    .flatMap((cell): Line[] => {
      const values = outcomesOf(cell);
      return values.length === 0 ? [] : [{ values: cell.values, outcome: mean(values) }];
    })
    .sort((a, b) => a.outcome - b.outcome);
  if (axes.length < 2 || all.length < 2) return null;
  const lines = spread(all, LINES);
  const [least, greatest] = [all[0].outcome, all[all.length - 1].outcome];
  const tone = ({ outcome }: Line): number =>
    greatest > least ? (outcome - least) / (greatest - least) : 0.5;
  const label = outcomeLabels[data.outcome];
  const points = lines.flatMap((line, i) => [
    ...axes.map((axis) => ({
      at: axis.name,
      y: heightOf(axis, line, tone(line)),
      line: i,
      tone: tone(line),
    })),
    { at: label, y: tone(line), line: i, tone: tone(line) },
  ]);
  const title = `Every combination of values, and its mean ${label}`;
  const svg = plot(document, title, {
    marginLeft: 90,
    marginRight: 90,
    height: 460,
    grid: false,
    x: { type: "point", domain: [...axes.map(({ name }) => name), label], label: null, axis: "top" },
    y: { axis: null, domain: [-0.02, 1.02] },
    color: explainedScale,
    marks: [
      Plot.ruleX([...axes.map(({ name }) => name), label], { stroke: "currentColor", strokeOpacity: 0.35 }),
      Plot.line(points, { x: "at", y: "y", z: "line", stroke: "tone", strokeWidth: 1.4, strokeOpacity: 0.8 }),
      Plot.text([...axes.flatMap(ticksOf), ...endsOf(label, least, greatest)], {
        x: "at",
        y: "y",
        text: "text",
        textAnchor: "start",
        dx: 6,
        fill: "currentColor",
        stroke: "var(--paper, white)",
        strokeWidth: 4,
      }),
    ],
  });
  const rows = lines.map(({ values, outcome }) => ({
    ...Object.fromEntries(axes.map(({ name }) => [name, valueText(values[name] as string)])),
    [data.outcome]: outcome,
  }));
  return {
    figure: figureOf("parallel", title, svg, rows),
    caption: sentences(
      "A line a combination; where several pass through one value they are spread by what came of them.",
      `The colour is that of the last axis, ${brief(least)} (dark) to ${brief(greatest)} (light).`,
      all.length > LINES ? `${LINES} of ${all.length} lines, evenly spaced by outcome.` : undefined,
    ),
  };
}

const levelOf = (axis: SweepAxis, value: unknown): number =>
  axis.values.findIndex((each) => each === value) / Math.max(1, axis.values.length - 1);

/** A line's height at an axis: that of its value, a little higher where more came of it. */
function heightOf(axis: SweepAxis, { values }: Line, tone: number): number {
  const gap = 1 / axis.values.length;
  return levelOf(axis, values[axis.name]) * (1 - gap) + gap / 2 + (tone - 0.5) * SPREAD * gap;
}

/** Values written at an axis; of many, some. */
function ticksOf(axis: SweepAxis): { at: string; y: number; text: string }[] {
  const every = Math.ceil(axis.values.length / 10);
  return axis.values
    .filter((_, i) => i % every === 0 || i === axis.values.length - 1)
    .map((value) => ({
      at: axis.name,
      y: heightOf(axis, { values: { [axis.name]: value }, outcome: 0 }, 0.5),
      text: valueText(value),
    }));
}

const endsOf = (at: string, least: number, greatest: number) => [
  { at, y: 0, text: brief(least) },
  { at, y: 1, text: brief(greatest) },
];
