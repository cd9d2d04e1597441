/** A comparison drawn: a panel a family, what is changed from line to line, every run a mark. */

import { chartFigure } from "../../report/chart.ts";
import type { Chart, Figure, Series } from "../../report/drawing.ts";
import { colours, seriesNamed } from "../../report/figure.ts";
import { capital } from "../../report/page.ts";
import { LEARNED, learnedAt } from "../learned.ts";
import { distinctOf, type Place, type Run } from "./trial.ts";

/** A number to be drawn, of one run. */
export interface Point extends Place {
  readonly record: string;
  readonly seed: number;
  readonly value: number;
}

export interface Drawing {
  /** The name of its files. */
  readonly name: string;
  readonly title: string;
  /** What is changed. */
  readonly across: string;
  /** Whether the conditions are steps of one quantity, so that a line between them means something. */
  readonly ordered: boolean;
  /** Those across, in their order. */
  readonly conditions: readonly string[];
}

/** Lower values are drawn here. */
const FLOOR = -0.15;
/** Height of a condition's line. */
const LINE = 26;
/** Up to so many conditions the title says what became of each. */
const FEW = 4;

/** A run as one point. */
export const pointOf = ({ panel, condition, series, seed, share: value, record }: Run): Point => ({
  panel,
  condition,
  series,
  seed,
  value,
  record,
});

const EASY = "easy twin";
const roles: readonly Series[] = [
  { name: "hard", colour: colours.hard, form: "circle" },
  { name: EASY, colour: colours.easy, form: "triangle" },
];

/** Roles have their own looks in every chart; other series what is left. */
function seriesOf(names: readonly string[]): readonly Series[] {
  const others = seriesNamed([...roles.map((r) => r.name), ...names]).slice(roles.length);
  return names.map((name, i) => roles.find((r) => r.name === name) ?? others[i]);
}

/** A title before what follows it: a question has its mark. */
const opened = (title: string, mark: string): string => (title.endsWith("?") ? title : `${title}${mark}`);

/** What is compared, and how many runs on hard targets learned: a twin that learns is no news. */
function message({ title, conditions }: Drawing, all: readonly Run[]): string {
  const runs = all.filter((r) => r.series !== EASY);
  const above = `${runs.length < all.length ? "hard targets above" : "above"} ${LEARNED}`;
  const learned = (of: readonly Run[]): string =>
    `${of.filter((r) => learnedAt(r.share)).length} of ${of.length}`;
  if (conditions.length > FEW) return `${opened(title, ":")} ${learned(runs)} ${above}`;
  const each = conditions.map((c) => [c, runs.filter((r) => r.condition === c)] as const);
  const said = each.flatMap(([c, of]) => (of.length === 0 ? [] : `${c}: ${learned(of)}`));
  return `${opened(title, ".")} ${capital(above)}: ${said.join("; ")}`;
}

/** Says where what is beyond the frame is drawn; undefined where nothing is. */
export const beyondText = (points: readonly Pick<Point, "value">[]): string | undefined =>
  points.some(({ value }) => value < FLOOR) ? "Lower values are drawn at the left edge." : undefined;

/** @param points what is drawn of the runs (absent: of each its share) */
export function comparisonFigure(
  drawing: Drawing,
  runs: readonly Run[],
  document: Document,
  points: readonly Point[] = runs.map(pointOf),
): Figure {
  const { name, across, ordered, conditions } = drawing;
  const chart: Chart = {
    x: {
      column: "value",
      label: "explained share of labels",
      domain: [FLOOR, 1.05],
      ticks: [0, 0.5, 1],
    },
    y: { column: "condition", label: across, type: "point", domain: conditions },
    series: { column: "series", of: seriesOf(distinctOf(points.map((p) => p.series))) },
    panel: "panel",
    ...(ordered ? { joined: "seed" } : {}),
    levels: [0, LEARNED],
    filters: ["panel", "series", "seed"],
    height: 30 + LINE * conditions.length,
  };
  const rows = points.map(({ panel, condition, series, seed, value, record }) => ({
    panel,
    condition,
    series,
    seed,
    value,
    record,
  }));
  return chartFigure({ name, title: message(drawing, runs), rows, chart }, document);
}
