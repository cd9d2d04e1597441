/** Hard targets, easy twins and ways round on one scale: the strip of a card, and the report's lead figure. */

import type { Axis, Chart, Figure, Series } from "../report/drawing.ts";
import { chartFigure } from "../report/chart.ts";
import { colours } from "../report/figure.ts";
import { recordsOf, type StoredRecord } from "../run/record.ts";
import type { Cell, Fact } from "./cell.ts";
import { achieved, byExplained, LEARNED, learnedAt } from "./learned.ts";
import type { ScoreRow } from "./scoreboard.ts";

/** Whose explained variance it is; the same colours and forms in every chart. */
const targets = [
  { name: "hard target", colour: colours.hard, form: "circle" },
  { name: "easy twin", colour: colours.easy, form: "triangle" },
  { name: "way round", colour: colours.other, form: "diamond2" },
] as const satisfies readonly Series[];

const factOf = (cell: Cell, target: (typeof targets)[number]["name"]): Fact | null =>
  ({ "hard target": cell.hard, "easy twin": cell.twin, "way round": cell.escape })[target];

/** Records by their ids. */
export type ById = ReadonlyMap<string, StoredRecord>;

type Row = Figure["rows"][number];

/** What a learner achieved on fresh samples: drawn, and judged by. */
function shareOf(record: StoredRecord): number | null {
  const [trained] = recordsOf([record], "train");
  const [learned] = recordsOf([record], "learn");
  if (trained !== undefined) return achieved(trained.result.final);
  return learned === undefined ? null : achieved(byExplained(learned.result.final));
}

/** One row a record that a cell's facts are from. */
function rowsOf(cell: Cell, of: Readonly<Record<string, string>>, byId: ById): Row[] {
  return targets.flatMap(({ name }) =>
    (factOf(cell, name)?.records ?? []).flatMap((id): Row[] => {
      const record = byId.get(id);
      if (record === undefined) return [];
      const [trained] = recordsOf([record], "train");
      const [learned] = recordsOf([record], "learn");
      const one = trained ?? learned;
      if (one === undefined) return [];
      const learner = learned?.task.learner ?? "gradient descent";
      return [{ ...of, target: name, learner, seed: one.task.seed, value: shareOf(record), record: id }];
    }),
  );
}

const explained: Axis = {
  column: "value",
  label: "explained share of labels",
  domain: [-0.15, 1.05],
  ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
};

const seriesIn = (rows: readonly Row[]): Chart["series"] => ({
  column: "target",
  of: targets.filter(({ name }) => rows.some((r) => r["target"] === name)),
});

/** How many settings a card shows. */
const SETTINGS = 4;

/** The strip of a card; null where no learner was run. */
export function stripOf({ row, cells }: ScoreRow, byId: ById, document: Document): Figure | null {
  const rows = cells.slice(0, SETTINGS).flatMap((cell) => rowsOf(cell, { setting: cell.at }, byId));
  if (rows.length === 0) return null;
  const series = seriesIn(rows);
  const chart: Chart = {
    x: explained,
    y: { column: "target", label: "", type: "point", domain: series.of.map((s) => s.name) },
    series,
    panel: "setting",
    levels: [LEARNED],
    filters: ["learner", "seed"],
    height: 84,
  };
  return chartFigure({ name: `evidence-${row.id}`, title: tallied(rows), rows, chart }, document);
}

/** What the rows say, in one sentence. */
function tallied(rows: readonly Row[]): string {
  const learned = (target: string): string | null => {
    const own = rows.filter((r) => r["target"] === target);
    const many = own.filter((r) => learnedAt(r["value"] as number | null)).length;
    return own.length === 0 ? null : `${many} of ${own.length}`;
  };
  const [hard, twin, round] = targets.map(({ name }) => learned(name));
  const others = [
    twin === null ? "" : `, ${twin} easy twins`,
    round === null ? "" : `; ways round find ${round}`,
  ];
  return `Gradient descent learns ${hard ?? "no"} hard targets${others.join("")}`;
}

/** Width of the figure beside the board. */
const BESIDE = 400;

/** The leading cell of each result for which learners were trained. */
export function leadFigure(board: readonly ScoreRow[], byId: ById, document: Document): Figure {
  const rows = board.flatMap(({ row, cells }) =>
    cells
      .slice(0, 1)
      .flatMap((cell) => rowsOf(cell, { result: `${row.number} ${row.id}`, setting: cell.at }, byId)),
  );
  const chart: Chart = {
    x: explained,
    y: {
      column: "result",
      label: "",
      type: "point",
      domain: [...new Set(rows.map((r) => String(r["result"])))],
    },
    series: seriesIn(rows),
    levels: [LEARNED],
    height: 210,
  };
  return chartFigure({ name: "lead", title: tallied(rows), rows, chart }, document, BESIDE);
}
