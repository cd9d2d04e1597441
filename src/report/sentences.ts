/** What the report says in words: every number is taken from the digest, so a changed record changes its sentence. */

import type { Digest, Run } from "./digest.ts";
import { bootstrap, concordance, mean, type Outcome } from "./statistics.ts";

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
    return at.length === 0 ? "not run" : `${percent(mean(at.map((r) => r.accuracy)))} (${at.filter((r) => r.verdict === "learned").length} of ${at.length} learned)`; // prettier-ignore
  };
  const largestEasy = easy.some((r) => r.n === largest) ? part(easy, largest) : "not run";
  return `Mean test accuracy of gradient descent on the hidden parity: ${part(hard, smallest)} at n = ${smallest}, ${part(hard, largest)} at n = ${largest}. The same network and budget on the easy twin at n = ${largest}: ${largestEasy}.`;
}

export function captions(digest: Digest): Record<string, string> {
  const hard = main(digest, false);
  const sizes = [...new Set(hard.map((r) => r.n))];
  const perSize = sizes.map((n) => `n = ${n}: ${hard.filter((r) => r.n === n && r.verdict === "learned").length} of ${hard.filter((r) => r.n === n).length} learned`).join("; "); // prettier-ignore
  const few = sizes.some((n) => hard.filter((r) => r.n === n).length < 5);
  const last = digest.certificates[digest.certificates.length - 1];
  const budget = hard.filter((r) => r.n === last?.n).map((r) => r.steps * r.weights);
  return {
    "accuracy-against-n": `Every run is drawn; lines join the means${few ? ", and no band is drawn where there are fewer than five runs" : ", bands are 95 % bootstrap intervals of the mean"}. Grey crosses: the accuracy of always answering the majority label, exact for each S. Hard target, ${perSize}. It shows where this network, this optimiser and this budget stop; a run at chance by its last step is a censored observation, not a proof that the set cannot be learned.`,
    "accuracy-against-mu": `${dependence(digest)} S was drawn uniformly and is shown whatever came out. The figure shows an association over these draws, not a cause.`,
    "learning-curves": `Accuracy on fresh graphs during training. Easy runs stop once they have reached 0.995 twice in a row; plateaus can end late, so a flat line says nothing about steps that were not taken.`,
    "dimension-against-n": last === undefined ? "No certificate has finished yet." : `At n = ${last.n} the certified spectral dimension is ${significant(last.dimension)}, while the training budget there counts up to ${significant(Math.max(...budget, 0))} gradient-entry queries: the finite-size certificate does not explain gradient descent's failure. It bounds learners that must survive every valid answer; it proves nothing about sampling noise, and the count of gradient entries as queries is a heuristic.`, // prettier-ignore
  };
}

const outcomes = (runs: readonly Run[]): Outcome[] => runs.map((r) => ({ excess: (r.accuracy - r.baseline) / (1 - r.baseline), mu: r.mu, n: r.n })); // prettier-ignore

/** Which of mu(S) and n orders the runs by success, with bootstrap intervals over the drawn sets. */
export function dependence(digest: Digest): string {
  const all = outcomes(main(digest, false));
  const share = (by: "mu" | "n", within: boolean): string => {
    const value = concordance(all, by, within);
    if (Number.isNaN(value)) return "no comparable pairs";
    const [low, high] = bootstrap(
      all,
      (sample) => concordance(sample, by, within),
      `concordance ${by} ${within}`,
    );
    return `${value.toFixed(2)} (95 % bootstrap ${low.toFixed(2)} to ${high.toFixed(2)})`;
  };
  return `Share of pairs of runs in which the smaller value goes with the better learned one (0.5: tells nothing): mu(S) ${share("mu", false)}; n ${share("n", false)}; mu(S) among runs of equal n ${share("mu", true)}; over ${count(all.length, "run")}.`;
}

/** The checks that stand beside a run at chance. */
export function checks(digest: Digest): string[] {
  const out: string[] = [];
  const describe = (r: Run): string => `accuracy ${r.accuracy.toFixed(4)}, loss ${r.loss.toPrecision(3)}`;
  for (const r of digest.runs.filter((x) => x.role === "teacher"))
    out.push(`Teacher start, n = ${r.n}, ${String(r.options["pool"] ?? "mean")} pooling, ${String(r.options["optimizer"] ?? "adam")}, ${count(r.steps, "step")}: ${describe(r)}. The network can hold the target; a failure is not one of expressivity.`); // prettier-ignore
  for (const r of digest.runs.filter((x) => x.role === "tuning")) {
    const changed = Object.entries(r.options).filter(([k]) => k !== "stopAt").map(([k, v]) => `${k} ${String(v)}`).join(", "); // prettier-ignore
    out.push(`Tuning, n = ${r.n}, ${changed}: ${describe(r)} (${r.verdict}).`);
  }
  for (const r of digest.runs.filter((x) => x.role === "control"))
    out.push(
      `Shuffled labels, n = ${r.n}: ${describe(r)}, baseline ${r.baseline.toFixed(4)} (${r.verdict}).`,
    );
  for (const r of digest.runs.filter((x) => x.role === "continued"))
    out.push(
      `Continued to ${r.steps} steps, n = ${r.n}, mu ${r.mu.toFixed(2)}: ${describe(r)} (${r.verdict}).`,
    );
  return out;
}
