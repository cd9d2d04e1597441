/**
 * A user's own labelled data: whether the label looks invariant, at which degree it is seen by correlations, at which
 * by functions of the label, what quick learners make of it, and a verdict in words. Absence is only ever stated for
 * the degrees and the number of examples that were looked at.
 */

import { foldIn, keyFor, permutation } from "../base/random.ts";
import type { LabelledData } from "../dataset/labelled.ts";
import type { Backend } from "../engine/run/program.ts";
import { parseGroup, type PermutationGroup } from "../symmetry/groups.ts";
import { actOn, reordered } from "./action.ts";
import { degreeTests, type DegreeTests } from "./degrees.ts";
import { invarianceOf, type Invariance } from "./invariance.ts";
import { dataLearners, heldOut, judged, type LearnerResult } from "./learners/compare.ts";
import type { DataLearner } from "./learners/learner.ts";
import { judge, LEVEL, type Judgement } from "./verdict.ts";

/** The result in full; `diagnose --json` prints it with its `schema`. */
export interface Diagnosis extends Judgement {
  readonly data: {
    readonly kind: LabelledData["kind"];
    readonly label: string;
    /** Examples used, and in the file. */
    readonly examples: number;
    readonly total: number;
    readonly shape: readonly number[];
    /** Graphs that isolated nodes were added to. */
    readonly padded: number;
    /** Coordinates that polynomials are made of. */
    readonly coordinates: number;
  };
  readonly group: { readonly name: string; readonly order: string };
  readonly seed: number;
  /** Probability of a false finding, at most, over all tests together (Holm). */
  readonly level: number;
  /** The largest degree tested, and why no further one. */
  readonly degree: number;
  readonly limit: string | null;
  readonly invariance: Invariance;
}

export interface DiagnoseOptions {
  readonly seed: number;
  /** The largest degree of polynomials. */
  readonly degree: number;
  /** What trains networks (absent: `auto`); their numbers differ by it, as trainings round in another order. */
  readonly engine?: Backend | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string, fraction: number) => void;
  /** Absent: all. */
  readonly learners?: readonly DataLearner[];
  /** Whether invariance is tested (absent: yes). */
  readonly invariance?: boolean;
  /** Gives back a part that was finished before, or computes it and keeps it; absent: nothing is kept. */
  readonly part?: <T>(name: string, compute: () => Promise<T>) => Promise<T>;
}

/** Shares of the work, for progress. */
const [DEGREES, INVARIANCE] = [0.4, 0.2];

/** @throws InputError where the group does not fit the examples */
export async function diagnose(
  data: LabelledData,
  group: PermutationGroup,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  const { seed, degree: most, engine, signal, onProgress, learners = dataLearners } = options;
  const { part = (_, compute) => compute() } = options;
  const key = keyFor("diagnosis", seed);
  const acted = actOn(data, group);
  const examples = reordered(acted, permutation(foldIn(key, "order of the examples"), acted.count));
  const told = (from: number, share: number) => (text: string, fraction: number) => {
    signal?.throwIfAborted();
    onProgress?.(text, from + share * fraction);
  };
  const found: DegreeTests = await part("degrees", () =>
    degreeTests(examples, most, foldIn(key, "degrees"), told(0, DEGREES)),
  );
  const seen = judge(found, []).exponents.information !== null;
  const asked = options.invariance === false ? { ...examples, points: trivial(group.degree) } : examples;
  const invariance: Invariance = await part("invariance", () =>
    invarianceOf(asked, foldIn(key, "invariance"), seen, told(DEGREES, INVARIANCE)),
  );
  const known = Math.max(1, found.degree);
  const job = {
    data: heldOut(examples, known),
    degree: known,
    key: foldIn(key, "learners"),
    engine,
    signal,
  };
  const toldOf = told(DEGREES + INVARIANCE, 1 - DEGREES - INVARIANCE);
  const learned: LearnerResult[] = [];
  for (const [at, learner] of learners.entries()) {
    const within = (fraction: number): void => toldOf(learner.id, (at + fraction) / learners.length);
    within(0);
    learned.push(await part(`learner ${learner.id}`, () => judged(learner, { ...job, told: within })));
  }
  const { kind, label, count, total, shape, padded } = data;
  return {
    data: { kind, label, examples: count, total, shape, padded, coordinates: examples.dimension },
    group: { name: group.name, order: String(group.order()) },
    seed,
    level: LEVEL,
    degree: found.degree,
    limit: found.limit ?? null,
    ...judge(found, learned),
    invariance,
  };
}

const trivial = (degree: number): PermutationGroup => parseGroup(`trivial:${degree}`);
