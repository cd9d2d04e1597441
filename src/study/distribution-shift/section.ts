/** The report's part on training on other graphs than those of the test. */

import { mean } from "../../base/statistics.ts";
import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import { hiddenSetText } from "../hidden-set-text.ts";
import type { ShiftedSet } from "./study.ts";

type Runs = ShiftedSet["runs"][number];

const runsOf = ({ runs }: ShiftedSet, labels: Runs["labels"], trainedOn: Runs["trainedOn"]): Runs =>
  runs.find((r) => r.labels === labels && r.trainedOn === trainedOn)!;

/** By how many standard errors of both an accuracy is above another's. */
function lead(a: Runs, b: Runs, seed: number): number {
  const [x, y] = [a.accuracies[seed], b.accuracies[seed]];
  const error = Math.hypot(a.standardErrors[seed] ?? 0, b.standardErrors[seed] ?? 0);
  return x === null || y === null || error === 0 ? 0 : (x - y) / error;
}

/** In how many seeds one law of training was better than the other, by more than three standard errors. */
function told(set: ShiftedSet): string {
  const [mixture, direct] = [
    runsOf(set, "degree parity", "mixture"),
    runsOf(set, "degree parity", "p = 1/2"),
  ];
  const leads = mixture.accuracies.map((_, seed) => lead(mixture, direct, seed));
  const better = leads.filter((l) => l > 3).length;
  const worse = leads.filter((l) => l < -3).length;
  const [of, strongest] = [leads.length, set.linear.toSorted((a, b) => b.share - a.share)[0]];
  const half = set.linear.find((l) => l.p === 0.5)?.share ?? NaN;
  return sentences(
    `${hiddenSetText(set)}, at most ${set.steps} steps of ${set.batch}, width ${set.width}:`,
    `the mixture better in ${better} of ${of} seeds, worse in ${worse};`,
    `a linear function of the counts has ${strongest.share.toFixed(2)} of the parity's variance`,
    `at p = ${strongest.p}, ${half.toFixed(3)} at 1/2`,
  );
}

export const shiftText = (sets: readonly ShiftedSet[]): string =>
  sentences(
    "Training on other graphs than those of the test: G(n, p) with p uniform for each graph, 1/2 in three of ten,",
    "beside training on p = 1/2 itself; all judged at p = 1/2.",
    `${sets.map(told).join(". ")}.`,
    "A training ends at an accuracy of .9. Better and worse: by more than three standard errors of the test.",
    "The outcome was open. What one density shows to linear functions can carry over to another;",
    "the certificate speaks of queries at p = 1/2 alone and is not contradicted.",
    "After Cornacchia and Mossel 2023; graphs, laws and sets are our own.",
  );

const shown = (accuracies: Runs["accuracies"]): string => {
  const known = accuracies.filter((a) => a !== null);
  const each = accuracies.map((a) => (a === null ? "diverged" : a.toFixed(3))).join(" ");
  return known.length === 0 ? each : `${mean(known).toFixed(3)} (${each})`;
};

export const shiftBlocks = (sets: readonly ShiftedSet[]): Block[] => [
  paragraph(shiftText(sets)),
  table(
    ["hidden set", "labels", "trained on", "accuracy at p = 1/2, mean (each seed)", "likelier label"],
    sets.flatMap((set) =>
      set.runs.map((r) => [
        `${hiddenSetText(set)}, width ${set.width}`,
        r.labels,
        r.trainedOn,
        shown(r.accuracies),
        r.baseline.toFixed(3),
      ]),
    ),
  ),
];
