/** Runs of learners on instances so small that every learner takes seconds at most; slow ones are for the long suite. */

import { drawInstance } from "../../src/family/draw.ts";
import { everyFamily } from "../../src/family/neighbours.ts";
import { familyById } from "../../src/family/registry.ts";
import type { Learner, LearnFinal, LearnOptions } from "../../src/learner/learner.ts";
import { learners } from "../../src/learner/registry.ts";

const small: readonly (readonly [string, Record<string, unknown>])[] = [
  ["invariant-polynomial", { variables: 3, degree: 2, terms: 2 }],
  ["gnn-hidden-plane", { n: 1, d: 8, k: 2 }],
  ["gnn-degree-parity", { n: 6 }],
  ["frame-parity", { group: "cyclic:8", k: 4 }],
  ["biased-neuron", { d: 4 }],
];
/** Where learners that train have students and pooling to choose. */
const trainable = ["gnn-hidden-plane", { n: 3, d: 4, k: 2 }] as const;

/** Two values of every option, of which a learner that reads it must tell one from the other. */
export const values = {
  samples: [1024, 2048],
  noise: [0, 0.4],
  tau: [1e-3, 0.5],
  transform: ["square", "abs"],
  first: [0.5, 0.25],
  control: ["none", "placebo"],
  student: ["gnn", "gin"],
  layers: [1, 2],
  width: [4, 5],
  readoutLayers: [0, 1],
  pool: ["mean", "sum"],
  steps: [40, 20], // 1024 examples are 32 batches
  batch: [32, 16],
  optimizer: ["adam", "sgd"],
  lr: [1e-2, 1e-3],
  loss: ["squared", "l1"],
  testSamples: [200, 300],
  stopAt: [1, 1e-9],
  engine: ["wasm", "onnx"], // which round differently
  // of programs alone: test/learner/remote.test.ts
  oracle: ["honest", "samples"],
  queries: [10, 20],
  points: [100, 200],
  timeout: [60, 61],
} as const satisfies { readonly [K in keyof LearnOptions]: readonly LearnOptions[K][] };
export const names = Object.keys(values) as (keyof typeof values)[];

const slow = ["csq-gradient-descent", "kernel-ridge"];
export const slowLearners = learners.filter((l) => slow.includes(l.id));
export const quickLearners = learners.filter((l) => !slow.includes(l.id));

/** Other first values, for a learner that without noise is exact from either number of examples. */
const firsts: Readonly<Record<string, Partial<LearnOptions>>> = { "label-squared-pairs": { noise: 0.2 } };

export async function finalOf(learner: Learner, options: Partial<LearnOptions>): Promise<LearnFinal> {
  const accepts = small.find(([name]) => learner.refusal(familyById(name, everyFamily)) === null)!;
  const [id, params] = learner.options.includes("student") ? trainable : accepts;
  const family = familyById(id, everyFamily);
  const instance = drawInstance(family, family.parse(params), 0);
  return (await learner.learn({ family, instance, easy: false, seed: 0, options })).final;
}

/** Of the options that the learner names, those without effect; and whether it gives the same twice. */
export async function effects(learner: Learner): Promise<{ unread: string[]; repeats: boolean }> {
  const plain = Object.fromEntries(learner.options.map((name) => [name, values[name][0]]));
  const base = { ...plain, ...firsts[learner.id] };
  const before = JSON.stringify(await finalOf(learner, base));
  const unread: string[] = [];
  for (const name of learner.options)
    if (JSON.stringify(await finalOf(learner, { ...base, [name]: values[name][1] })) === before)
      unread.push(name);
  return { unread, repeats: JSON.stringify(await finalOf(learner, base)) === before };
}
