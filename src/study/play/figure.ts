/** Functions that survive the adversary's answers, against the number of queries. */

import * as Plot from "@observablehq/plot";
import { lineAt, type Play, type Strategy } from "./study.ts";
import { colours, figureOf, legend, palette, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { telling } from "../../report/tell.ts";
import { sentences } from "../../report/page.ts";

const strategyColour: Readonly<Record<Strategy, string>> = {
  gradient: colours.hard,
  random: colours.other,
  "low-degree": palette[3],
  greedy: colours.easy,
};
const strategyName: Readonly<Record<Strategy, string>> = {
  gradient: "gradient descent",
  random: "random features",
  "low-degree": "low-degree terms",
  greedy: "greedy",
};

/** Lines that coincide are drawn one within another. */
const strategyWidth: Readonly<Record<Strategy, number>> = {
  gradient: 8,
  random: 5,
  "low-degree": 2,
  greedy: 2,
};

const place = { x: "queries", y: "survivors" };
const steps = { ...place, curve: "step-after" } as const;

/** The certified number of survivors up to the last query, to where it has come down to one. */
function certifiedLine(result: Play, last: number): { queries: number; survivors: number }[] {
  const line = [];
  for (let queries = 0; queries <= last; queries++) {
    line.push({ queries, survivors: lineAt(result, queries) });
    if (queries * result.excludedPerQuery >= result.functions) break;
  }
  return [...line, { queries: last, survivors: lineAt(result, last) }];
}

/** Survivors as steps, one line a strategy; no learner gets below the dashed, certified one. */
export function playFigure(result: Play, document: Document): Figure {
  const { functions, runs, tau } = result;
  const least = runs.reduce((a, b) => (b.survivors < a.survivors ? b : a));
  const title = sentences(
    `The adversary leaves ${least.survivors} of ${functions} functions of ${result.family.id}`,
    `after ${least.queries} queries of tolerance ${tau}`,
  );
  const last = Math.max(1, ...runs.map((r) => r.queries));
  const ticks = [0, ...[1, 10, 100, 1000, 1e4, 1e5].filter((t) => t <= last)];
  const rows = runs.flatMap(({ strategy, curve }) =>
    curve.map(({ queries, survivors }) => ({
      strategy,
      queries,
      survivors,
      certified: lineAt(result, queries),
    })),
  );
  const svg = plot(document, title, {
    x: {
      label: "queries (log scale from 1 up)",
      type: "symlog",
      constant: 1,
      domain: [0, last],
      ticks,
      tickFormat: "d",
    },
    y: {
      label: "surviving functions (log scale)",
      type: "log",
      domain: [1, functions],
      ticks: 4,
      tickFormat: "d",
    },
    marks: [
      Plot.line(certifiedLine(result, last), {
        ...steps,
        stroke: colours.baseline,
        strokeWidth: 2,
        strokeDasharray: "6,4",
      }),
      ...runs.flatMap(({ strategy }) => {
        const own = rows.filter((r) => r.strategy === strategy);
        const colour = strategyColour[strategy];
        const told = telling(own.map((r) => rows.indexOf(r)));
        return [
          Plot.line(own, { ...steps, stroke: colour, strokeWidth: strategyWidth[strategy] }),
          Plot.dot(own, { ...told, ...place, r: 2.5, fill: colour, stroke: "none" }),
        ];
      }),
      ...legend([
        ...runs.map(({ strategy }) => [strategyName[strategy], strategyColour[strategy], "line"] as const),
        [result.vacuous ? "certified (vacuous)" : "certified: never below", colours.baseline, "line"],
      ]),
    ],
  });
  return figureOf(`play-${result.family.id}`, title, svg, rows);
}

/** What the game shows, from its result. */
export function playCaption(result: Play): string {
  const { functions, excludedPerQuery, population, lambda, vacuous, runs, family } = result;
  const ends = runs.map((r) => `${strategyName[r.strategy]} ${r.survivors} after ${r.queries}`);
  return sentences(
    "The adversary answers as little as the tolerance allows; a function survives while every answer fits it.",
    `${functions} functions of ${family.id} ${JSON.stringify(family.params)} under the uniform law`,
    `on ${population.toLocaleString("en")} drawn examples: the largest eigenvalue is at most ${lambda.toPrecision(4)},`,
    `so that a query excludes at most ${excludedPerQuery} functions${vacuous ? " (vacuous)" : ""}, the dashed line.`,
    `Survivors: ${ends.join("; ")}.`,
    "Lines that coincide lie one within another.",
  );
}
