/** The report's part on averaging against canonicalisation. */

import * as Plot from "@observablehq/plot";
import type { Figure } from "../../report/drawing.ts";
import { colours, figureOf, inColour, legend, plot } from "../../report/figure.ts";
import { capital, figure, sentences, type Block } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import type { Canonicalisation, Contrast, Exponent } from "./study.ts";

/** Nearer to 1, that of jumps, than to 2, that of continuous functions. */
const jumps = ({ pooled }: Exponent): boolean => pooled < 1.5;

export function regularityFigure(found: readonly Exponent[], document: Document): Figure {
  const kept = found.filter((e) => !jumps(e)).length;
  const title = `${kept} of ${found.length} ways of imposing a symmetry leave a smooth network continuous`;
  const points = found.flatMap((e) =>
    e.exponents.map((exponent, seed) => ({ map: e.map, exponent, seed, jumps: jumps(e) })),
  );
  const svg = plot(document, title, {
    marginLeft: 290,
    marginRight: 150,
    height: 60 + 30 * found.length,
    x: {
      label: "exponent s of E|F(x) - F(x + eps z)|^2 ~ eps^s",
      domain: [Math.min(0.8, ...points.map((p) => p.exponent)) - 0.05, 2.2],
    },
    y: { label: null, type: "point", domain: found.map((e) => e.map) },
    marks: [
      Plot.ruleX([1, 2], { stroke: colours.baseline, strokeDasharray: "3,4" }),
      Plot.dot(points, {
        ...telling(),
        x: "exponent",
        y: "map",
        r: 4,
        fillOpacity: 0.6,
        ...inColour((p: { jumps: boolean }) => (p.jumps ? colours.hard : colours.easy)),
      }),
      ...legend([
        ["continuous: 2", colours.easy],
        ["jumps: 1", colours.hard],
      ]),
    ],
  });
  const rows = points.map(({ map, seed, exponent }) => ({ map, seed, exponent }));
  return figureOf("regularity-exponent", title, svg, rows);
}

export function regularityCaption(found: readonly Exponent[]): string {
  const named = (which: boolean): string =>
    found
      .filter((e) => jumps(e) === which)
      .map((e) => `${e.map} (${e.pooled.toFixed(2)})`)
      .join("; ");
  return sentences(
    `Jumps: ${named(true)}.`,
    `Continuous: ${named(false)}.`,
    "A random sum of tanh units, one dot a seed; in brackets the exponent of all together.",
    "A frame by |x| must choose between x_i and -x_i where they are equally large, and jumps there;",
    "sorting one column does not. For many groups no frame without weights preserves continuity (Dym et al. 2024);",
    "the exponent is measured here, not proved.",
  );
}

const models = { none: "no symmetry", averaged: "averaged", canonicalised: "canonicalised" };
const colourOf = {
  none: colours.baseline,
  averaged: colours.easy,
  canonicalised: colours.hard,
};
type Model = keyof typeof models;

export function contrastFigure(contrasts: readonly Contrast[], document: Document): Figure {
  const title =
    "Least squares with a symmetry imposed: error against examples, and where the curves should cross";
  const points = contrasts.flatMap(({ target, curves }) =>
    curves.flatMap(({ model, parameters, biasSquared, points: of }) =>
      of.map((p) => ({ target, model, parameters, biasSquared, ...p })),
    ),
  );
  const crossings = contrasts.flatMap(({ target, crossover: { predicted } }) =>
    predicted === null ? [] : [{ target, predicted }],
  );
  const stroke = (p: { model: Model }): string => colourOf[p.model];
  const svg = plot(document, title, {
    marginTop: 44,
    fx: { label: null, domain: contrasts.map((c) => c.target) },
    x: { type: "log", label: "examples (log scale)", tickFormat: "d", ticks: 4 },
    y: { type: "log", label: "squared error beyond the noise (log scale)", tickFormat: "~g", ticks: 5 },
    marks: [
      Plot.frame({ stroke: colours.baseline, strokeOpacity: 0.4 }),
      Plot.ruleX(crossings, { fx: "target", x: "predicted", stroke: colours.other, strokeWidth: 1.5 }),
      Plot.line(points, {
        fx: "target",
        x: "samples",
        y: "predicted",
        z: "model",
        stroke,
        strokeDasharray: "4,4",
        sort: "samples",
      }),
      Plot.dot(points, {
        ...telling(),
        fx: "target",
        x: "samples",
        y: "risk",
        r: 3.5,
        ...inColour(stroke),
      }),
      ...legend(
        [
          ...(Object.keys(models) as Model[]).map((m) => [models[m], colourOf[m]] as const),
          ["predicted crossing", colours.other, "line"] as const,
        ],
        { fx: contrasts[contrasts.length - 1].target },
      ),
    ],
  });
  return figureOf("canonicalisation", title, svg, points);
}

const examples = (value: number | null): string => (value === null ? "never" : `near ${value.toFixed(0)}`);

export function contrastCaption(contrasts: readonly Contrast[]): string {
  const told = contrasts.map(({ target, curves, crossover: { predicted, measured } }) => {
    const at = (model: Model): number => curves.find((c) => c.model === model)!.points.at(-1)!.risk;
    const ratio = at("canonicalised") / at("averaged");
    const crossing =
      predicted === null && measured === null
        ? "averaging ahead throughout"
        : `crossing predicted ${examples(predicted)} examples, seen ${examples(measured)}`;
    return `${target}: ${crossing}, error canonicalised over averaged ${ratio.toPrecision(2)} at the most examples`;
  });
  const [{ curves }] = contrasts;
  const parameters = (model: Model): number => curves.find((c) => c.model === model)!.parameters;
  return sentences(
    `${capital(told.join("; "))}.`,
    "Dots: measured; dashed: bias^2 + (noise^2 + bias^2) p / (N - p - 1), with p",
    `${parameters("averaged")} averaged, ${parameters("canonicalised")} canonicalised, ${parameters("none")} without`,
    "symmetry: sorting four variables leaves every polynomial.",
    "Canonicalisation gains nothing over no symmetry where the target is in the averages' span, and wins where",
    "only the sorted variables make it simple. Tahmasebi and Jegelka 2025 find two such regimes;",
    "this linear instance of them is our own.",
  );
}

export const canonicalisationBlocks = (
  { exponents, contrasts }: Canonicalisation,
  document: Document,
): Block[] => [
  figure(regularityFigure(exponents, document), regularityCaption(exponents)),
  figure(contrastFigure(contrasts, document), contrastCaption(contrasts)),
];
