/**
 * Whole jobs: what users wait for, in processor time of this process, and how its cost grows with one size beside how
 * its arithmetic does.
 */

import { certify, verify } from "../src/family/certify.ts";
import { drawInstance } from "../src/family/draw.ts";
import { degreeParityLaw } from "../src/family/gnn-degree-parity/degree-law.ts";
import { familyById } from "../src/family/registry.ts";
import { csqGradientDescent } from "../src/learner/csq-gradient-descent.ts";
import { trainByGradient } from "../src/learner/gradient-descent.ts";
import { labelSquaredPca } from "../src/learner/label-squared-pca.ts";
import type { Learner } from "../src/learner/learner.ts";
import { play } from "../src/study/play/play.ts";
import { used } from "./contender.ts";
import { slope } from "./sections.ts";

export interface Job {
  readonly name: string;
  /** The size that is varied. */
  readonly of: string;
  /** Exponent of its operations in that size. */
  readonly arithmetic: number;
  readonly sizes: readonly number[];
  /** What a run is given, made before its time begins. */
  prepare?(size: number): Promise<unknown>;
  run(size: number, given: unknown): unknown;
}

export interface JobTime {
  readonly name: string;
  readonly of: string;
  readonly arithmetic: number;
  /** Fitted exponent of the processor time. */
  readonly exponent: number;
  readonly points: readonly { readonly size: number; readonly seconds: number }[];
}

async function learn(
  learner: Learner,
  id: string,
  params: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(params), 0);
  await learner.learn({ family, instance, easy: false, seed: 0, options });
}

/** @param quick sizes of seconds instead of minutes */
export const jobs = (quick: boolean): Job[] => [
  {
    name: "`csq-gradient-descent`, one cell, degree parity",
    of: "n",
    arithmetic: 1, // distinct degrees: a row a node, n + 1 columns that are few beside the width
    sizes: quick ? [6, 12] : [6, 12, 24],
    run: (n) => learn(csqGradientDescent, "gnn-degree-parity", { n }),
  },
  {
    name: "`csq-gradient-descent`, one cell, frame parity of cyclic shifts, k = 4",
    of: "n",
    arithmetic: 2,
    sizes: quick ? [8, 16] : [8, 16, 32],
    run: (n) => learn(csqGradientDescent, "frame-parity", { group: `cyclic:${n}`, k: 4 }),
  },
  {
    name: "`label-squared-pca`, 5 nodes, d = 256",
    of: "examples",
    arithmetic: 1,
    sizes: quick ? [50_000, 100_000] : [250_000, 500_000, 1_000_000],
    run: (samples) => learn(labelSquaredPca, "gnn-hidden-plane", { n: 5, d: 256, k: 4 }, { samples }),
  },
  {
    name: "`play --strategy greedy`, planes on two nodes, d = 32, over 100,000 points",
    of: "planes",
    arithmetic: 2, // the Gram matrix; values of members take the first power, the proof of its norm the third
    sizes: quick ? [2100, 3000] : [2500, 5000, 10_000], // of fewer the values are kept
    run: (count) => {
      const family = familyById("gnn-hidden-plane");
      const params = family.parse({ n: 2, d: 32, k: 4 });
      return play({ family, params, seed: 0, count, options: { strategy: "greedy", queries: 20 } });
    },
  },
  {
    name: "exact degree-parity law",
    of: "n",
    arithmetic: NaN, // the histograms of degrees grow faster than any power
    sizes: quick ? [11, 13] : [11, 13, 15],
    run: (n) => degreeParityLaw(n, 0.5),
  },
  {
    name: "verification of an exact degree-parity certificate",
    of: "n",
    arithmetic: NaN,
    sizes: quick ? [11, 13] : [11, 13, 15],
    prepare: (n) => certify("gnn-degree-parity", { n }, { exact: true }),
    run: (_, certificate) => verify(certificate),
  },
  {
    name: "trainings of 100 steps, degree parity on 12 nodes, one after the other",
    of: "trainings",
    arithmetic: 1,
    sizes: quick ? [2, 4] : [4, 8, 16],
    async run(count) {
      for (let seed = 0; seed < count; seed++) await trainQuickly(seed);
    },
  },
];

async function trainQuickly(seed: number): Promise<void> {
  const family = familyById("gnn-degree-parity");
  const instance = drawInstance(family, family.parse({ n: 12 }), seed);
  await trainByGradient({ family, instance, easy: false, seed, options: { steps: 100 } });
}

/** Every size once, short ones three times, of which the fastest counts. */
export async function timeJob({ name, of, arithmetic, sizes, prepare, run }: Job): Promise<JobTime> {
  const points: { size: number; seconds: number }[] = [];
  for (const size of sizes) {
    const given = await prepare?.(size);
    const once = async (): Promise<number> => {
      const start = process.cpuUsage();
      await run(size, given);
      return used(start);
    };
    const first = await once();
    points.push({ size, seconds: first > 5 ? first : Math.min(first, await once(), await once()) });
  }
  const [x, y] = [points.map((p) => Math.log(p.size)), points.map((p) => Math.log(p.seconds))];
  return { name, of, arithmetic, exponent: slope(x, y), points };
}

/** Seconds at every size, and the exponents. */
export const jobsTable = (times: readonly JobTime[]): string =>
  [
    "| whole job, processor time | seconds | exponent | of its operations |",
    "| --- | --- | --- | --- |",
    ...times.map(({ name, of, arithmetic, exponent, points }) => {
      const at = points.map((p) => `${p.seconds.toFixed(1)} (${p.size.toLocaleString("en")})`).join(", ");
      const known = Number.isNaN(arithmetic) ? "-" : String(arithmetic);
      return `| ${name}, against ${of} | ${at} | ${exponent.toFixed(2)} | ${known} |`;
    }),
  ].join("\n");
