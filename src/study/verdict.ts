/**
 * What is concluded of a trained student at one setting: a pure function of its runs, of the certificate that their
 * query count is held against, and of what chance gives.
 */

import * as z from "zod/mini";
import { parseWith } from "../base/schema.ts";
import { deviation, mean } from "../base/statistics.ts";
import { CHANCE } from "../family/progress.ts";
import { quantileOfT } from "../numeric/confidence.ts";
import { asWritten } from "../numeric/rational.ts";
import { shownAbove } from "../numeric/rounding.ts";
import { batchOf } from "../learner/training-options.ts";
import { heldAgainst, type Budget } from "../query/budget.ts";
import { statedStrength, type Certificate } from "../query/certificate.ts";
import { sentences } from "../report/page.ts";
import { noisyBound } from "../query/noisy-gradient.ts";
import type { Finished } from "../run/record.ts";
import { achieved, isLearned, type Judged } from "./learned.ts";
import { movementOf } from "./movement.ts";

export type Training = Finished<"train">;

/** What became of one training. */
export type Outcome = "learned" | "partly" | "at chance" | "diverged";

/** The most that chance achieves on fresh labels, and from how many runs that is known. */
export interface ChanceLevel {
  readonly explained: number;
  /** In the terms of `achieved`. */
  readonly achieved: number;
  readonly runs: number;
}

/** Fewest runs on shuffled labels that say how much chance varies. */
const FEWEST = 3;

/**
 * Students of shuffled labels achieve what chance achieves: a further such student stays below both levels with
 * probability 0.99, each with 0.995, as far as they vary like a normal law. The binomial interval about the majority's
 * accuracy is not that law: a student at chance is no majority vote, and on few nodes its accuracy depends on what it
 * happens to be.
 * @param shuffled evaluations of trainings on labels of other examples, of one family at one size
 * @returns null for fewer than three
 */
export function chanceLevel(shuffled: readonly Judged[]): ChanceLevel | null {
  const [explained, shares] = [shuffled.map((f) => f.explainedVariance), shuffled.map(achieved)].map((of) =>
    of.flatMap((x) => x ?? []),
  );
  if (explained.length < FEWEST) return null;
  return { explained: upperPrediction(explained), achieved: upperPrediction(shares), runs: explained.length };
}

/** What a further value of the normal law that these are from stays below with probability 0.995; at least 0. */
function upperPrediction(values: readonly number[]): number {
  const middle = mean(values);
  const spread = deviation(values) * Math.sqrt(1 + 1 / values.length);
  return Math.max(0, middle + quantileOfT(0.995, values.length - 1) * spread);
}

/**
 * Learned: more than nine tenths of what the best constant leaves. At chance: neither explains nor achieves more than
 * students of shuffled labels do, or where there are none, than a twentieth.
 */
export function outcomeOf(final: Judged, chance: ChanceLevel | null): Outcome {
  const [share, explained] = [achieved(final), final.explainedVariance];
  if (share === null || explained === null) return "diverged";
  if (isLearned(final)) return "learned";
  const [most, mostShare] = [chance?.explained ?? CHANCE, chance?.achieved ?? CHANCE];
  return explained <= most && share <= mostShare ? "at chance" : "partly";
}

/** The verdicts, the strongest evidence of hardness first. */
export const verdicts = {
  covered: "fails; covered by the theorem",
  below: "fails below the certified number",
  unexplained: "fails, not explained",
  holds: "holds on every instance run",
  open: "open",
  tuned: "learned after tuning",
  learned: "learned",
  absent: "not at this scale",
} as const;

/** The kinds of verdicts. */
export type VerdictKind = keyof typeof verdicts;

/** What the records say of a case: its kind, and the words that a report prints. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** What it rests on, one clause. */
  readonly because: string;
}

/** All that a verdict is drawn from. */
export interface Case {
  /** On the hard target with one setting of the options, over hidden parameters and seeds. */
  readonly hard: readonly Training[];
  /** On the same targets with other options. */
  readonly tuned: readonly Training[];
  /** On the easy twin, with the options of `hard`. */
  readonly twin: readonly Training[];
  readonly certificate: Certificate | null;
  readonly chance: ChanceLevel | null;
}

const noise = z.looseObject({
  covered: z.boolean(),
  sigma: z.number(),
  variation: z.nullable(z.number()),
});

/**
 * The theorem's bound on the probability of a correlation above rho, where the algorithm that was trained is the one
 * that it is about: noise on exact gradients and a bound on what they can tell. Null for any other training.
 */
export function theoremOf({ id, task, result }: Training, certificate: Certificate): number | null {
  const given = result["gradientNoise"];
  if (given === undefined) return null;
  const { covered, sigma, variation } = parseWith(noise, given, `record ${id}: gradientNoise`);
  const loss = task.options.loss ?? "squared";
  if (!covered || variation === null || loss === "l1") return null;
  const { dimension } = statedStrength(certificate);
  const rho = asWritten(certificate.statement.rho);
  const terms = { dimension, rho, sigma: asWritten(sigma), variation: asWritten(variation) };
  const { success, vacuous } = noisyBound(loss, terms);
  return vacuous ? null : success;
}

/** A training's queries held against a certificate, at the tolerance of its batches. */
export const budgetOf = ({ task, result }: Training, certificate: Certificate): Budget =>
  heldAgainst(certificate, {
    steps: Math.max(1, result.steps),
    parameters: result.weights,
    batch: batchOf(task.options),
  });

const count = (of: readonly Outcome[], outcome: Outcome): number => of.filter((o) => o === outcome).length;
const failed = (o: Outcome): boolean => o === "at chance" || o === "diverged";

/** What follows from a case. A failure that the twin shares is open: nothing says that the training works at all. */
export function verdictOf({ hard, tuned, twin, certificate, chance }: Case): Verdict {
  const outcome = (r: Training): Outcome => outcomeOf(r.result.final, chance);
  const [own, others, easy] = [hard, tuned, twin].map((runs) => runs.map(outcome));
  const learned = count(own, "learned");
  if (own.length === 0) return { kind: "absent", because: "no run" };
  if (learned === own.length) return { kind: "learned", because: `${learned} of ${own.length} runs` };
  if (learned === 0 && count(others, "learned") > 0)
    return { kind: "tuned", because: `${count(others, "learned")} of ${others.length} other settings learn` };
  if (![...own, ...others].every(failed)) return { kind: "open", because: aboveChance(hard, tuned, outcome) };
  if (movementOf(hard.map((r) => r.result)) === "moving")
    return { kind: "open", because: "the weights of a run at chance have turned to the hidden parameters" };
  if (easy.length === 0) return { kind: "open", because: "the easy twin was not run" };
  if (count(easy, "learned") < easy.length)
    return {
      kind: "open",
      because: `the twin is learned by ${count(easy, "learned")} of ${easy.length} runs`,
    };
  return certificate === null
    ? { kind: "unexplained", because: "no certificate" }
    : explained(hard, certificate);
}

/** How far those came that neither failed nor learned all alike: what keeps a case open. */
function aboveChance(
  hard: readonly Training[],
  tuned: readonly Training[],
  outcome: (r: Training) => Outcome,
): string {
  const above = (runs: readonly Training[]): Training[] => runs.filter((r) => !failed(outcome(r)));
  const shares = above([...hard, ...tuned]).flatMap((r) => achieved(r.result.final) ?? []);
  return sentences(
    `above chance: ${above(hard).length} of ${hard.length} runs,`,
    `${above(tuned).length} of ${tuned.length} with other settings, the best at ${Math.max(...shares).toFixed(2)}`,
  );
}

/** Whether a certificate speaks of failed runs: by the theorem, by their query count, or not at all. */
function explained(hard: readonly Training[], certificate: Certificate): Verdict {
  const bounds = hard.map((r) => theoremOf(r, certificate));
  const successes = bounds.flatMap((b) => b ?? []);
  if (successes.length === hard.length) {
    const most = shownAbove(Math.max(...successes), 2);
    const { rho } = certificate.statement;
    return { kind: "covered", because: `a correlation above ${rho} has probability at most ${most}` };
  }
  const budgets = hard.map((r) => budgetOf(r, certificate));
  const most = budgets.reduce((a, b) => (BigInt(b.queries) > BigInt(a.queries) ? b : a));
  if (most.position === "vacuous")
    return { kind: "unexplained", because: "the certificate says nothing at the tolerance of a batch" };
  const against = `${shortly(most.queries)} queries, certified ${shortlyBelow(most.certified.queries)}`;
  return { kind: budgets.every((b) => b.withinBound) ? "below" : "unexplained", because: against };
}

/** What is certified, as `shortly` has it but never more. */
export function shortlyBelow(x: number | string): string {
  if (Number(x) < 1e6) return String(x);
  const digits = `${BigInt(x)}`;
  return `${digits[0]}.${digits[1]}e${digits.length - 1}`;
}

/** A count in words: whole below a million. */
export const shortly = (x: number | string): string =>
  Number(x) < 1e6 ? String(x) : Number(x).toExponential(1).replace("e+", "e");
