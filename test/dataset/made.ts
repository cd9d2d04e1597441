/** Sources of data sets, and what is written of them, for the tests. */

import { createHash } from "node:crypto";
import { drawInstance } from "../../src/family/draw.ts";
import { everyFamily } from "../../src/family/neighbours.ts";
import { familyById } from "../../src/family/registry.ts";
import type { Source } from "../../src/dataset/examples.ts";
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

/** One small instance of every family. */
export const small: readonly (readonly [string, object])[] = [
  ["gnn-degree-parity", { n: 6 }],
  ["gnn-degree-parity", { n: 5, edges: "directed-loops" }],
  ["gnn-hidden-plane", { n: 3, d: 5, k: 4 }],
  ["cnn-hidden-plane", { group: "cyclic:6", k: 4, columns: 2 }],
  ["frame-parity", { group: "cyclic:6", k: 2 }],
  ["invariant-polynomial", { variables: 6, degree: 3 }],
];
