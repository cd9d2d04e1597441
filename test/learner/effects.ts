/** Runs of learners on instances so small that every learner takes seconds at most; slow ones are for the long suite. */

import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import type { Learner, LearnFinal, LearnOptions } from "../../src/learner/learner.ts";
import { learners } from "../../src/learner/registry.ts";

const small: readonly (readonly [string, Record<string, unknown>])[] = [
  ["invariant-polynomial", { variables: 3, degree: 2, terms: 2 }],
  ["gnn-hidden-plane", { n: 1, d: 8, k: 2 }],
  ["gnn-degree-parity", { n: 6 }],
];

/** Two values of every option, of which a learner that reads it must tell one from the other. */
export const values = {
  samples: [1024, 2048],
  noise: [0, 0.4],
  tau: [1e-3, 0.5],
} as const satisfies Record<keyof LearnOptions, readonly [number, number]>;
export const names = ["samples", "noise", "tau"] as const satisfies readonly (keyof LearnOptions)[];

const slow = ["csq-gradient-descent", "kernel-ridge"];
export const slowLearners = learners.filter((l) => slow.includes(l.id));
export const quickLearners = learners.filter((l) => !slow.includes(l.id));

export async function finalOf(learner: Learner, options: Partial<LearnOptions>): Promise<LearnFinal> {
  const [id, params] = small.find(([name]) => learner.refusal(familyById(name)) === null)!;
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(params), 0);
  return (await learner.learn({ family, instance, easy: false, seed: 0, options })).final;
}

/** Of the options that the learner names, those without effect; and whether it gives the same twice. */
export async function effects(learner: Learner): Promise<{ unread: string[]; repeats: boolean }> {
  const base = Object.fromEntries(learner.options.map((name) => [name, values[name][0]]));
  const before = JSON.stringify(await finalOf(learner, base));
  const unread: string[] = [];
  for (const name of learner.options)
    if (JSON.stringify(await finalOf(learner, { ...base, [name]: values[name][1] })) === before)
      unread.push(name);
  return { unread, repeats: JSON.stringify(await finalOf(learner, base)) === before };
}
