/** The figures of degree parities: pure functions of the digest and a document. */

import * as Plot from "@observablehq/plot";
import { band, mean } from "../../base/statistics.ts";
import { colours, legend, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { groupedBySet, type Digest, type Run } from "./digest.ts";

const sizePalette = [
  "#440154",
  "#482878",
  "#3e4a89",
  "#31688e",
  "#26828e",
  "#1f9e89",
  "#5aa83f",
  "#b5790a",
  "#d1495b",
  "#8c1d40",
];

const label = (run: { easy: boolean }): string => (run.easy ? "easy twin" : "hard target");
const seriesColour = {
  domain: ["hard target", "easy twin", "majority baseline"],
  range: [colours.hard, colours.easy, colours.baseline],
};

const mainRuns = (digest: Digest): Run[] => digest.runs.filter((r) => r.role === "main");

/** Where a run stands: its size, hard and easy a little apart. */
const besideSize = ({ n, easy }: Pick<Run, "n" | "easy">): number => n + (easy ? 0.12 : -0.12);

/** Mean accuracy over the drawn sets at every size and target, with its band. */
const groupsOf = (runs: readonly Run[], sizes: readonly number[]) =>
  sizes.flatMap((n) =>
    [false, true].flatMap((easy) => {
      const at = runs.filter((r) => r.n === n && r.easy === easy);
      const values = groupedBySet(at).map((of) => mean(of.map((r) => r.accuracy)));
      if (values.length === 0) return [];
      const range = band(values, `accuracy ${n} ${easy}`);
      return [{ n: besideSize({ n, easy }), easy, mean: mean(values), band: range }];
    }),
  );

export function accuracyAgainstSize(digest: Digest, document: Document): Figure {
  const title = "Test accuracy against n";
  const runs = mainRuns(digest);
  const sizes = [...new Set(runs.map((r) => r.n))];
  const groups = groupsOf(runs, sizes);
  const svg = plot(document, title, {
    x: {
      label: "number of nodes n",
      ticks: sizes,
      tickFormat: "d",
      domain: [Math.min(...sizes) - 0.6, Math.max(...sizes) + 0.6],
    },
    y: { label: "test accuracy", domain: [0.4, 1.02] },
    marks: [
      Plot.ruleY([0.5], { stroke: colours.baseline, strokeDasharray: "2,4" }),
      Plot.ruleX(
        groups.filter((g) => g.band !== null),
        {
          x: "n",
          y1: (g) => g.band[0],
          y2: (g) => g.band[1],
          stroke: (g) => (g.easy ? colours.easy : colours.hard),
          strokeWidth: 9,
          strokeOpacity: 0.25,
        },
      ),
      Plot.line(groups, {
        x: "n",
        y: "mean",
        z: "easy",
        stroke: (g) => (g.easy ? colours.easy : colours.hard),
        strokeWidth: 1.8,
      }),
      Plot.dot(runs, { x: besideSize, y: "baseline", symbol: "times", r: 3.5, stroke: colours.baseline }),
      Plot.dot(runs, {
        x: besideSize,
        y: "accuracy",
        r: 4.5,
        fill: (r: Run) => (r.easy ? colours.easy : colours.hard),
        fillOpacity: 0.75,
        stroke: "none",
      }),
      ...legend([
        ["hard target, one run", colours.hard],
        ["easy twin, one run", colours.easy],
        ["majority baseline", colours.baseline, "times"],
      ]),
    ],
  });
  return { name: "accuracy-against-n", title, svg, rows: runs.map(row) };
}

export function accuracyAgainstMu(digest: Digest, document: Document): Figure {
  const title = "Test accuracy against mu(S), all n";
  const runs = mainRuns(digest).filter((r) => !r.easy);
  const sizes = [...new Set(runs.map((r) => r.n))];
  const colour = (n: number): string =>
    sizePalette[Math.round((sizes.indexOf(n) * (sizePalette.length - 1)) / Math.max(1, sizes.length - 1))];
  const svg = plot(document, title, {
    x: {
      label: "mu(S): least expected count among the sets with the same parity",
      domain: [0, Math.max(1, ...runs.map((r) => r.mu)) * 1.25],
    },
    y: { label: "test accuracy (hard target)", domain: [0.4, 1.02] },
    marks: [
      Plot.ruleY([0.5], { stroke: colours.baseline, strokeDasharray: "2,4" }),
      Plot.ruleX(runs, {
        x: "mu",
        y1: "baseline",
        y2: "accuracy",
        stroke: colours.baseline,
        strokeOpacity: 0.5,
      }),
      Plot.dot(runs, { x: "mu", y: "baseline", symbol: "times", r: 3.5, stroke: colours.baseline }),
      Plot.dot(runs, {
        x: "mu",
        y: "accuracy",
        r: 5,
        fill: (r: Run) => colour(r.n),
        stroke: "currentColor",
        strokeWidth: 0.5,
      }),
      ...legend([
        ...sizes.map((n) => [`n = ${n}`, colour(n)] as const),
        ["majority baseline", colours.baseline, "times"],
      ]),
    ],
  });
  return { name: "accuracy-against-mu", title, svg, rows: runs.map(row) };
}

export function learningCurves(digest: Digest, document: Document): Figure {
  const runs = mainRuns(digest);
  const largest = Math.max(...runs.map((r) => r.n));
  const shown = digest.runs.filter((r) => r.n === largest && (r.role === "main" || r.role === "continued"));
  const title = `Learning curves at n = ${largest}`;
  const points = shown.flatMap((r) =>
    r.curve.map(({ step, loss, accuracy }) => ({
      step,
      loss,
      accuracy,
      series: label(r),
      id: r.id,
      n: r.n,
      seed: r.seed,
      S: r.degrees.join(" "),
    })),
  );
  const svg = plot(document, title, {
    x: { label: "gradient steps" },
    y: {
      label: "accuracy on fresh graphs",
      domain: [Math.min(0.4, ...points.map((c) => c.accuracy ?? 1)), 1.02],
    },
    color: seriesColour,
    marks: [
      Plot.ruleY([0.5], { stroke: colours.baseline, strokeDasharray: "2,4" }),
      Plot.line(points, { x: "step", y: "accuracy", z: "id", stroke: "series", strokeWidth: 1.8 }),
      ...legend([
        ["hard, one line a set S", colours.hard],
        ["easy twin, same S", colours.easy],
      ]),
    ],
  });
  const rows = points.map(({ id, n, seed, S, series, step, loss, accuracy }) => ({
    id,
    n,
    seed,
    S,
    series,
    step,
    loss,
    accuracy,
  }));
  return { name: "learning-curves", title, svg, rows };
}

export function dimensionAgainstSize(digest: Digest, document: Document): Figure {
  const title = "Spectral query dimension and training budget against n";
  const certificates = digest.certificates;
  const budgets = [
    ...new Map(
      mainRuns(digest)
        .filter((r) => !r.easy)
        .map((r) => [r.n, r]),
    ).values(),
  ].map((r) => {
    const longest = Math.max(
      ...mainRuns(digest)
        .filter((x) => x.n === r.n && !x.easy)
        .map((x) => x.steps),
    );
    return { n: r.n, queries: longest * r.weights };
  });
  const svg = plot(document, title, {
    x: { label: "number of nodes n", ticks: certificates.map((c) => c.n), tickFormat: "d" },
    y: { label: "queries (log scale)", type: "log", domain: [1, 1e9], ticks: 5 },
    marks: [
      Plot.line(certificates, { x: "n", y: "dimension", stroke: colours.hard, strokeWidth: 2 }),
      Plot.dot(certificates, { x: "n", y: "dimension", fill: colours.hard, r: 5 }),
      Plot.text(certificates, {
        x: "n",
        y: "dimension",
        text: (c) => c.dimension.toPrecision(3),
        dy: -14,
        fill: "currentColor",
      }),
      Plot.line(budgets, {
        x: "n",
        y: "queries",
        stroke: colours.easy,
        strokeWidth: 2,
        strokeDasharray: "6,4",
      }),
      Plot.dot(budgets, { x: "n", y: "queries", fill: colours.easy, r: 5 }),
      ...legend([
        ["steps x weights", colours.easy],
        ["spectral dimension", colours.hard],
      ]),
    ],
  });
  const rows = certificates.map((c) => ({
    n: c.n,
    dimension: c.dimension,
    trainingQueries: budgets.find((b) => b.n === c.n)?.queries ?? null,
  }));
  return { name: "dimension-against-n", title, svg, rows };
}

const row = (r: Run) => ({
  id: r.id,
  n: r.n,
  seed: r.seed,
  series: label(r),
  S: r.degrees.join(" "),
  mu: r.mu,
  accuracy: r.accuracy,
  standardError: r.standardError,
  majorityBaseline: r.baseline,
  steps: r.steps,
  verdict: r.verdict,
});
