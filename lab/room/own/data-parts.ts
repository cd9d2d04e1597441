/** What is shown of labelled data: the first page of a diagnosis. */

import { barChart, type Bar } from "../../chart/bars.ts";
import { colours } from "../../chart/colours.ts";
import { stacked } from "../../chart/svg.ts";
import { alone, chartPlace } from "../../view/chart-place.ts";
import { el } from "../../view/dom.ts";
import { numbersOf } from "../../view/table.ts";
import type { DiagnoseFacts } from "../../work/jobs/diagnose.ts";

type Test = DiagnoseFacts["tests"][number];

/** A function of the label: how it is written, and its colour. */
const transforms: Readonly<Record<Test["transform"], readonly [name: string, colour: string]>> = {
  label: ["y", colours.hard],
  square: ["y²", colours.square],
  abs: ["|y|", colours.easy],
  sign: ["sign of y", colours.other],
  threshold: ["large y", colours.quiet],
};

const share = (x: number): string => `${(100 * x).toFixed(1).replace("-0.0", "0.0")} %`;

const degreeBar = ({ transform, degree, share: value, low, high, seen }: Test): Bar => {
  const [name, colour] = transforms[transform];
  return {
    name: `${name}, degree ${degree}`,
    value,
    text: share(value),
    colour,
    hollow: !seen,
    limits: [low, high],
  };
};

const degreeChart = ({ tests }: DiagnoseFacts, width = alone): string =>
  barChart({
    title: "What polynomials of each degree see of the label, and of functions of it; filled: seen",
    bars: tests.map(degreeBar),
    to: 1,
    axis: "share of the variance, bars end at 100 %",
    width,
  });

const learnerChart = ({ learners }: DiagnoseFacts, width = alone): string =>
  barChart({
    title: "What learners explain of labels that they have not seen; filled: learned",
    bars: learners.flatMap(({ id, explained, standardError, learned }) =>
      explained === null || standardError === null
        ? []
        : [
            {
              name: id.replace("label-squared-", "squared "),
              value: explained,
              text: share(explained),
              colour: colours.hard,
              hollow: !learned,
              limits: [explained - 1.96 * standardError, explained + 1.96 * standardError] as const,
            },
          ],
    ),
    to: 1,
    axis: "share of the variance, bars end at 100 %",
    width,
  });

export const dataFigure = (facts: DiagnoseFacts): string =>
  stacked("Degrees and learners", [degreeChart(facts), learnerChart(facts)]);

export function dataParts(facts: DiagnoseFacts): HTMLElement[] {
  const { verdict, data, exponents, invariance, tables } = facts;
  const [headline, ...rest] = verdict;
  const subgroups = tables.subgroups.rows.length > 0 ? [tableOf("Subgroups", tables.subgroups)] : [];
  return [
    el(
      "div",
      { class: "pair" },
      el(
        "section",
        { class: "panel", "aria-label": "Verdict" },
        el("h2", {}, headline),
        ...[...rest, data, ...invariance].map((text) => el("p", {}, text)),
        ...subgroups,
      ),
      charted(
        "Degree by degree",
        (width) => degreeChart(facts, width),
        exponents,
        tableOf("Degrees", tables.degrees),
      ),
      charted(
        "Quick learners",
        (width) => learnerChart(facts, width),
        "Explained variance of held-out labels; filled: better than the best constant.",
        tableOf("Learners", tables.learners),
      ),
    ),
  ];
}

function charted(
  title: string,
  chart: (width: number) => string,
  text: string,
  table: HTMLElement,
): HTMLElement {
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, title),
    chartPlace(chart).element,
    el("p", { class: "about" }, text),
    table,
  );
}

const tableOf = (caption: string, table: DiagnoseFacts["tables"]["degrees"]): HTMLElement =>
  numbersOf(() => ({ caption, ...table })).element;
