/** Networks over a cyclic group as workloads: the students of two families, on their own targets' labels. */

import { keyFor } from "../src/base/random.ts";
import { studentOf } from "../src/family/family.ts";
import { familyById } from "../src/family/registry.ts";
import { initialise } from "../src/network/initialise.ts";
import type { Workload } from "./workload.ts";

/** A student on cyclic:32: full-length circular filters in every layer, or an MLP on every shift, averaged. */
export type CyclicStudent = "group-linear" | "frame-averaged";

const n = 32;
const families: Record<CyclicStudent, string> = {
  "group-linear": "cnn-hidden-plane",
  "frame-averaged": "frame-parity",
};

/** As `equihard train` has it: two layers, mean pooling, one hidden readout layer, standardised labels. */
export function cyclicWorkload(student: CyclicStudent, width: number, batch = 128): Workload {
  const family = familyById(families[student]);
  const instance = family.draw(family.parse({ group: `cyclic:${n}`, k: 4 }), keyFor("bench", student));
  const options = { student, layers: 2, width, readoutLayers: 1, pool: "mean" } as const;
  const network = studentOf(family, instance, options);
  const sd = Math.sqrt(instance.hard.secondMoment.value);
  return {
    batch,
    sizes: { n, width },
    network: () => network,
    weights: initialise(network, keyFor("bench weights", student)),
    batches: Array.from({ length: 8 }, (_, i) => {
      const samples = instance.law.sample(keyFor("bench", student, i), batch);
      return { samples, labels: Float32Array.from(instance.hard.label(samples), (y) => y / sd) };
    }),
  };
}
