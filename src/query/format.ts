/** Certificates as text for people: what is claimed, how surely, and what is not. */

import type { Checked } from "../base/checked.ts";
import { askedOf, knownOf, type Certificate } from "./certificate.ts";
import type { Certifiable } from "./certifier.ts";
import { notionsOf, notionTable, type Known, type Notion } from "./notions.ts";
import type { Verification } from "./verify.ts";
import { briefInteger } from "../numeric/integers.ts";
import { compare, floor, rational } from "../numeric/rational.ts";
import { shownBelow } from "../numeric/rounding.ts";

/** One screen; a bound that says nothing contains the word "vacuous". */
export function formatClass(family: Certifiable, params: Checked, c: Certificate): string {
  const { method, remarks } = family.certifier.describe(params, c.evidence);
  const { rho, vacuous } = c.statement;
  const spectral = Number(c.dimension.spectral);
  const dimension = Number.isInteger(spectral) ? c.dimension.spectral : shownBelow(spectral, 6);
  const known = knownOf(family, params, c.evidence, askedOf(c));
  const sure = c.confidence === 1 ? proved(known) : `with confidence ${c.confidence}`;
  const silence = `at rho = ${rho} the bound says nothing, as rho^2 is below 1 / dimension; ${elsewhere(spectral)}.`;
  return [
    `${c.family.id}: ${c.statement.class}`,
    `  ${sizeOf(c)}; spectral query dimension at least ${dimension} (${sure})`,
    `  by ${method}`,
    ...remarks.map((r) => `  ${r}`),
    "",
    vacuous ? `vacuous: ${silence}` : sentence(c),
    ...c.statement.randomised
      .filter((r) => !r.vacuous)
      .map((r) => surely(c.confidence, success(r.success, r.queries, memberWords[c.statement.members]))),
    trainingWords[c.statement.training],
    "",
    c.model === "SQ"
      ? "It covers every statistical query: labels are +-1 and all members share one input law."
      : [
          "It covers correlational queries only: learners that use the labels otherwise, such as by",
          "their squares, may need fewer.",
        ].join(" "),
    "It does not say that gradient descent fails: the theorem is about learners that must survive every answer within",
    [
      "the tolerance, and sampling noise is not such an adversary. It is a worst case over the",
      "family, not over one target.",
    ].join(" "),
    "",
    ...notionLines(c.confidence, c.notions ?? notionsOf(known, notionTable(c.statement.tau))),
  ].join("\n");
}

/** A bound may be a whole number too, and the digits of a large one are cut off. */
function proved({ claims: { dimension, exact = false } }: Known): string {
  if (compare(dimension, rational(floor(dimension))) > 0) return "proved, rounded down";
  return exact ? "exact" : "proved";
}

function sizeOf({ functions: { count, log2 } }: Certificate): string {
  if (count === null) return "a continuum of functions";
  const long = Number.isInteger(log2) ? `2^${log2}` : `about 2^${log2}`;
  return `${count.length > 20 ? long : count} ${count === "1" ? "function" : "functions"}`;
}

/** What holds with a confidence says so in the same sentence. */
export const surely = (confidence: number, sentence: string): string =>
  confidence === 1 ? sentence : `With confidence ${confidence}: ${sentence}`;

/** What the deterministic statement claims. */
export function claimOf({ model, confidence, statement }: Certificate): string {
  const { tau, rho, queries, class: members } = statement;
  const kind = model === "SQ" ? "statistical-query" : "correlational-query";
  const needed = `${queries} ${noun(queries)} of tolerance ${tau}`;
  const least = `Any deterministic ${kind} learner needs at least ${needed} to reach`;
  return `${surely(confidence, least)}\na correlation above ${rho} with every one of ${members}`;
}

/** The deterministic statement, with all that it depends on. */
function sentence(c: Certificate): string {
  const { tau, normalisation } = c.statement;
  const within = normalisation === "relative" ? `${tau} ||f||` : `${tau} (absolute)`;
  return [
    `${claimOf(c)}:`,
    `queries are functions h with ||h|| <= 1 in L2, answered by any value within ${within} of <h, f>;`,
    `its hypothesis is any g in L2, and the correlation is <g, f> / (||g|| ||f||).`,
  ].join("\n");
}

/** A line a notion; those that do not apply say why. */
function notionLines(confidence: number, notions: readonly Notion[]): string[] {
  const rows = notions.filter(({ notion }) => notion !== "spectral");
  const width = Math.max(...rows.map(({ quantity }) => quantity.length));
  const sure = confidence === 1 ? "" : `, with confidence ${confidence}`;
  return [
    `The same class by other notions of size (docs/theory.md)${sure}:`,
    ...rows.map(({ notion, quantity, value, bound, reason }) => {
      const name = `  ${quantity.padEnd(width)}  `;
      if (value === null) return `${name}does not apply because ${reason}`;
      return `${name}${shownSize(value)}, ${boundOf(notion, value, bound === "exact")}: ${reason}`;
    }),
  ];
}

/** Whether what is shown is the quantity, its first digits, at most it, or at most that of any class. */
function boundOf(notion: string, value: number | string, exact: boolean): string {
  if (exact) return /^\d+$/.test(shownSize(value)) ? "exact" : "exact, rounded down";
  const leastOfAll = notion.startsWith("sda:") ? 0 : 1;
  return Number(value) <= leastOfAll ? "vacuous lower bound" : "lower bound";
}

/** Rounded down. */
function shownSize(value: number | string): string {
  if (typeof value === "string") return briefInteger(BigInt(value));
  return Number.isInteger(value) ? `${value}` : shownBelow(value, 6);
}

const memberWords: Readonly<Record<Certificate["statement"]["members"], string>> = {
  uniform: "a uniformly drawn member",
  "uniform-planes": "the function of a uniformly drawn plane",
  "uniform-directions": "the function of a uniformly drawn direction",
  "uniform-rotations": "a uniformly drawn rotation of it",
  "uniform-orbits": "a uniformly drawn member (every orbit alike, however many sets it has)",
  "norm-weighted": "a member drawn with probability proportional to its squared norm",
};

const trainingWords: Readonly<Record<Certificate["statement"]["training"], string>> = {
  same: "`train` draws its targets from these functions, by this law.",
  "same-with-a-mean": [
    "`train` draws its targets by this law and leaves them the mean that all have in common: it is known",
    "beforehand, and what correlates with a target by it alone has learned nothing here.",
  ].join(" "),
  "same-functions-another-law":
    "`train` draws its targets from these functions by another law: of its average the statement says nothing.",
  "other-functions": [
    "`train` draws its targets from other functions: the worst case over a class that holds these",
    "is at least as hard, of an average nothing is said.",
  ].join(" "),
  none: "`train` draws no targets from these functions.",
};

const noun = (queries: number | string): string => (queries === 1 ? "query" : "queries");

const success = (probability: number, queries: number | string, drawn: string): string =>
  `One that succeeds with probability ${probability} on ${drawn} needs at least ${queries} ${noun(queries)}.`;

/** At which other rho the bound speaks: the least one is rounded up to three digits. */
function elsewhere(dimension: number): string {
  const thousandths = Math.ceil(1000 / Math.sqrt(dimension));
  return thousandths < 1000
    ? `it speaks for rho above ${(thousandths / 1000).toFixed(3)}`
    : "nor does it at any other up to 0.999";
}

/** What was checked, a line a check. */
export const formatVerification = ({ valid, level, route, checks }: Verification): string =>
  [
    `${valid ? `valid (${level})` : "NOT VALID"}: ${route}`,
    ...checks.map((c) => `  ${c.ok ? "ok  " : "FAIL"} ${c.name}: ${c.detail}`),
  ].join("\n");
