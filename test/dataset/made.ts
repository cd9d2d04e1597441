/** Sources of data sets, and what is written of them, for the tests. */

import { createHash } from "node:crypto";
import { drawInstance } from "../../src/family/draw.ts";
import { everyFamily } from "../../src/family/neighbours.ts";
import { familyById } from "../../src/family/registry.ts";
import { keyFor } from "../../src/base/random.ts";
import type { Source } from "../../src/dataset/examples.ts";
import { studentOf } from "../../src/family/family.ts";
import { initialise } from "../../src/network/initialise.ts";
import type { TrainedStudent } from "../../src/network/trained.ts";
import type { Place } from "../../src/interop/zip-write.ts";

export function sourceOf(id: string, params: object, { easy = false, seed = 0 } = {}): Source {
  const family = familyById(id, everyFamily);
  return { family, instance: drawInstance(family, family.parse(params), seed), easy, seed };
}

/** A file in memory that pieces are placed in. */
export function memory(): { place: Place; bytes(): Uint8Array } {
  let held = new Uint8Array(1024);
  let size = 0;
  return {
    place(part, at) {
      if (at + part.length > held.length) {
        const larger = new Uint8Array(2 * (at + part.length));
        larger.set(held);
        held = larger;
      }
      held.set(part, at);
      size = Math.max(size, at + part.length);
    },
    bytes: () => held.slice(0, size),
  };
}

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A student of small sizes with fresh weights, as a training keeps one, whose labels have another unit. */
export function freshStudent({ family, instance }: Source, student: string): TrainedStudent {
  const sizes = { layers: 2, width: 32, readoutLayers: 1, pool: "mean" } as const;
  const network = studentOf(family, instance, { ...sizes, student });
  return {
    family: { id: family.id, params: instance.params.json },
    student,
    unit: { mean: 0.5, sd: 2 },
    architecture: network.architecture,
    shapes: network.weights,
    weights: initialise(network, keyFor("exported", student)),
  };
}

/** One small instance of every family. */
export const small: readonly (readonly [string, object])[] = [
  ["gnn-degree-parity", { n: 6 }],
  ["gnn-degree-parity", { n: 5, edges: "directed-loops" }],
  ["gnn-hidden-plane", { n: 3, d: 5, k: 4 }],
  ["cnn-hidden-plane", { group: "cyclic:6", k: 4, columns: 2 }],
  ["frame-parity", { group: "cyclic:6", k: 2 }],
  ["invariant-polynomial", { variables: 6, degree: 3 }],
];

/** Students that sort or orthogonalise what they read, which no graph does. */
const byProgram = ["canonical", "gram-schmidt", "oriented-gram-schmidt"];

/** Every student that becomes a graph, of these instances. */
export const graphStudents = small.flatMap(([id, params]) =>
  Object.keys(sourceOf(id, params).family.students)
    .filter(
      (student) => !byProgram.includes(student) && !(student.startsWith("unitary") && "edges" in params),
    )
    .map((student) => [id, params, student] as const),
);
