/** Grades as lines for people, and as a page in Markdown. */

import type { Scored, Standing } from "../suite/score.ts";

const digits = (x: number): string => x.toFixed(4);

function said({ grade, verdict, certificate, easy }: Scored): string {
  const { explainedVariance, low, high, accuracy, control } = grade;
  const right = accuracy === null ? "" : `, accuracy ${digits(accuracy)}`;
  const needed = certificate === null || easy ? "" : ` (${needs(certificate)})`;
  return [
    `explained variance ${digits(explainedVariance)} (95 %: ${digits(low)} to ${digits(high)})${right}`,
    `correlation ${digits(control.correlation)}, with shuffled labels at most ${digits(control.shuffled)}` +
      ` (p ${control.p.toPrecision(2)})`,
    `${verdict}${needed}`,
  ].join("; ");
}

const needs = ({ queries, vacuous, model }: NonNullable<Scored["certificate"]>): string =>
  vacuous
    ? "its certificate is vacuous at this size"
    : `queries of tolerance 1/16 needed for correlation 1/2: ${queries}, ${model}`;

function stands({ axis, status, estimate, interval, sizes }: Standing): string {
  if (estimate === null) return `${status} (${axis} = ${sizes.join(", ")})`;
  const [low, high] = interval.map((end) => (end === null ? "beyond" : end.toPrecision(3)));
  return `transition at ${axis} = ${estimate.toPrecision(3)} (${low} to ${high})`;
}

const kind = (easy: boolean): string => (easy ? "easy twin" : "hard");

export function scoreText(scored: readonly Scored[], transitions: readonly Standing[]): string {
  return [
    ...scored.map((one) => `${one.name}: ${said(one)}`),
    ...transitions.map((one) => `${one.family}, ${kind(one.easy)}: ${stands(one)}`),
    "Self-graded: whoever has the seed has the labels.",
  ].join("\n");
}

export function scoreMarkdown(scored: readonly Scored[], transitions: readonly Standing[]): string {
  const rows = scored.map(({ name, grade: g, verdict, certificate }) => {
    const needed = certificate === null ? "" : needs(certificate);
    const limits = `${digits(g.low)} to ${digits(g.high)}`;
    const cells = [name, digits(g.explainedVariance), limits, g.control.p.toPrecision(2), verdict, needed];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "# Score",
    "Self-graded: whoever has the seed has the labels.",
    [
      "| entry | explained variance | 95 % | shuffled labels, p | verdict | certificate |",
      "| --- | --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
    transitions.map((one) => `- ${one.family}, ${kind(one.easy)}: ${stands(one)}`).join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}
