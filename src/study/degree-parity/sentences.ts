/** What the report says in words: every number is taken from the digest, so a changed record changes its sentence. */

import { bootstrap, mean } from "../../base/statistics.ts";
import { sentences } from "../../report/page.ts";
import { groupedBySet, type Digest, type Role, type Run } from "./digest.ts";
import { concordance, equalN, MU_CALIPER, nearMu, opposed, type Outcome } from "./concordance.ts";

export const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const significant = (x: number): string => (x >= 1e4 ? x.toExponential(1) : x.toPrecision(3));
const count = (k: number, noun: string): string => `${k} ${noun}${k === 1 ? "" : "s"}`;

const main = (digest: Digest, easy: boolean): Run[] =>
  digest.runs.filter((r) => r.role === "main" && r.easy === easy);

/** Mean accuracy of runs and how many learned, in words. */
const outcomeOf = (runs: readonly Run[]): string =>
  runs.length === 0
    ? "not run"
    : `${percent(mean(runs.map((r) => r.accuracy)))} (${learnedOf(runs)} of ${runs.length} learned)`;

const learnedOf = (runs: readonly Run[]): number => runs.filter((r) => r.verdict === "learned").length;
const ofSize = (runs: readonly Run[], n: number): Run[] => runs.filter((r) => r.n === n);

/** The finding in one paragraph. */
export function headline(digest: Digest): string {
  const hard = main(digest, false);
  if (hard.length === 0) return "No training run has finished yet.";
  const [smallest, largest] = [Math.min(...hard.map((r) => r.n)), Math.max(...hard.map((r) => r.n))];
  const [few, many] = [smallest, largest].map((n) => `${outcomeOf(ofSize(hard, n))} at n = ${n}`);
  const twin = outcomeOf(ofSize(main(digest, true), largest));
  return sentences(
    `Mean test accuracy of gradient descent on the hidden parity: ${few}, ${many}.`,
    `The same network and budget on the easy twin at n = ${largest}: ${twin}.`,
  );
}

export const captions = (digest: Digest): Record<string, string> => ({
  "accuracy-against-n": sizeCaption(main(digest, false)),
  "accuracy-against-mu": sentences(
    dependence(digest),
    "S was drawn uniformly and is shown whatever came out.",
    "The figure shows an association over these draws, not a cause.",
  ),
  "learning-curves": sentences(
    "Accuracy on fresh graphs during training.",
    "Runs stop once they have reached 0.99 twice in a row;",
    "plateaus can end late, so a flat line says nothing about steps that were not taken.",
  ),
  "dimension-against-n": dimensionCaption(digest),
});

function sizeCaption(hard: readonly Run[]): string {
  const sizes = [...new Set(hard.map((r) => r.n))];
  const few = sizes.some((n) => groupedBySet(ofSize(hard, n)).length < 5);
  const bands = few
    ? "no band is drawn where there are fewer than five sets S"
    : "bands are 95 % bootstrap intervals of the mean over the drawn sets S";
  const perSize = sizes.map((n) => {
    const at = ofSize(hard, n);
    return `n = ${n}: ${learnedOf(at)} of ${at.length} learned`;
  });
  return sentences(
    `Every run is drawn; lines join the means, and ${bands}.`,
    "Grey crosses: the accuracy of always answering the majority label, exact for each S.",
    `Hard target, ${perSize.join("; ")}.`,
    "It shows where this network, this optimiser and this budget stop;",
    "a run at chance by its last step is a censored observation, not a proof that the set cannot be learned.",
  );
}

function dimensionCaption(digest: Digest): string {
  const last = digest.certificates[digest.certificates.length - 1];
  if (last === undefined) return "No certificate has finished yet.";
  const asked = ofSize(main(digest, false), last.n).map((r) => r.steps * r.weights);
  return sentences(
    `At n = ${last.n} the certified spectral dimension is ${significant(last.dimension)},`,
    `while the training budget there counts up to ${significant(Math.max(...asked, 0))} gradient-entry queries:`,
    "the finite-size certificate does not explain gradient descent's failure.",
    "It bounds learners that must survive every valid answer; it proves nothing about sampling noise,",
    "and the count of gradient entries as queries is a heuristic.",
  );
}

/**
 * One outcome a drawn set: how far above the majority baseline, as a share of what was possible, mean over its seeds.
 */
const outcomes = (runs: readonly Run[]): Outcome[] =>
  groupedBySet(runs).map((of) => ({
    excess: mean(of.map((r) => (r.accuracy - r.baseline) / (1 - r.baseline))),
    mu: of[0].mu,
    n: of[0].n,
  }));

/** Which of mu(S) and n orders the drawn sets by success, with bootstrap intervals over the sets. */
export function dependence(digest: Digest): string {
  const runs = main(digest, false);
  const all = outcomes(runs);
  const share = (by: "mu" | "n", comparable?: Parameters<typeof concordance>[2]): string => {
    const value = concordance(all, by, comparable);
    if (Number.isNaN(value)) return "no comparable pairs";
    const [low, high] = bootstrap(
      all,
      (sample) => concordance(sample, by, comparable),
      `concordance ${by} ${comparable?.name ?? ""}`,
    );
    return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  };
  const high = groupedBySet(runs).filter(([r]) => r.mu >= 3 && r.n >= 12);
  const flat = high.filter((of) =>
    of.every((r) => r.verdict !== "diverged" && Math.abs(r.accuracy - r.baseline) <= 0.03),
  );
  return sentences(
    "Share of pairs of sets in which the smaller value goes with the better learned one",
    "(0.5: tells nothing; in brackets a 95 % bootstrap interval over the sets):",
    `mu(S) ${share("mu")}; n ${share("n")}; mu(S) among sets of equal n ${share("mu", equalN)};`,
    `n among sets whose mu(S) differs by at most ${MU_CALIPER} ${share("n", nearMu)};`,
    `where the two point in opposite directions, mu(S) is right in ${share("mu", opposed)}.`,
    `Over ${count(all.length, "set")} and ${count(runs.length, "run")}.`,
    high.length === 0
      ? undefined
      : `Of the ${count(high.length, "set")} with mu(S) of at least 3 and n of at least 12, ${flat.length} stayed ` +
          "within 0.03 of the majority baseline in every run.",
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
  const { pool = "mean", optimizer = "adam" } = r.options;
  return sentences(
    `Teacher start, n = ${r.n}, ${pool} pooling, ${optimizer}, ${count(r.steps, "step")}: ${describe(r)}.`,
    "The network can hold the target; a failure is not one of expressivity.",
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
  const [learned, chance] = ["learned", "at chance"].map((v) => runs.filter((r) => r.verdict === v).length);
  const longest = Math.max(...runs.map((r) => r.steps));
  return sentences(
    `Runs at chance were continued to ${longest} steps:`,
    `of ${runs.length}, ${learned} then learned and ${chance} stayed at chance.`,
  );
}
