/** Learning curves of the squared and the absolute loss on the same targets, samples and initial weights. */

import { hundredths } from "../../base/hundredths.ts";
import { comparedLosses, type ComparedLoss, type LossCurve } from "./study.ts";
import { chartFigure } from "../../report/chart.ts";
import { colours } from "../../report/figure.ts";
import type { Chart, Figure } from "../../report/drawing.ts";
import { mean } from "../../base/statistics.ts";
import { sentences } from "../../report/page.ts";

const names: Record<ComparedLoss, string> = { squared: "squared loss (CSQ)", l1: "absolute loss (SQ)" };
const looks = {
  squared: { colour: colours.hard, form: "circle" },
  l1: { colour: colours.easy, form: "triangle" },
} as const;
/** Where lower values are drawn. */
const FLOOR = -0.5;

export function lossFigure(curves: readonly LossCurve[], document: Document): Figure {
  const rows = curves.flatMap(({ variables, loss, seed, points: of }) =>
    of.map(({ step, explained }) => ({
      variables: `${variables} variables`,
      loss: names[loss],
      seed,
      step,
      explained,
    })),
  );
  const passed = (loss: ComparedLoss): string => {
    const own = curves.filter((c) => c.loss === loss);
    return `${own.filter((c) => c.halfway !== null).length} of ${own.length} with the ${names[loss]}`;
  };
  const chart: Chart = {
    x: { column: "step", label: "gradient steps", domain: [0, Math.max(1, ...rows.map((r) => r.step))] },
    y: { column: "explained", label: "explained variance", domain: [FLOOR, 1.02], ticks: [-0.5, 0, 0.5, 1] },
    series: { column: "loss", of: comparedLosses.map((loss) => ({ name: names[loss], ...looks[loss] })) },
    panel: "variables",
    joined: "seed",
    levels: [0],
    filters: ["variables", "loss", "seed"],
    height: 130,
  };
  const title = `Runs that pass one half: ${comparedLosses.map(passed).join(", ")}`;
  return chartFigure({ name: "loss-comparison", title, rows, chart }, document);
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
        : `; best of other learning rates and twice the width ${hundredths(Math.max(...checks))}`;
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
