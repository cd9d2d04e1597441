/** What the report says in words: every number is taken from the digest, so a changed record changes its sentence. */

import { shownBelow } from "../../numeric/rounding.ts";
import { bootstrap, mean } from "../../base/statistics.ts";
import { sentences } from "../../report/page.ts";
import { groupedBySet, type Digest, type Role, type Run } from "./digest.ts";
import { concordance, concordant, equalN, MU_CALIPER, nearMu, opposed, type Outcome } from "./concordance.ts";

export const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const significant = (x: number): string =>
  x >= 1e4 ? x.toExponential(1).replace("e+", "e") : x.toPrecision(3);
const count = (k: number, noun: string): string => `${k} ${noun}${k === 1 ? "" : "s"}`;

const main = (digest: Digest, easy: boolean): Run[] =>
  digest.runs.filter((r) => r.role === "main" && r.easy === easy);

const ofVerdict = (runs: readonly Run[], verdict: Run["verdict"]): number =>
  runs.filter((r) => r.verdict === verdict).length;
const ofSize = (runs: readonly Run[], n: number): Run[] => runs.filter((r) => r.n === n);

/** What became of runs, by counts: success on a set is all or nothing, so that a mean would be of no run. */
export function tally(runs: readonly Run[]): string {
  const others = (["partly", "at chance", "diverged"] as const).flatMap((verdict) => {
    const of = ofVerdict(runs, verdict);
    return of === 0 ? [] : [`${of} ${verdict}`];
  });
  const learned = `${ofVerdict(runs, "learned")} of ${count(runs.length, "run")} learned`;
  return runs.length === 0 ? "not run" : [learned, ...others].join(", ");
}

/** The budget of runs, in words: of each the most steps that were taken. */
function budgetOf(runs: readonly Run[]): string {
  const [steps, batch] = [runs.map((r) => r.steps), runs.map((r) => r.batch)].map((of) => Math.max(...of));
  return `at most ${steps} steps of ${batch} fresh graphs`;
}

/** The finding in one paragraph. */
export function headline(digest: Digest): string {
  const hard = main(digest, false);
  if (hard.length === 0) return "No training run has finished yet.";
  const [smallest, largest] = [Math.min(...hard.map((r) => r.n)), Math.max(...hard.map((r) => r.n))];
  const ends = [...new Set([smallest, largest])].map((n) => `at n = ${n} ${tally(ofSize(hard, n))}`);
  const twin = tally(ofSize(main(digest, true), largest));
  return sentences(
    `Gradient descent on the hidden parity: ${ends.join("; ")}.`,
    `The same network and budget on the easy twin at n = ${largest}: ${twin}.`,
  );
}

/** A claim with its caveat, and what only some readers ask. */
export interface Caption {
  readonly said: string;
  readonly more?: string;
}

/** Captions by the names of the figures. */
export const captions = (digest: Digest): Record<string, Caption> => ({
  "accuracy-against-n": sizeCaption(main(digest, false)),
  "accuracy-against-mu": {
    said: sentences(
      "Each run of a hard target is written as its n, at the mu(S) of its set.",
      "An association over these draws, not a cause.",
    ),
    more: sentences(dependence(digest), "S was drawn uniformly and is shown whatever came out."),
  },
  "learning-curves": {
    said: "Accuracy on fresh graphs during training; a flat line says nothing about steps that were not taken.",
    more: "Runs stop once they have reached 0.99 twice in a row.",
  },
  "dimension-against-n": dimensionCaption(digest),
});

function sizeCaption(hard: readonly Run[]): Caption {
  const sizes = [...new Set(hard.map((r) => r.n))];
  const perSize = sizes.map((n) => {
    const at = ofSize(hard, n);
    return `n = ${n}: ${tally(at)}, on ${count(groupedBySet(at).length, "set")}`;
  });
  return {
    said: sentences(
      "Every run is a mark: it shows where this network, this optimiser and this budget stop.",
      "A run at chance by its last step is a censored observation, not a proof that the set cannot be learned.",
    ),
    more: sentences(
      "Crosses: the accuracy of always answering the majority label, of a hard target exact,",
      "of an easy twin from 100,000 drawn graphs at most; where it is above 0.95, learning shows next to nothing.",
      `Hard target, ${perSize.join("; ")}.`,
      `Each had ${budgetOf(hard)}; the matrix has a budget of its own, named there.`,
    ),
  };
}

function dimensionCaption(digest: Digest): Caption {
  const last = digest.certificates[digest.certificates.length - 1];
  if (last === undefined) return { said: "No certificate has finished yet." };
  const asked = ofSize(main(digest, false), last.n).map((r) => r.steps * r.weights);
  return {
    said: sentences(
      `At n = ${last.n} the certified spectral dimension is ${shownBelow(last.dimension, 3)},`,
      `while the training budget there counts up to ${significant(Math.max(...asked, 0))} gradient-entry queries:`,
      Math.max(...asked, 0) < last.dimension
        ? "that is fewer."
        : "the finite-size certificate does not explain gradient descent's failure.",
    ),
    more: sentences(
      "It bounds learners that must survive every valid answer; it proves nothing about sampling noise,",
      "and the count of gradient entries as queries is a heuristic.",
    ),
  };
}

/**
 * One outcome a learning problem: how far above the majority baseline, as a share of what was possible, mean over its
 * runs.
 */
export const outcomes = (runs: readonly Run[]): Outcome[] =>
  groupedBySet(runs).map((of) => ({
    excess: mean(of.map((r) => (r.accuracy - r.baseline) / (1 - r.baseline))),
    mu: of[0].mu,
    n: of[0].n,
  }));

/** Which of mu(S) and n orders the drawn sets by success, with bootstrap intervals over the sets. */
export function dependence(digest: Digest): string {
  const runs = main(digest, false);
  const all = outcomes(runs);
  const share = (by: "mu" | "n", comparable?: Parameters<typeof concordance>[2]): string =>
    sharedBy(all, by, comparable);
  return sentences(
    "Pairs of sets in which the smaller value goes with the better learned one, of all pairs that differ in both",
    "(half of them: it tells nothing; in brackets a 95 % bootstrap interval of the share over the sets,",
    "none where all pairs agree, as resampling then says nothing):",
    `mu(S) ${share("mu")}; n ${share("n")}; mu(S) among sets of equal n ${share("mu", equalN)};`,
    `n among sets whose mu(S) differs by at most ${MU_CALIPER} ${share("n", nearMu)};`,
    `where the two point in opposite directions, mu(S) is right in ${share("mu", opposed)}.`,
    `Over ${count(all.length, "set")} and ${count(runs.length, "run")};`,
    "sets that are the same up to sign and the complement of the graph count as one.",
    flatSentence(runs),
  );
}

function sharedBy(
  all: readonly Outcome[],
  by: "mu" | "n",
  comparable?: Parameters<typeof concordance>[2],
): string {
  const { right, pairs } = concordant(all, by, comparable);
  if (pairs === 0) return "no comparable pairs";
  const counted = `${right} of ${pairs}`;
  if (right === 0 || right === pairs) return counted;
  const [low, high] = bootstrap(
    all,
    (sample) => concordance(sample, by, comparable),
    `concordance ${by} ${comparable?.name ?? ""}`,
  );
  return `${counted} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** What became of the sets that should be hard by both measures. */
function flatSentence(runs: readonly Run[]): string | undefined {
  const high = groupedBySet(runs).filter(([r]) => r.mu >= 3 && r.n >= 12);
  if (high.length === 0) return undefined;
  const flat = high.filter((of) => of.every((r) => r.verdict === "at chance"));
  return sentences(
    `Of the ${count(high.length, "set")} with mu(S) of at least 3 and n of at least 12,`,
    `${flat.length} stayed at chance in every run.`,
  );
}

/** What chance is, and how it was found. */
export function chanceSentence({ chance, runs }: Digest): string {
  const sizes = [...new Set(runs.filter((r) => r.role === "main").map((r) => r.n))];
  const levels = sizes.flatMap((n) => {
    const level = chance(n);
    return level === null ? [] : [{ n, ...level }];
  });
  if (levels.length === 0)
    return "At chance: at most a twentieth explained; no run on shuffled labels says more.";
  const named = levels.map(
    (l) => `n = ${l.n}: ${l.explained.toFixed(3)} and ${l.achieved.toFixed(3)} (${count(l.runs, "run")})`,
  );
  return sentences(
    "At chance: neither the explained variance nor the excess of the accuracy over the majority's, as a share of what",
    "it leaves, is above what a student of shuffled labels stays below with probability 0.99 (both at once):",
    `${named.join("; ")}.`,
  );
}

/** The options of a run that differ from the main runs'. */
export const changes = ({ options }: Run): string =>
  Object.entries(options)
    .filter(([name]) => name !== "stopAt")
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");

const describe = (r: Run): string =>
  r.loss === null
    ? `diverged at step ${r.steps}`
    : `accuracy ${r.accuracy.toFixed(4)}, loss ${r.loss.toPrecision(3)}`;

/** The checks that stand beside a run at chance. */
export function checks({ runs }: Digest): string[] {
  const inRole = (role: Role): Run[] => runs.filter((r) => r.role === role);
  const continued = inRole("continued");
  return [
    ...inRole("teacher").map(teacherCheck),
    ...inRole("tuning").map((r) => `Tuning, n = ${r.n}, ${changes(r)}: ${describe(r)} (${r.verdict}).`),
    ...inRole("control").map(controlCheck),
    ...(continued.length === 0 ? [] : [continuation(continued)]),
    ...continued.map(
      (r) =>
        `Continued to ${count(r.steps, "step")}, n = ${r.n}, mu ${r.mu.toFixed(2)}: ${describe(r)} (${r.verdict}).`,
    ),
  ];
}

function teacherCheck(r: Run): string {
  const { pool = "mean", optimizer = "adam", perturb } = r.options;
  const learned = r.verdict === "learned";
  const training = `n = ${r.n}, ${pool} pooling, ${optimizer}, ${count(r.steps, "step")}: ${describe(r)}`;
  if (perturb !== undefined)
    return sentences(
      `From the teacher's weights plus ${String(perturb)} times fresh ones, ${training}.`,
      learned ? "It came back to the target." : "It did not come back to the target.",
    );
  return sentences(
    `Teacher start, ${training}.`,
    learned
      ? "The network can hold the target; a failure is not one of expressivity."
      : "It did not stay at the target.",
  );
}

function controlCheck(r: Run): string {
  const { student } = r.options;
  const target = r.easy ? "easy twin" : "hard target";
  const what =
    student === undefined ? "Shuffled labels" : `Student ${student}, without the symmetry, ${target}`;
  return `${what}, n = ${r.n}: ${describe(r)}, baseline ${r.baseline.toFixed(4)} (${r.verdict}).`;
}

function continuation(runs: readonly Run[]): string {
  const [learned, chance] = [ofVerdict(runs, "learned"), ofVerdict(runs, "at chance")];
  const longest = Math.max(...runs.map((r) => r.steps));
  return sentences(
    `Runs at chance were continued to ${longest} steps:`,
    `of ${runs.length}, ${learned} then learned and ${chance} stayed at chance.`,
  );
}
