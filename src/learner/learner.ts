/** What a learner is: samples or an oracle in, a hypothesis and its cost out. */

import type { Source } from "../base/reference.ts";
import * as z from "zod/mini";
import type { Json } from "../base/json.ts";
import { described, integer, parseWith } from "../base/schema.ts";
import { refuseUnread } from "../base/options.ts";
import type { DoAll } from "../base/progress.ts";
import type { Family } from "../family/family.ts";
import type { Judged } from "./evaluate.ts";
import { noiseField } from "./label-noise.ts";
import { trainSchema } from "./training-options.ts";
import { transformFields } from "./label-transform/options.ts";
import { remoteFields } from "./remote/options.ts";
import type { Checked, JsonObject } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import type { Instance } from "../family/instance.ts";
import type { EngineInUse } from "../engine/run/program.ts";
import type { Watch } from "./watch.ts";

/** What `train` alone reads, or `learn` describes in its own way. */
const trainOnly = {
  samples: true,
  noise: true,
  init: true,
  initScale: true,
  perturb: true,
  trainingSeed: true,
  shuffleLabels: true,
  control: true,
  gradientNoise: true,
  ball: true,
  variation: true,
} as const;

/** The choices `learn` leaves to the user; each learner reads those that it names. */
export const learnSchema = z.strictObject({
  samples: described(z.optional(integer(1, 100_000_000)), "examples the learner may use"),
  ...z.omit(trainSchema, trainOnly).shape,
  ...transformFields,
  tau: described(
    z._default(z.number().check(z.gte(0), z.lt(1)), 1e-3),
    "tolerance of the oracle (oracle learners)",
  ),
  noise: noiseField,
  ...remoteFields,
});

/** The options of `learn`, defaults filled in. */
export type LearnOptions = z.output<typeof learnSchema>;

/** A learner's task: one drawn instance, its target or the easy twin, and the options that it reads. */
export interface LearnJob<Options = Partial<LearnOptions>> {
  readonly family: Family;
  readonly instance: Instance;
  /** Learn the easy twin instead of the hard target. */
  readonly easy: boolean;
  readonly seed: number;
  readonly options: Options;
  /** How independent pieces of work are done, where the family is built in: one by one by default. */
  readonly doAll?: DoAll;
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string, fraction: number) => void;
  /** Looks on, where the learner trains a network. */
  readonly watch?: Watch;
  /** Called where the hypothesis is judged, the last time with the final one; not by a learner that finds none. */
  readonly judged?: Judged;
}

/** How good the hypothesis is on fresh samples; further fields are the learner's own. */
export interface LearnFinal {
  /** Share of matching signs, null for real labels or without a hypothesis. */
  readonly accuracy: number | null;
  /** 1 - squared error over that of the best constant; null without a hypothesis. */
  readonly explainedVariance: number | null;
  readonly testSamples: number;
  readonly [name: string]: Json;
}

/** What a learner has found, and what it cost. */
export interface LearnOutcome {
  /** Oracle queries asked, null for a learner from samples. */
  readonly queries: number | null;
  /** Examples used, null for a learner from an oracle. */
  readonly samples: number | null;
  readonly final: LearnFinal;
  /** The hidden parameters it found, null where it finds none. */
  readonly recovered: Json;
  /** Whether the hypothesis is the target. */
  readonly exact: boolean;
  /** What else is worth a record. */
  readonly details?: Readonly<Record<string, Json>>;
  readonly stepsPerSecond?: number;
  /** What computed, of a learner that has the choice. */
  readonly engine?: EngineInUse;
}

/** What a learner by descent adds to its outcome if it diverged. */
export const divergence = (diverged: boolean): Pick<LearnOutcome, "details"> =>
  diverged ? { details: { stopped: "diverged" } } : {};

/** The scales of runs: a learner takes part from that on at which its seconds, tens of seconds or minutes fit. */
export const efforts = ["quick", "laptop", "paper"] as const;

/** The scales at which rows of the matrix are run. */
export type Effort = (typeof efforts)[number];

/** A row of the learnability matrix. */
export interface MatrixRow {
  readonly label: string;
  /** Training options beside a family's own; a learner reads those that it names. */
  readonly train?: JsonObject;
  /** Most examples the learner can make use of in reasonable time; it is given no more. */
  readonly most?: number;
  /** The least effort at which it takes part (absent: quick). */
  readonly effort?: Effort;
}

/** A learner as a value; one of your own is made with `defineLearner`. */
export interface Learner {
  readonly id: string;
  /** Other names that it goes by; records have the id. */
  readonly aliases?: readonly string[];
  /** Keys of the program's bibliography, or entries of one's own: what `cite` names for a run that used the learner. */
  readonly references: readonly (string | Source)[];
  readonly summary: string;
  readonly access: "samples" | "CSQ oracle" | "SQ oracle";
  /**
   * What it does that no bound on correlations with y speaks of, in a few words: its way round a certificate (absent:
   * none, it correlates).
   */
  readonly escape?: string;
  /** Default of `learn --samples` or the queries it asks, in words. */
  readonly budget: string;
  /** The options that it reads. */
  readonly options: readonly (keyof LearnOptions)[];
  /** Its rows of the learnability matrix; absent where it takes no part. */
  readonly rows?: readonly MatrixRow[];
  /** Why the learner makes no sense on a family with these parameters, null where it does. */
  refusal(family: Family, params?: Checked): string | null;
  /** @throws InputError for an option that was given and is not read, or out of its range */
  learn(job: LearnJob): Promise<LearnOutcome>;
}

/** A learner that is given the options it names, with their defaults, and refuses the others. */
export const defineLearner = <K extends keyof LearnOptions>(
  own: Omit<Learner, "options" | "learn"> & {
    readonly options: readonly K[];
    /** @param given those of the options that are no defaults */
    learn(job: LearnJob<Pick<LearnOptions, K>>, given: Partial<Pick<LearnOptions, K>>): Promise<LearnOutcome>;
  },
): Learner => ({
  ...own,
  async learn(job) {
    const checked = parseWith(learnSchema, job.options);
    refuseUnread(job.options, own.options, own.id);
    const options = Object.fromEntries(own.options.map((name) => [name, checked[name]])) as Pick<
      LearnOptions,
      K
    >;
    return own.learn({ ...job, options }, job.options);
  },
});

/** The refusal of a learner that needs what only some families have. */
export const onlyWith =
  (capability: keyof Family, reason: string) =>
  (family: Family): string | null =>
    family[capability] === undefined ? reason : null;

/** A capability that the learner's refusal has made sure of. @throws InputError where it was not asked */
export function capability<K extends keyof Family>(family: Family, name: K): NonNullable<Family[K]> {
  const found = family[name];
  if (found === undefined || found === null)
    return reject({ where: family.id, what: `the family has no ${name}` });
  return found;
}
