/** Learning curves of the squared and the absolute loss on the same targets, samples and initial weights. */

import * as Plot from "@observablehq/plot";
import type { ComparedLoss, LossCurve } from "../experiment/loss-comparison.ts";
import { colours, figureOf, legend, plot, type Figure } from "./figures.ts";
import { mean } from "./statistics.ts";

const names: Record<ComparedLoss, string> = { squared: "squared loss (CSQ)", l1: "absolute loss (SQ)" };
const colourOf: Record<ComparedLoss, string> = { squared: colours.hard, l1: colours.easy };
/** Where lower values are drawn. */
const FLOOR = -0.5;

export function lossFigure(curves: readonly LossCurve[], document: Document): Figure {
  const title = "Squared against absolute loss, one term of degree 4";
  const points = curves.flatMap((c) =>
    c.points.map((p) => ({ ...p, loss: c.loss, seed: c.seed, shown: Math.max(FLOOR, p.explained) })),
  );
  const svg = plot(document, title, {
    x: { label: "gradient steps" },
    y: { label: `explained variance on fresh samples (below ${FLOOR} drawn there)`, domain: [FLOOR - 0.02, 1.02] }, // prettier-ignore
    marks: [
      Plot.ruleY([0], { stroke: colours.baseline, strokeDasharray: "2,4" }),
      Plot.line(points, { x: "step", y: "shown", z: (p: { loss: string; seed: number }) => `${p.loss} ${p.seed}`, stroke: (p: { loss: ComparedLoss }) => colourOf[p.loss], strokeWidth: 1.8 }), // prettier-ignore
      ...legend([
        [names.squared, colourOf.squared],
        [names.l1, colourOf.l1],
      ]),
    ],
  });
  const rows = points.map(({ loss, seed, step, explained }) => ({ loss, seed, step, explained }));
  return figureOf("loss-comparison", title, svg, rows);
}

export function lossCaption(curves: readonly LossCurve[]): string {
  const said = (loss: ComparedLoss): string => {
    const own = curves.filter((c) => c.loss === loss);
    const halves = own.flatMap((c) => c.halfway ?? []);
    const reached = `${halves.length} of ${own.length} runs pass one half${halves.length === 0 ? "" : `, on average at step ${mean(halves).toFixed(0)}`}`;
    return `${names[loss]}: ${reached}, final explained variance ${mean(own.map((c) => c.final)).toFixed(2)} on average`;
  };
  const losses = [...new Set(curves.map((c) => c.loss))];
  return `A perceptron on the invariants, one line a seed; both losses share targets, samples and initial weights. ${losses.map(said).join("; ")}. The absolute loss is not trained to minimise the squared error that is shown. An association on these draws, not a theorem about this training.`;
}
