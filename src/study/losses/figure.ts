/** Learning curves of the squared and the absolute loss on the same targets, samples and initial weights. */

import * as Plot from "@observablehq/plot";
import { comparedLosses, type ComparedLoss, type LossCurve } from "./study.ts";
import { colours, figureOf, legend, plot } from "../../report/figure.ts";
import type { Figure } from "../../report/drawing.ts";
import { mean } from "../../base/statistics.ts";
import { sentences } from "../../report/page.ts";

const names: Record<ComparedLoss, string> = { squared: "squared loss (CSQ)", l1: "absolute loss (SQ)" };
const colourOf: Record<ComparedLoss, string> = { squared: colours.hard, l1: colours.easy };
/** Where lower values are drawn. */
const FLOOR = -0.5;

export function lossFigure(curves: readonly LossCurve[], document: Document): Figure {
  const title = "Squared against absolute loss: one product of four variables among more and more";
  const points = curves.flatMap(({ variables, loss, seed, points: of }) =>
    of.map((p) => ({ ...p, variables, loss, seed, shown: Math.max(FLOOR, p.explained) })),
  );
  const svg = plot(document, title, {
    x: { label: "gradient steps", ticks: [1000, 3000], tickFormat: "~s", labelAnchor: "center" },
    y: {
      label: `explained variance (below ${FLOOR} drawn there)`,
      labelAnchor: "center",
      domain: [FLOOR - 0.02, 1.02],
    },
    marginTop: 36,
    marginLeft: 64,
    fx: { label: null, tickFormat: (m: number) => `${m} variables`, padding: 0.08 },
    marks: [
      Plot.frame({ stroke: colours.baseline, strokeOpacity: 0.3 }),
      Plot.ruleY([0], { stroke: colours.baseline, strokeDasharray: "2,4" }),
      Plot.line(points, {
        x: "step",
        y: "shown",
        fx: "variables",
        z: (p: { loss: string; seed: number }) => `${p.loss} ${p.seed}`,
        stroke: (p: { loss: ComparedLoss }) => colourOf[p.loss],
        strokeWidth: 1.5,
      }),
      ...legend(
        comparedLosses.map((loss) => [names[loss], colourOf[loss]] as const),
        Math.max(...curves.map((c) => c.variables)),
      ),
    ],
  });
  const rows = points.map(({ variables, loss, seed, step, explained }) => ({
    variables,
    loss,
    seed,
    step,
    explained,
  }));
  return figureOf("loss-comparison", title, svg, rows);
}

export function lossCaption(curves: readonly LossCurve[]): string {
  const said = (loss: ComparedLoss, variables: number): string => {
    const own = curves.filter((c) => c.loss === loss && c.variables === variables);
    const halves = own.flatMap((c) => c.halfway ?? []);
    const when = halves.length === 0 ? "" : `, on average at step ${mean(halves).toFixed(0)}`;
    const checks = own.flatMap((c) => c.bestCheck ?? []);
    const tuned =
      checks.length === 0
        ? ""
        : `; best of other learning rates and twice the width ${Math.max(...checks).toFixed(2)}`;
    return `${variables} variables ${halves.length} of ${own.length} runs${when}${tuned}`;
  };
  const parts = [...new Set(curves.map((c) => c.loss))].map((loss) => {
    const sizes = [...new Set(curves.filter((c) => c.loss === loss).map((c) => c.variables))];
    return `${names[loss]}: ${sizes.map((m) => said(loss, m)).join(", ")}.`;
  });
  return sentences(
    "A perceptron on Gaussian invariants, one line a seed; both losses share targets, samples and initial weights.",
    `Runs that pass one half: ${parts.join(" ")}`,
    "The absolute loss is not trained to minimise the squared error that is shown.",
    "A measurement on these draws in line with the theory of statistical queries, not a theorem about this training.",
  );
}
