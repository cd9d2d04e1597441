/** Heat maps: the mean outcome over two names of a sweep. */

import * as Plot from "@observablehq/plot";
import { mean } from "../../base/statistics.ts";
import { figureOf, plot } from "../../report/figure.ts";
import { explainedScale, inkOn, shade } from "../../report/heat.ts";
import { sentences } from "../../report/page.ts";
import type { Drawn } from "./curves.ts";
import { besideX, leftOut, panelled, panelsOf, type Layout } from "./layout.ts";
import { brief, grouped, outcomeLabels, outcomesOf, valueText, type SweepData } from "./read.ts";

interface Tile {
  readonly panel: string;
  readonly x: string;
  readonly y: string;
  readonly value: number;
}

/** The range of the colours: of explained variances and accuracies always the same, else what is there. */
function range(data: SweepData, tiles: readonly Tile[]): readonly [number, number] {
  if (data.outcome === "final_explained_variance") return [0, 1];
  if (data.outcome === "final_accuracy") return [0.5, 1];
  const values = tiles.map(({ value }) => value);
  return [Math.min(...values), Math.max(...values)];
}

/** Null where fewer than two names vary. */
export function heatMap(data: SweepData, layout: Layout, document: Document): Drawn | null {
  const { x } = layout;
  const [y, ...panels] = [...besideX(layout)].sort((a, b) => Number(b.isNumeric) - Number(a.isNumeric));
  if (y === undefined) return null;
  const { drawn, left } = panelsOf(data.cells, panels);
  const tiles = drawn.flatMap(([panel, cells]) =>
    [...grouped(cells, [x, y]).values()].flatMap((same): Tile[] => {
      const values = same.flatMap(outcomesOf);
      const [{ values: at }] = same;
      if (values.length === 0) return [];
      return [{ panel, x: valueText(at[x.name]), y: valueText(at[y.name]), value: mean(values) }];
    }),
  );
  if (tiles.length === 0) return null;
  const [least, greatest] = range(data, tiles);
  const tone = ({ value }: Tile): number =>
    shade(greatest > least ? (value - least) / (greatest - least) : 0);
  const label = outcomeLabels[data.outcome];
  const title = `Mean ${label} over ${x.name} and ${y.name}`;
  const at = { fx: "panel", x: "x", y: "y" } as const;
  const svg = plot(document, title, {
    ...panelled(drawn.length),
    marginRight: 20,
    marginLeft: 80,
    grid: false,
    height: Math.min(1200, 110 + 42 * y.values.length),
    x: { type: "band", domain: x.values.map(valueText), label: x.name, padding: 0.04 },
    y: { type: "band", domain: y.values.map(valueText).toReversed(), label: y.name, padding: 0.05 },
    color: explainedScale,
    marks: [
      Plot.cell(tiles, { ...at, fill: tone }),
      ...(x.values.length * drawn.length > 24
        ? []
        : [
            Plot.text(tiles, {
              ...at,
              text: (t: Tile) => shortest(t.value),
              fill: (t: Tile) => inkOn(tone(t)),
            }),
          ]),
    ],
  });
  const rows = tiles.map(({ panel, x: across, y: up, value }) => ({
    ...(panels.length > 0 ? { panel } : {}),
    [x.name]: across,
    [y.name]: up,
    mean: value,
  }));
  return {
    figure: figureOf("heat", title, svg, rows),
    caption: sentences(
      `Mean over the seeds; the colours go from ${brief(least)} (dark) to ${brief(greatest)} (light).`,
      leftOut(left),
    ),
  };
}

const shortest = (x: number): string => String(Number(x.toPrecision(2)));
