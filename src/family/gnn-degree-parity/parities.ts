/** The parity vector of `gnn-degree-parity`: pi_j = c_j mod 2, c_j the number of nodes of degree j. */

import type { Samples } from "../../distribution/law.ts";
import { degreesOf, largestDegree, sampleDegrees } from "../../distribution/erdos-renyi.ts";
import type { Parities } from "../parities.ts";
import { degreeParityLaw } from "./degree-law.ts";
import { exactUpTo } from "./evidence.ts";
import { counts, type DegreeParityHidden } from "./family.ts";
import { equivalentSets, type DegreeParityValues } from "./params.ts";

export const parities: Parities<DegreeParityValues, DegreeParityHidden> = {
  /** The span of (pi, 1) for undirected graphs has dimension n-1, for directed ones N+1. */
  size({ values }) {
    const columns = largestDegree(values) + 1;
    return { columns, dimension: values.edges === "undirected" ? values.n - 1 : columns };
  },
  sample(instance, key, count, easy) {
    const { values } = instance.params;
    const { n } = values;
    const columns = largestDegree(values) + 1;
    const degrees = sampleDegrees(key, values, count);
    const vectors = new Uint8Array(count * columns);
    for (let x = 0, at = 0; x < count; x++)
      for (const end = at + n; at < end; at++) vectors[x * columns + degrees[at]] ^= 1;
    const { set, bit } = parities.hidden(instance);
    const median = Number(instance.facts["median"]);
    const m = counts(degrees, n, set);
    const labels = new Int8Array(count);
    for (let x = 0; x < count; x++)
      labels[x] = easy ? Math.sign(m[x] - median + 0.5) : 1 - 2 * ((m[x] + bit) & 1);
    return { vectors, labels };
  },
  hidden({ params, hidden: { degrees, bit } }) {
    const set = new Uint8Array(largestDegree(params.values) + 1);
    for (const j of degrees) set[j] = 1;
    return { set, bit };
  },
  same(instance, found) {
    const { set } = parities.hidden(instance);
    const { edges } = instance.params.values;
    return equivalentSets(found.set, edges).some((s) => s.every((x, j) => x === set[j]));
  },
  shown: ({ set, bit }) => ({ degrees: Array.from(set.keys()).filter((j) => set[j] === 1), bit }),
  lawRefusal: ({ values: { edges, n } }) =>
    edges !== "undirected" || n > exactUpTo
      ? `it needs the exact law of the parity vector: undirected graphs with n up to ${exactUpTo}`
      : null,
  law: ({ values: { n, p } }, onProgress) => degreeParityLaw(n, p, onProgress),
  wordsOf(samples: Samples) {
    const { count, shape } = samples;
    const [n] = shape;
    const words = new Int32Array(count);
    const degrees = degreesOf(samples);
    for (let x = 0, at = 0; x < count; x++) for (let j = 0; j < n; j++, at++) words[x] ^= 1 << degrees[at];
    return words;
  },
};
