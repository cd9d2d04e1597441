/** What is shown of a class of functions: how alike they are, and what is certified of it. */

import { heatSvg, paint } from "../../chart/heat.ts";
import { el, shown } from "../../view/dom.ts";
import { heatKey } from "../../view/heat-key.ts";
import { numbersOf, roomBeside } from "../../view/table.ts";
import type { OwnFacts } from "../../work/jobs/own.ts";

const heatOf = ({ gram }: OwnFacts) => ({
  title: "Correlations of the functions on the samples",
  axes: "rows and columns: the functions, in the file's order",
  values: gram,
  columns: Math.sqrt(gram.length),
  limit: 1,
});

export const classFigure = (facts: OwnFacts): string => heatSvg(heatOf(facts));

export function classParts(facts: OwnFacts): HTMLElement[] {
  const canvas = el("canvas", { role: "img", class: "grid" });
  const heat = heatOf(facts);
  paint(canvas, heat);
  const axes = el("p", { class: "about" }, `${heat.axes}.`);
  const size = Math.sqrt(facts.gram.length);
  const { element } = numbersOf(() => ({
    caption: "Correlations",
    head: ["function", ...Array.from({ length: size }, (_, j) => String(j + 1))],
    rows: Array.from({ length: size }, (_, i) => [
      String(i + 1),
      ...facts.gram.slice(i * size, (i + 1) * size).map((x) => x.toFixed(2)),
    ]),
  }));
  return [
    el(
      "div",
      { class: "pair" },
      el("section", { class: "panel" }, el("h2", {}, "Gram matrix"), canvas, axes, heatKey(1), element),
      el(
        "section",
        { class: "panel" },
        el("h2", {}, "Certificate"),
        ...sentences(facts).map((text) => el("p", {}, text)),
      ),
    ),
    el(
      "details",
      { class: "panel whole", open: roomBeside() },
      el("summary", {}, "The certificate in full"),
      el("pre", { class: "wrapped" }, facts.certificate),
    ),
  ];
}

const sentences = ({ dimension, queries, tau, vacuous, bound }: OwnFacts): string[] => [
  `Spectral query dimension at least ${shown(dimension, 4)}, with confidence 0.99.`,
  vacuous || Number(queries) <= 1
    ? `At tolerance ${tau} that is vacuous: one query may do.`
    : `At tolerance ${tau} every learner that only asks correlations needs ${shown(queries)} queries or more.`,
  ...(bound === null
    ? []
    : [`Taken as given: no function ever exceeds ${shown(bound, 4)}, the largest value here.`]),
];
