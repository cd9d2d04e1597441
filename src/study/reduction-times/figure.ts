/** Solver time of the NP-hardness reduction against the number of vertices. */

import * as Plot from "@observablehq/plot";
import type { ReductionTime } from "./study.ts";
import { colours, inColour, legend, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { sentences } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import { median } from "../../base/statistics.ts";

function outcomeOf({ fittable }: ReductionTime) {
  if (fittable === null) return "no answer in time";
  return fittable ? "fittable" : "not fittable";
}

/** The median time of each outcome at each size. */
const mediansOf = (times: readonly ReductionTime[], sizes: readonly number[]) =>
  [true, false].flatMap((fittable) =>
    sizes.flatMap((vertices) => {
      const here = times.filter((t) => t.vertices === vertices && t.fittable === fittable);
      return here.length === 0 ? [] : [{ vertices, fittable, seconds: median(here.map((t) => t.seconds)) }];
    }),
  );

/** The median time at the smallest and the largest size. */
function titleOf(times: readonly ReductionTime[], sizes: readonly number[]): string {
  const [first, last] = [sizes[0], sizes[sizes.length - 1]].map((n) => {
    const seconds = median(times.filter((t) => t.vertices === n).map((t) => t.seconds));
    return `${seconds.toPrecision(2)} s at ${n}`;
  });
  return `Fitting the threshold network takes ${first} vertices, ${last}, in the median`;
}

/**
 * One dot an instance, lines through the median of each outcome and size; instances without an answer stand at their
 * time limit and belong to no line.
 */
export function reductionTimesFigure(times: readonly ReductionTime[], document: Document): Figure {
  const sizes = [...new Set(times.map((t) => t.vertices))].sort((x, y) => x - y);
  const medians = mediansOf(times, sizes);
  const title = titleOf(times, sizes);
  const colourOf = {
    fittable: colours.hard,
    "not fittable": colours.easy,
    "no answer in time": colours.baseline,
  };
  const shift = { fittable: -0.4, "not fittable": 0.4, "no answer in time": 0 };
  const offset = (t: ReductionTime): number => t.vertices + shift[outcomeOf(t)];
  const svg = plot(document, title, {
    x: { label: "vertices of the hypergraph", ticks: sizes, tickFormat: "d" },
    y: {
      label: "seconds (log scale)",
      type: "log",
      ticks: 5,
      tickFormat: (s: number) => String(Number(s.toPrecision(1))),
    },
    marks: [
      Plot.line(medians, {
        x: "vertices",
        y: "seconds",
        z: "fittable",
        stroke: (m: { fittable: boolean }) => (m.fittable ? colours.hard : colours.easy),
        strokeWidth: 1.8,
      }),
      ...Object.entries(colourOf).map(([outcome, colour]) => {
        const own = times.filter((t) => outcomeOf(t) === outcome);
        return Plot.dot(own, {
          ...telling(own.map((t) => times.indexOf(t))),
          x: offset,
          y: "seconds",
          r: 4,
          ...(outcome === "no answer in time"
            ? { symbol: "times", stroke: colour }
            : { ...inColour(() => colour), fillOpacity: 0.6 }),
        });
      }),
      ...legend([
        ["fittable, and median", colours.hard],
        ["not fittable, and median", colours.easy],
        ["no answer in time", colours.baseline, "times"],
      ]),
    ],
  });
  const rows = times.map((t) => ({
    vertices: t.vertices,
    edges: t.edges,
    instance: t.instance,
    seconds: t.seconds,
    outcome: outcomeOf(t),
  }));
  return { name: "reduction-times", title, svg, rows };
}

export const reductionTimesCaption = sentences(
  "Fitting a two-unit threshold graph network to labelled graphs, as hard as 2-colouring a hypergraph:",
  "wall-clock time of a mixed-integer solver on random 3-uniform hypergraphs around the threshold.",
  "A measurement of this machine; the theorem is about the worst case.",
);
