/** The figures of degree parities: pure functions of the digest and a document. */

import { shownBelow } from "../../numeric/rounding.ts";
import * as Plot from "@observablehq/plot";
import { chartFigure } from "../../report/chart.ts";
import { colours, inColour, legend, plot } from "../../report/figure.ts";
import type { Chart, Figure } from "../../report/drawing.ts";
import { grouped } from "../../base/group.ts";
import { telling } from "../../report/tell.ts";
import type { Digest, Run } from "./digest.ts";
import { concordant } from "./concordance.ts";
import { outcomes, tally } from "./sentences.ts";
import { shortly } from "../verdict.ts";

const label = (run: { easy: boolean }): string => (run.easy ? "easy twin" : "hard target");
const mainRuns = (digest: Digest): Run[] => digest.runs.filter((r) => r.role === "main");

const bySeries: Chart["series"] = {
  column: "series",
  of: [
    { name: "hard target", colour: colours.hard, form: "circle" },
    { name: "easy twin", colour: colours.easy, form: "triangle" },
    { name: "majority baseline", colour: colours.baseline, form: "times" },
  ],
};

/** Hard and easy stand a little apart at each size. */
const besideSize = ({ n, easy }: Pick<Run, "n" | "easy">): number => n + (easy ? 0.12 : -0.12);

const ACCURACY = { column: "accuracy", label: "test accuracy", ticks: [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] };

/** What always answering the majority label is worth, beside each run. */
const baselineRow = (r: Run) => ({ ...row(r), series: "majority baseline", accuracy: r.baseline });

export function accuracyAgainstSize(digest: Digest, document: Document): Figure {
  const runs = mainRuns(digest);
  const sizes = [...new Set(runs.map((r) => r.n))];
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const at = (n: number): string => `n = ${n}: ${tally(runs.filter((r) => r.n === n && !r.easy))}`;
  const title = `Hard targets by size: ${[...new Set([least, most])].map(at).join("; ")}`;
  const rows = runs.flatMap((r) => [
    { ...row(r), place: besideSize(r) },
    { ...baselineRow(r), place: besideSize(r) },
  ]);
  const chart: Chart = {
    x: { column: "place", label: "number of nodes n", domain: [least - 0.6, most + 0.6], ticks: sizes },
    y: { ...ACCURACY, domain: [0.4, 1.03] },
    series: bySeries,
    levels: [0.5],
    record: "id",
    filters: ["n", "series", "seed"],
  };
  return chartFigure({ name: "accuracy-against-n", title, rows, chart }, document);
}

export function accuracyAgainstMu(digest: Digest, document: Document): Figure {
  const runs = mainRuns(digest).filter((r) => !r.easy);
  const { right, pairs } = concordant(outcomes(runs), "mu");
  const title =
    pairs === 0
      ? "Hard targets by mu(S), all sizes"
      : `The set of smaller mu(S) is learned better in ${right} of ${pairs} pairs of hard targets`;
  const chart: Chart = {
    x: {
      column: "mu",
      label: "mu(S), least expected count",
      domain: [0, Math.max(1, ...runs.map((r) => r.mu)) * 1.1],
    },
    y: { ...ACCURACY, domain: [0.4, 1.03] },
    series: { column: "series", of: bySeries.of.slice(0, 1) },
    text: "n",
    levels: [0.5],
    record: "id",
    filters: ["n", "seed"],
  };
  return chartFigure({ name: "accuracy-against-mu", title, rows: runs.map(row), chart }, document);
}

export function learningCurves(digest: Digest, document: Document): Figure {
  const runs = mainRuns(digest);
  const largest = Math.max(...runs.map((r) => r.n));
  const shown = digest.runs.filter((r) => r.n === largest && (r.role === "main" || r.role === "continued"));
  const title = `Training at n = ${largest}: hard targets, ${tally(shown.filter((r) => !r.easy))}`;
  const rows = shown.flatMap((r) =>
    r.curve.map(({ step, loss, accuracy }) => ({
      id: r.id,
      n: r.n,
      seed: r.seed,
      S: r.degrees.join(" "),
      series: label(r),
      step,
      loss,
      accuracy,
    })),
  );
  const chart: Chart = {
    x: { column: "step", label: "gradient steps", domain: [0, Math.max(1, ...rows.map((r) => r.step))] },
    y: {
      ...ACCURACY,
      label: "accuracy on fresh graphs",
      domain: [Math.min(0.4, ...rows.map((r) => r.accuracy ?? 1)), 1.02],
    },
    series: { column: "series", of: bySeries.of.slice(0, 2) },
    joined: "id",
    levels: [0.5],
    record: "id",
    filters: ["series", "seed"],
  };
  return chartFigure({ name: "learning-curves", title, rows, chart }, document);
}

/** The largest size that has both, in words. */
function dimensionTitle(
  certificates: Digest["certificates"],
  budgets: readonly { readonly n: number; readonly queries: number }[],
): string {
  const last = certificates.findLast(({ n }) => budgets.some((b) => b.n === n)) ?? certificates.at(-1);
  if (last === undefined) return "Spectral query dimension against n: not computed";
  const asked = budgets.find((b) => b.n === last.n);
  const own = `At n = ${last.n} the spectral dimension is ${shownBelow(last.dimension, 3)}`;
  return asked === undefined ? own : `${own}, and training asks ${shortly(asked.queries)} queries`;
}

/** Entries of gradients that the longest training of each size asks for. */
const budgetsOf = (runs: readonly Run[]) =>
  [...grouped(runs, (r) => r.n)].map(([n, of]) => ({
    n,
    queries: Math.max(...of.map((r) => r.steps * r.weights)),
  }));

export function dimensionAgainstSize(digest: Digest, document: Document): Figure {
  const certificates = digest.certificates;
  const budgets = budgetsOf(mainRuns(digest).filter((r) => !r.easy));
  const title = dimensionTitle(certificates, budgets);
  const sizes = [...new Set([...certificates, ...budgets].map(({ n }) => n))].sort((a, b) => a - b);
  const tellingSizes = (of: readonly { readonly n: number }[]) =>
    telling(of.map(({ n }) => sizes.indexOf(n)));
  const svg = plot(document, title, {
    x: { label: "number of nodes n", ticks: certificates.map((c) => c.n), tickFormat: "d" },
    y: { label: "queries (log scale)", type: "log", domain: [1, 1e9], ticks: 5 },
    marks: [
      Plot.line(certificates, { x: "n", y: "dimension", stroke: colours.hard, strokeWidth: 2 }),
      Plot.dot(certificates, {
        ...tellingSizes(certificates),
        x: "n",
        y: "dimension",
        ...inColour(() => colours.hard),
        r: 5,
      }),
      Plot.text(certificates, {
        x: "n",
        y: "dimension",
        text: (c) => shownBelow(c.dimension, 3),
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
      Plot.dot(budgets, {
        ...tellingSizes(budgets),
        x: "n",
        y: "queries",
        ...inColour(() => colours.easy),
        r: 5,
      }),
      ...legend([
        ["steps x weights", colours.easy],
        ["spectral dimension", colours.hard],
      ]),
    ],
  });
  const rows = sizes.map((n) => ({
    n,
    dimension: certificates.find((c) => c.n === n)?.dimension ?? null,
    trainingQueries: budgets.find((b) => b.n === n)?.queries ?? null,
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
  nearlyConstant: String(r.nearlyConstant),
  steps: r.steps,
  verdict: r.verdict,
});
