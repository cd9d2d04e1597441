/** Inner products of degree parities: <chi_S, chi_T> = E chi_{S xor T}. */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { characterMeans, directedCharacterMean, largestCharacterOrder } from "./degree-character.ts";
import { largestDegree, sampleDegrees, type GraphLaw } from "../../distribution/erdos-renyi.ts";
import type { Gram } from "../../query/gram.ts";

const degreeSets = z.strictObject({
  n: integer(3, 10_000),
  edges: z.prefault(z.enum(["undirected", "directed", "directed-loops"]), "undirected"),
  p: z.prefault(z.number().check(z.gt(0), z.lt(1)), 0.5),
  members: z.array(z.array(integer(0, 10_000))).check(z.minLength(1), z.maxLength(2000)),
});

/**
 * @param document `{"n", "edges", "p", "members": [[degrees], ...]}`
 * @throws InputError for a document that does not fit
 */
export function gram(document: unknown): Gram {
  const { n, edges, p, members } = parseWith(degreeSets, document, "members file");
  const law: GraphLaw = { n, edges, p };
  const largest = largestDegree(law);
  const sets = members.map((list, i) => {
    const set = new Set(list);
    const where = `members.${i}`;
    for (const j of list)
      if (j > largest)
        reject({ where, what: `${j} is no degree of a graph on ${n} nodes`, allowed: `0 to ${largest}` });
    if (set.size < list.length)
      reject({ where, what: "a degree is listed twice", allowed: "distinct degrees" });
    return set;
  });
  // each difference once, by its sorted degrees
  const differences = new Map<string, number[]>();
  const names = sets.map((s) =>
    sets.map((t) => {
      const difference = [...s].filter((j) => !t.has(j)).concat([...t].filter((j) => !s.has(j)));
      const name = difference.sort((a, b) => a - b).join(",");
      if (!differences.has(name)) differences.set(name, difference);
      return name;
    }),
  );
  const { method, means, errors } = meansOf(law, [...differences.values()]);
  const at = new Map([...differences.keys()].map((name, i) => [name, i]));
  const table = (values: ArrayLike<number>): number[][] =>
    names.map((row) => row.map((name) => values[at.get(name)!]));
  return {
    schema: "equihard.gram/1",
    method,
    gram: table(means),
    ...(errors === undefined ? {} : { standardErrors: table(errors) }),
  };
}

interface Means {
  readonly method: Gram["method"];
  readonly means: ArrayLike<number>;
  readonly errors?: ArrayLike<number>;
}

function meansOf(law: GraphLaw, sets: readonly (readonly number[])[]): Means {
  if (law.edges !== "undirected")
    return { method: "closed-form", means: sets.map((s) => directedCharacterMean(law, s).value) };
  if (law.n <= largestCharacterOrder) {
    const masks = sets.map((s) => s.reduce((mask, j) => mask + 2 ** j, 0));
    const { values } = characterMeans(law.n, law.p, masks);
    // E 1 = 1 exactly
    return { method: "exact", means: values.map((x, i) => (sets[i].length === 0 ? 1 : x)) };
  }
  return sampledMeans(law, sets);
}

function sampledMeans(law: GraphLaw, sets: readonly (readonly number[])[]): Means {
  const { n } = law;
  const samples = Math.max(
    100,
    Math.min(100_000, Math.floor(4e8 / (n * n)), Math.floor(4e9 / (n * sets.length))),
  );
  const degrees = sampleDegrees(keyFor("gram samples", law), law, samples);
  const inside = new Uint8Array(n);
  const means = sets.map((set) => {
    inside.fill(0);
    for (const j of set) inside[j] = 1;
    let sum = 0;
    for (let at = 0; at < degrees.length;) {
      let odd = 0;
      for (const end = at + n; at < end; at++) odd ^= inside[degrees[at]];
      sum += 1 - 2 * odd;
    }
    return sum / samples;
  });
  return { method: "monte-carlo", means, errors: means.map((x) => Math.sqrt((1 - x * x) / (samples - 1))) };
}
