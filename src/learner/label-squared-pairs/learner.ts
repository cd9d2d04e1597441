/**
 * The hidden set of a frame-averaged parity, from squares of the labels, hence no correlational learner.
 *
 * Averaged over a whole group: the squares give how many r-sets of each orbit lie in S (for cyclic groups and r = 2
 * the multiset of its differences), from numbers of examples linear in n; a search finds the sets that fit, and one
 * correlational query each tells the right one from those that have the same counts, as reflections do. r is the
 * least that tells anything, up to 3; where its counts do not tell S the next one's are added. With pairs, products of
 * two coordinates themselves tell which sets differ in one point from their own images, and the sets that fit that too
 * come first. Straightened by a frame of |x|: a regression of logarithms.
 *
 * On the easy twin, whose labels are no parity of S, its hypotheses are wrong.
 */

import { foldIn } from "../../base/random.ts";
import { lawOf, type Target } from "../../family/instance.ts";
import type { HiddenSet } from "../../family/hidden-set.ts";
import { canonicalSubset } from "../../symmetry/actions.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { orbitsOnSubsets } from "../../symmetry/orbit-count.ts";
import { evaluate } from "../evaluate.ts";
import { capability, defineLearner, onlyWith, type LearnJob, type LearnOptions } from "../learner.ts";
import { trainingChunk, trainingChunks } from "../training-chunks.ts";
import { addToRegression, largestEntries, regressionCoefficients } from "./log-regression.ts";
import { neighbourMisfit } from "./neighbours.ts";
import { countOrbits, setOrbits, type OrbitCounts, type OrbitStatistic } from "./orbit-counts.ts";
import { fittingSets, type Candidate } from "./set-search.ts";

const DEFAULT_SAMPLES = 200_000;
const TEST_SAMPLES = 5000;
const CHUNK = 2000;
/** Sets that are put to a correlational query, at most, and examples for it. */
const CHECKED = 60;
const CHECK_SAMPLES = 2000;
/**
 * The right set correlates perfectly but for noise, which is at most half the labels' spread; all others not at all.
 */
const ACCEPTED = 0.5;
const LARGEST_ORDER = 3;
const NODES = 3_000_000;

type Job = LearnJob<Pick<LearnOptions, "samples" | "noise">>;

/** A set with its correlation, and its factor by least squares. */
interface Found {
  readonly set: Int32Array;
  readonly correlation: number;
  readonly factor: number;
  /** Sets whose correlation was asked for. */
  readonly checked: number;
  readonly details: { readonly order: number; readonly looked: string };
}

/** Any set, with factor 0: no hypothesis. */
const nothing = (k: number, details: Found["details"], checked = 0): Found => ({
  set: Int32Array.from({ length: k }, (_, i) => i),
  correlation: 0,
  factor: 0,
  checked,
  details,
});

/** One correlational query for one set after the other, until one is accepted; the best. */
function checked(job: Job, target: Target, sets: readonly Int32Array[], details: Found["details"]): Found {
  const hiddenSet = capability(job.family, "hiddenSet");
  const count = Math.min(CHECK_SAMPLES, job.options.samples ?? DEFAULT_SAMPLES);
  const { samples, labels } = trainingChunk(
    job.instance,
    target,
    job.options.noise,
    0,
    Math.min(CHUNK, count),
  );
  let best = nothing(hiddenSet.size(job.instance), details);
  for (const [i, set] of sets.entries()) {
    if (best.correlation > ACCEPTED) break;
    const guess = hiddenSet.labels(job.instance, set)(samples);
    let [cross, square, power] = [0, 0, 0];
    for (let e = 0; e < guess.length; e++) {
      cross += guess[e] * labels[e];
      square += guess[e] * guess[e];
      power += labels[e] * labels[e];
    }
    const correlation = square * power > 0 ? cross / Math.sqrt(square * power) : 0;
    best =
      correlation > best.correlation
        ? { set, correlation, factor: cross / square, checked: i + 1, details }
        : { ...best, checked: i + 1 };
  }
  return best;
}

/** Sets of different orbits, those that fit best first; `signs` are counts of neighbours, where there are any. */
function ranked(
  group: PermutationGroup,
  candidates: readonly Candidate[],
  signs: OrbitCounts | undefined,
): Int32Array[] {
  const byName = new Map<string, Candidate>();
  for (const { set, misfit } of candidates) {
    const first = canonicalSubset(group, set);
    if (byName.has(first.join())) continue;
    const more = signs === undefined ? 0 : neighbourMisfit(group, first, signs);
    byName.set(first.join(), { set: first, misfit: misfit + more });
  }
  return [...byName.values()].sort((a, b) => a.misfit - b.misfit).map(({ set }) => set);
}

/** The sets that the counts allow, misfits up to several times what the right one has by chance. */
function searched(
  job: Job,
  target: Target,
  group: PermutationGroup,
  counts: readonly OrbitCounts[],
  signs: OrbitCounts | undefined,
): Found {
  const size = capability(job.family, "hiddenSet").size(job.instance);
  const orbits = counts.reduce((sum, c) => sum + c.counts.length, 0);
  const order = counts[counts.length - 1].r;
  let found = nothing(size, { order, looked: "none" });
  let total = 0;
  for (let limit = orbits + 5 * Math.sqrt(2 * orbits), tries = 0; tries < 4; limit *= 2, tries++) {
    const options = { size, throughZero: group.transitive, limit, keep: 4 * CHECKED, nodes: NODES };
    const { candidates, whole } = fittingSets(counts, options);
    const sets = ranked(group, candidates, signs).slice(0, CHECKED);
    found = checked(job, target, sets, { order, looked: whole ? "all within the misfit" : "too many" });
    total += found.checked;
    if (found.correlation > ACCEPTED || !whole) break;
  }
  return { ...found, checked: total };
}

async function byCounts(
  job: Job,
  target: Target,
  group: PermutationGroup,
  hiddenSet: HiddenSet,
): Promise<Found> {
  const { options, instance, signal, onProgress } = job;
  const size = hiddenSet.size(instance);
  const samples = options.samples ?? DEFAULT_SAMPLES;
  const most = Math.min(LARGEST_ORDER, size);
  const counts: OrbitCounts[] = [];
  let signs: OrbitCounts | undefined;
  let found = nothing(size, { order: 0, looked: "none" });
  for (let r = 1; r <= most; r++) {
    if (orbitsOnSubsets(group, r) === 1n && r < size) continue; // holds C(k, r) of its r-sets, whatever S is
    const orbits = setOrbits(group, r);
    if (orbits === null) break;
    const chunks = trainingChunks(instance, target, { samples, noise: options.noise, chunk: CHUNK });
    const statistics: OrbitStatistic[] = [{ orbits, of: "squares", moment: hiddenSet.squareMoment(size, r) }];
    if (r === 2) statistics.push({ orbits, of: "signs", moment: hiddenSet.neighbourMoment(size) });
    const progress = async (examples: number): Promise<void> => {
      signal?.throwIfAborted();
      onProgress?.(`orbits of ${r}-sets`, (0.9 * examples) / samples);
      await Promise.resolve();
    };
    const [squares, pairs = signs] = await countOrbits(statistics, chunks, options.noise, progress);
    counts.push(squares);
    signs = pairs;
    found = searched(job, target, group, counts, signs);
    if (found.correlation > ACCEPTED) break;
  }
  return found;
}

function byLogarithms(job: Job, target: Target, hiddenSet: HiddenSet): Found {
  const { options, instance, family, signal } = job;
  const vectors = capability(family, "vectors").call(family, instance);
  const n = vectors.dimension;
  const [gram, cross] = [new Float64Array((n + 1) ** 2), new Float64Array(n + 1)];
  const samples = options.samples ?? DEFAULT_SAMPLES;
  for (const chunk of trainingChunks(instance, target, { samples, noise: options.noise, chunk: CHUNK })) {
    signal?.throwIfAborted();
    addToRegression(vectors.read(chunk.samples), chunk.labels, n, gram, cross);
  }
  const coefficients = regressionCoefficients(gram, cross);
  const details = { order: 1, looked: "the largest coefficients" };
  const size = hiddenSet.size(instance);
  return coefficients === null
    ? nothing(size, details)
    : checked(job, target, [largestEntries(coefficients, size)], details);
}

/** Whether two sets give the same target. */
const same = (group: PermutationGroup | null, a: Int32Array, b: Int32Array): boolean =>
  group === null
    ? a.join() === b.join()
    : canonicalSubset(group, a).join() === canonicalSubset(group, b).join();

async function learn(job: Job) {
  const { instance, easy, family } = job;
  const hiddenSet = capability(family, "hiddenSet");
  const target = easy ? instance.easy : instance.hard;
  const group = hiddenSet.averagedOver(instance);
  const found =
    group === null ? byLogarithms(job, target, hiddenSet) : await byCounts(job, target, group, hiddenSet);
  const final = evaluationOf(job, target, hiddenSet, found);
  const accepted = found.correlation > ACCEPTED;
  return {
    queries: null,
    samples: job.options.samples ?? DEFAULT_SAMPLES,
    final,
    recovered: accepted ? Array.from(found.set) : null,
    exact: accepted && !easy && same(group, found.set, Int32Array.from(hiddenSet.hidden(instance))),
    details: { ...found.details, checked: found.checked, checkedCorrelation: found.correlation },
  };
}

function evaluationOf(
  { instance, judged }: Job,
  target: Target,
  hiddenSet: HiddenSet,
  { set, factor }: Found,
) {
  const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
  const predictions = hiddenSet
    .labels(
      instance,
      set,
    )(test)
    .map((y) => factor * y);
  return { ...evaluate(predictions, target.label(test), instance.labels, target.mean, judged) };
}

export const labelSquaredPairs = defineLearner({
  id: "label-squared-pairs",
  summary:
    "squares of labels against products over orbits of pairs: a hidden set's differences, then the set; not CSQ",
  references: ["damian2024"],
  access: "samples",
  escape: "y² against pairs",
  rows: [{ label: "label-squared pairs" }],
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples`,
  refusal: onlyWith("hiddenSet", "no set of coordinates hides in an average over a group"),
  learn,
});
