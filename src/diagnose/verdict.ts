/** What the tests come to: seen by correlations, by another statistic, or not at all; in plain words. */

import { detectable, power } from "./detectable.ts";
import type { DegreeTest, DegreeTests } from "./degrees.ts";
import { holm } from "../numeric/multiple-tests.ts";
import { transformAdvice, transformWords, type TransformName } from "./labels.ts";
import type { LearnerResult } from "./learners/compare.ts";

/** Probability of any false finding among all tests, at most. */
export const LEVEL = 0.05;
/** Of the normal law: limits of confidence 0.95. */
const TWO_SIDED = 1.96;

/** A test as the document has it. */
export interface JudgedTest extends Omit<DegreeTest, "energy"> {
  /** Sum of squared correlations over the label's variance, with limits of confidence 0.95. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly adjusted: number;
  readonly seen: boolean;
  /**
   * The least share that would have been seen with probability 0.9; null where even the whole would not have been, as
   * the terms' tails may hide it, or where there are too few examples to know these tails.
   */
  readonly detectable: number | null;
}

export interface JudgedLearner extends LearnerResult {
  readonly adjusted: number;
  readonly learned: boolean;
}

/** `visible`: to correlations with the label; `another-statistic`; `cannot-tell`. */
export interface Verdict {
  readonly kind: "visible" | "another-statistic" | "cannot-tell";
  /** What sees it: the label, a function of it, or the labels of close examples; null where nothing does. */
  readonly statistic: TransformName | "neighbours" | null;
  /** The degree at which it is seen first; null where a learner alone sees it. */
  readonly degree: number | null;
  readonly words: readonly string[];
}

/** First degrees at which something is seen, null where nothing is up to the degree tested. */
export interface Exponents {
  /** By the label itself. */
  readonly information: number | null;
  /** By the label or any function of it that was tried, and which. */
  readonly generative: number | null;
  readonly by: TransformName | null;
}

export interface Judgement {
  readonly tests: readonly JudgedTest[];
  readonly learners: readonly JudgedLearner[];
  readonly exponents: Exponents;
  readonly verdict: Verdict;
}

/** A share is at most the whole; sums of polynomials that overlap may be more. */
const possible = (share: number | null, overlapping: boolean): number | null =>
  share !== null && (overlapping || share < 1) ? share : null;

/** All tests and learners are judged together, by Holm's procedure. */
export function judge(found: DegreeTests, learned: readonly LearnerResult[]): Judgement {
  const hypotheses = [...found.tests.map(({ energy }) => energy.p), ...learned.map(({ p }) => p)];
  const adjusted = holm(hypotheses);
  const tests = found.tests.map(({ energy, ...test }, i) => ({
    ...test,
    share: energy.value,
    low: energy.value - TWO_SIDED * energy.standardError,
    high: energy.value + TWO_SIDED * energy.standardError,
    p: energy.p,
    adjusted: adjusted[i],
    seen: adjusted[i] <= LEVEL,
    detectable: possible(detectable(energy, LEVEL / hypotheses.length, test.examples), test.overlapping),
  }));
  const learners = learned.map((l, i) => {
    const own = adjusted[found.tests.length + i];
    return { ...l, adjusted: own, learned: own <= LEVEL };
  });
  const exponents = exponentsOf(tests);
  return { tests, learners, exponents, verdict: verdictOf(found, tests, learners, exponents) };
}

function exponentsOf(tests: readonly JudgedTest[]): Exponents {
  const seen = tests.filter((t) => t.seen);
  const first = seen.reduce<JudgedTest | null>(
    (least, t) => (least === null || t.degree < least.degree ? t : least),
    null,
  );
  return {
    information: seen.find(({ transform }) => transform === "label")?.degree ?? null,
    generative: first?.degree ?? null,
    by: first?.transform ?? null,
  };
}

const percent = (x: number): string => `${Number((100 * x).toPrecision(2))} %`;

function verdictOf(
  found: DegreeTests,
  tests: readonly JudgedTest[],
  learners: readonly JudgedLearner[],
  { information, generative, by }: Exponents,
): Verdict {
  const learnedBy = (statistic: LearnerResult["statistic"]): JudgedLearner | undefined =>
    best(learners.filter((l) => l.learned && l.statistic === statistic));
  const [correlating, transforming, close] = [
    learnedBy("correlations"),
    learnedBy("transformed labels"),
    learnedBy("neighbours"),
  ];
  const rest = remainder(learners);
  if (information !== null || correlating !== undefined)
    return {
      kind: "visible",
      statistic: "label",
      degree: information,
      words: [...visibleWords(tests, information, correlating, found.degree), ...rest],
    };
  if (by !== null && generative !== null)
    return {
      kind: "another-statistic",
      statistic: by,
      degree: generative,
      words: [
        ...transformWordsOf(tests, by, generative, found.degree),
        ...(transforming ? [learnedWords(transforming)] : []),
      ],
    };
  const escape = transforming ?? close;
  if (escape !== undefined)
    return {
      kind: "another-statistic",
      statistic: escape === close ? "neighbours" : (found.tests.find(isTransformed)?.transform ?? null),
      degree: null,
      words: [
        "Needs another statistic.",
        `Nothing of the label correlates with invariant polynomials up to degree ${found.degree}.`,
        learnedWords(escape),
      ],
    };
  return {
    kind: "cannot-tell",
    statistic: null,
    degree: null,
    words: absentWords(found.degree, tests, learners),
  };
}

/** Learners of transformed labels take the first there is. */
const isTransformed = ({ transform }: DegreeTest): boolean => transform !== "label";

const best = (of: readonly JudgedLearner[]): JudgedLearner | undefined =>
  [...of].sort((a, b) => (b.explained ?? 0) - (a.explained ?? 0))[0];

const learnedWords = ({ id, explained }: JudgedLearner): string =>
  `The learner ${id} explains ${percent(explained ?? 0)} of the variance of held-out labels.`;

function visibleWords(
  tests: readonly JudgedTest[],
  degree: number | null,
  learner: JudgedLearner | undefined,
  tested: number,
): string[] {
  const test = tests.find((t) => t.transform === "label" && t.degree === degree);
  const seen =
    test === undefined
      ? [
          `No invariant polynomial up to degree ${tested} was seen to correlate with the label,`,
          "but a learner that trains on it learned.",
        ].join(" ")
      : [
          `The label correlates with invariant polynomials of degree ${test.degree}, the first at which it does:`,
          `squared correlations ${sizeOf(test)}.`,
        ].join(" ");
  return ["Visible to gradient descent.", seen, ...(learner === undefined ? [] : [learnedWords(learner)])];
}

function transformWordsOf(
  tests: readonly JudgedTest[],
  by: TransformName,
  degree: number,
  tested: number,
): string[] {
  const test = tests.find((t) => t.transform === by && t.degree === degree)!;
  const label = tests.filter((t) => t.transform === "label");
  return [
    `Needs another statistic: ${transformAdvice[by]}.`,
    [
      `The label itself correlates with no invariant polynomial up to degree ${tested} beyond chance`,
      `(${missed(label)}), but ${transformWords[by]} does at degree ${degree}:`,
      `squared correlations ${sizeOf(test)}.`,
    ].join(" "),
    [
      "Gradient descent on the label begins blind here;",
      "the same network trained on that function of the label first need not be.",
    ].join(" "),
  ];
}

/** A share of the variance, or a sum that is none. */
const sizeOf = ({ share, low, high, overlapping }: JudgedTest): string =>
  overlapping
    ? `that add up to ${share.toPrecision(2)} (the polynomials overlap: this is no share)`
    : `of ${percent(share)} of the variance (95 %: ${percent(Math.max(0, low))} to ${percent(high)})`;

/** What would have been seen, degree by degree. */
function missed(tests: readonly JudgedTest[]): string {
  const known = tests.flatMap(({ degree, detectable: share }) => (share === null ? [] : [{ degree, share }]));
  const hidden = tests.filter((t) => t.detectable === null).map((t) => t.degree);
  return [
    ...(known.length === 0
      ? []
      : [
          [
            `with probability ${power} a share of ${known.map((t) => percent(t.share)).join(", ")} at degree`,
            `${known.map((t) => t.degree).join(", ")} would have been seen`,
          ].join(" "),
        ]),
    ...(hidden.length === 0
      ? []
      : [
          `at degree ${hidden.join(", ")} the largest values decide, too few to tell what would have been seen`,
        ]),
  ].join("; ");
}

function absentWords(
  degree: number,
  tests: readonly JudgedTest[],
  learners: readonly JudgedLearner[],
): string[] {
  const label = tests.filter((t) => t.transform === "label");
  const others = [...new Set(tests.map((t) => t.transform).filter((t) => t !== "label"))];
  const errors = learners.flatMap(({ standardError }) => (standardError === null ? [] : [standardError]));
  return [
    "Cannot be told.",
    [
      `Neither correlations of the label with invariant polynomials up to degree ${degree}`,
      others.length === 0
        ? "(it has two values, so no function of it says more)"
        : `nor those of its ${others.join(", ")}`,
      `show anything at this number of examples: ${missed(label)}.`,
    ].join(" "),
    ...(errors.length === 0
      ? []
      : [
          [
            "No learner does better than a constant on held-out labels;",
            `one that explained ${percent(4 * Math.max(...errors))} would have stood out.`,
          ].join(" "),
        ]),
    "This is no proof of noise: a label of higher degree, a parity for one, looks the same.",
  ];
}

/** What no learner explains of a label that is seen. */
function remainder(learners: readonly JudgedLearner[]): string[] {
  const top = best(learners.filter((l) => l.learned));
  if (top === undefined || (top.explained ?? 0) > 0.95) return [];
  return [
    [
      `The best learner, ${top.id}, leaves ${percent(1 - (top.explained ?? 0))} of the variance.`,
      "Whether that is noise, or structure that none of them sees, cannot be told from these examples.",
    ].join(" "),
  ];
}
