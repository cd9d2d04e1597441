/** What the report says in words: every number is taken from the digest, so a changed record changes its sentence. */

import { bootstrap, mean } from "../../base/statistics.ts";
import { groupedBySet, type Digest, type Run } from "./digest.ts";
import { concordance, equalN, MU_CALIPER, nearMu, opposed, type Outcome } from "./concordance.ts";

export const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
const significant = (x: number): string => (x >= 1e4 ? x.toExponential(1) : x.toPrecision(3));
const count = (k: number, noun: string): string => `${k} ${noun}${k === 1 ? "" : "s"}`;

const main = (digest: Digest, easy: boolean): Run[] =>
  digest.runs.filter((r) => r.role === "main" && r.easy === easy);

/** The finding in one paragraph. */
export function headline(digest: Digest): string {
  const hard = main(digest, false);
  const easy = main(digest, true);
  if (hard.length === 0) return "No training run has finished yet.";
  const [smallest, largest] = [Math.min(...hard.map((r) => r.n)), Math.max(...hard.map((r) => r.n))];
  const part = (runs: Run[], n: number): string => {
    const at = runs.filter((r) => r.n === n);
    return at.length === 0
      ? "not run"
      : `${percent(mean(at.map((r) => r.accuracy)))} (${at.filter((r) => r.verdict === "learned").length} of ${at.length} learned)`;
  };
  const largestEasy = easy.some((r) => r.n === largest) ? part(easy, largest) : "not run";
  return `Mean test accuracy of gradient descent on the hidden parity: ${part(hard, smallest)} at n = ${smallest}, ${part(hard, largest)} at n = ${largest}. The same network and budget on the easy twin at n = ${largest}: ${largestEasy}.`;
}

export function captions(digest: Digest): Record<string, string> {
  const hard = main(digest, false);
  const sizes = [...new Set(hard.map((r) => r.n))];
  const perSize = sizes
    .map(
      (n) =>
        `n = ${n}: ${hard.filter((r) => r.n === n && r.verdict === "learned").length} of ${hard.filter((r) => r.n === n).length} learned`,
    )
    .join("; ");
  const few = sizes.some((n) => groupedBySet(hard.filter((r) => r.n === n)).length < 5);
  const last = digest.certificates[digest.certificates.length - 1];
  const budget = hard.filter((r) => r.n === last?.n).map((r) => r.steps * r.weights);
  return {
    "accuracy-against-n": `Every run is drawn; lines join the means${few ? ", and no band is drawn where there are fewer than five sets S" : ", bands are 95 % bootstrap intervals of the mean over the drawn sets S"}. Grey crosses: the accuracy of always answering the majority label, exact for each S. Hard target, ${perSize}. It shows where this network, this optimiser and this budget stop; a run at chance by its last step is a censored observation, not a proof that the set cannot be learned.`,
    "accuracy-against-mu": `${dependence(digest)} S was drawn uniformly and is shown whatever came out. The figure shows an association over these draws, not a cause.`,
    "learning-curves": `Accuracy on fresh graphs during training. Runs stop once they have reached 0.99 twice in a row; plateaus can end late, so a flat line says nothing about steps that were not taken.`,
    "dimension-against-n":
      last === undefined
        ? "No certificate has finished yet."
        : `At n = ${last.n} the certified spectral dimension is ${significant(last.dimension)}, while the training budget there counts up to ${significant(Math.max(...budget, 0))} gradient-entry queries: the finite-size certificate does not explain gradient descent's failure. It bounds learners that must survive every valid answer; it proves nothing about sampling noise, and the count of gradient entries as queries is a heuristic.`,
  };
}

/** One outcome a drawn set: how far above the majority baseline, as a share of what was possible, mean over its seeds. */
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
  return [
    `Share of pairs of sets in which the smaller value goes with the better learned one (0.5: tells nothing; in brackets a 95 % bootstrap interval over the sets): mu(S) ${share("mu")}; n ${share("n")}; mu(S) among sets of equal n ${share("mu", equalN)}; n among sets whose mu(S) differs by at most ${MU_CALIPER} ${share("n", nearMu)}; where the two point in opposite directions, mu(S) is right in ${share("mu", opposed)}. Over ${count(all.length, "set")} and ${count(runs.length, "run")}.`,
    ...(high.length === 0
      ? []
      : [
          `Of the ${count(high.length, "set")} with mu(S) of at least 3 and n of at least 12, ${flat.length} stayed within 0.03 of the majority baseline in every run.`,
        ]),
  ].join(" ");
}

/** The options of a run that differ from the main runs'. */
export const changes = ({ options }: Run): string =>
  Object.entries(options)
    .filter(([name]) => name !== "stopAt")
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");

/** The checks that stand beside a run at chance. */
export function checks(digest: Digest): string[] {
  const out: string[] = [];
  const describe = (r: Run): string =>
    r.loss === null
      ? `diverged at step ${r.steps}`
      : `accuracy ${r.accuracy.toFixed(4)}, loss ${r.loss.toPrecision(3)}`;
  for (const r of digest.runs.filter((x) => x.role === "teacher"))
    out.push(
      `Teacher start, n = ${r.n}, ${String(r.options["pool"] ?? "mean")} pooling, ${String(r.options["optimizer"] ?? "adam")}, ${count(r.steps, "step")}: ${describe(r)}. The network can hold the target; a failure is not one of expressivity.`,
    );
  for (const r of digest.runs.filter((x) => x.role === "tuning")) {
    out.push(`Tuning, n = ${r.n}, ${changes(r)}: ${describe(r)} (${r.verdict}).`);
  }
  for (const r of digest.runs.filter((x) => x.role === "control")) {
    const what =
      r.options["student"] === undefined
        ? "Shuffled labels"
        : `Student ${String(r.options["student"])}, without the symmetry, ${r.easy ? "easy twin" : "hard target"}`;
    out.push(`${what}, n = ${r.n}: ${describe(r)}, baseline ${r.baseline.toFixed(4)} (${r.verdict}).`);
  }
  const continued = digest.runs.filter((x) => x.role === "continued");
  const [learned, chance] = ["learned", "at chance"].map(
    (v) => continued.filter((r) => r.verdict === v).length,
  );
  if (continued.length > 0)
    out.push(
      `Runs at chance were continued to ${Math.max(...continued.map((r) => r.steps))} steps: of ${continued.length}, ${learned} then learned and ${chance} stayed at chance.`,
    );
  for (const r of continued)
    out.push(
      `Continued to ${count(r.steps, "step")}, n = ${r.n}, mu ${r.mu.toFixed(2)}: ${describe(r)} (${r.verdict}).`,
    );
  return out;
}
