/** A diagnosis in sentences and tables, the same on a terminal and on the page. */

import { textTable } from "../base/text-table.ts";
import type { Table } from "../report/page.ts";
import type { Diagnosis } from "./diagnose.ts";

const percent = (x: number): string => `${(100 * x).toFixed(1).replace(/^-0\.0$/, "0.0")} %`;
const small = (p: number): string => (p < 0.001 ? p.toExponential(1) : p.toFixed(3));
const count = (n: number): string => n.toLocaleString("en");
const yesNo = (x: boolean): string => (x ? "yes" : "no");

/** What was read, and what of it was used. */
export function dataWords({ data, group }: Diagnosis): string {
  const { kind, examples, total, shape, padded, label, coordinates } = data;
  const used =
    examples === total
      ? `${count(total)} examples`
      : `${count(examples)} of ${count(total)} examples, drawn from the seed`;
  const what =
    kind === "graphs"
      ? `graphs of ${shape[0]} nodes (${count(coordinates)} pairs)`
      : `${shape.join(" x ")} numbers each`;
  return [
    `${used}; ${what}; label ${label}; group ${group.name} of order ${group.order}.`,
    ...(padded > 0 ? [`${count(padded)} graphs have fewer nodes, and got isolated ones.`] : []),
  ].join(" ");
}

/** A share of the label's variance; of polynomials that overlap a sum of squared correlations. */
const sum = (x: number, overlapping: boolean): string => (overlapping ? x.toPrecision(2) : percent(x));

export function degreeTable({ tests }: Diagnosis): Table {
  return {
    head: [
      "degree",
      "of",
      "polynomials",
      "examples",
      "share",
      "95 %",
      "p (Holm)",
      "seen",
      "would be seen from",
    ],
    rows: tests.map((t) => [
      String(t.degree),
      t.transform,
      count(t.functions),
      count(t.examples),
      sum(t.share, t.overlapping),
      `${sum(t.low, t.overlapping)} to ${sum(t.high, t.overlapping)}`,
      small(t.adjusted),
      yesNo(t.seen),
      t.detectable === null ? "nothing" : sum(t.detectable, t.overlapping),
    ]),
  };
}

export function learnerTable({ learners }: Diagnosis): Table {
  return {
    head: ["learner", "reads", "explained", "standard error", "p (Holm)", "learned", "how"],
    rows: learners.map((l) => [
      l.id,
      l.statistic,
      l.explained === null ? "" : percent(l.explained),
      l.standardError === null ? "" : percent(l.standardError),
      l.explained === null ? "" : small(l.adjusted),
      l.explained === null ? "left out" : yesNo(l.learned),
      l.note,
    ]),
  };
}

export function subgroupTable({ invariance }: Diagnosis): Table {
  return {
    head: ["subgroup", "order", "not invariant, squared correlations", "p (Holm)", "inputs, p", "verdict"],
    rows: invariance.subgroups.map((s) => [
      s.name,
      s.order,
      s.label.toPrecision(2),
      small(s.adjusted),
      small(s.inputs),
      s.verdict,
    ]),
  };
}

/** First degrees, in words. */
export function exponentWords({ exponents, degree, limit }: Diagnosis): string {
  const { information, generative, by } = exponents;
  const none = `none up to ${degree}`;
  const transformed = [generative ?? none, ...(by === null || by === "label" ? [] : [`(${by})`])].join(" ");
  return [
    `First degree with correlation (information exponent): ${information ?? none};`,
    `after a function of the label (generative exponent): ${transformed}.`,
    ...(limit === null ? [] : [`No further degree was looked at: ${limit}.`]),
  ].join(" ");
}

/** What invariance looks like. */
export function invarianceWords({ invariance, group }: Diagnosis): string[] {
  const { subgroups, fits, informative, degree, examples, orbitPairs } = invariance;
  if (subgroups.length === 0) return ["The group is trivial: every label is invariant."];
  const asked = `by polynomials up to degree ${degree} on ${count(examples)} examples`;
  const unclear = subgroups.filter((s) => s.verdict === "unclear").length;
  const untold = [
    "the inputs themselves do not look invariant,",
    "and a label that is may then correlate with what is not.",
  ].join(" ");
  const pairs = orbitPairs === null ? [] : [pairWords(orbitPairs)];
  if (!informative)
    return [
      `Nothing of the label was seen up to degree ${degree}, so no group can be told from ${group.name}.`,
      ...pairs,
    ];
  if (unclear === subgroups.length)
    return [`Whether the label has any symmetry of ${group.name} cannot be told: ${untold}`, ...pairs];
  return [
    `The largest group that fits: ${fits ?? "the trivial one"}, ${asked}.`,
    ...(unclear > 0 ? [`Of ${unclear} of ${subgroups.length} groups nothing can be told: ${untold}`] : []),
    ...pairs,
  ];
}

function pairWords({ pairs, differing, limits }: NonNullable<Diagnosis["invariance"]["orbitPairs"]>): string {
  if (pairs === 0) return "No two examples lie in one orbit.";
  return [
    `${count(pairs)} orbits hold two examples or more; labels differ in ${count(differing)} of them`,
    `(95 %: a share of ${percent(limits[0])} to ${percent(limits[1])}).`,
  ].join(" ");
}

const columns = ({ head, rows }: Table): string => textTable(head, rows).join("\n");

/** All of it, for a terminal. */
export const diagnosisText = (found: Diagnosis): string =>
  [
    found.verdict.words.join("\n"),
    [dataWords(found), exponentWords(found)].join("\n"),
    columns(degreeTable(found)),
    columns(learnerTable(found)),
    [
      ...invarianceWords(found),
      ...(found.invariance.subgroups.length > 0 ? [columns(subgroupTable(found))] : []),
    ].join("\n"),
    [
      "All tests and learners together report anything of a label without signal",
      `with probability at most ${found.level} (Holm).`,
    ].join(" "),
  ].join("\n\n");
