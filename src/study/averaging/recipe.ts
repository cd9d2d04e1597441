/**
 * Averages of a hidden parity over m of the group's elements, against the average over all.
 *
 * With the elements drawn without replacement and U g = f o g^-1, for every f: E||A_m f - P f||^2 =
 * ||(1 - P) f||^2 (|G| - m) / (m (|G| - 1)). A parity's images are orthogonal, so ||P f||^2 = ||f||^2 / |orbit|, and
 * relative to it the error is (|orbit| - 1)(|G| - m) / (m (|G| - 1)).
 */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, normals, stream, type Key } from "../../base/random.ts";
import { range } from "../../base/range.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { deviation, mean } from "../../base/statistics.ts";
import { parityNormSquared, parityValues } from "../../family/frame-parity/relu-parity.ts";
import { requireSubset } from "../../symmetry/actions.ts";
import { listElements } from "../../symmetry/chain.ts";
import { parseGroup } from "../../symmetry/groups.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { AveragingCase } from "./study.ts";

const mostElements = 1000;

const schema = z.strictObject({
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  inputs: integer(2, 1_000_000),
  cases: z.array(
    z.strictObject({
      group: z.string().check(z.maxLength(200)),
      subset: z.array(integer(0, 1000)).check(z.minLength(2), z.maxLength(12)),
    }),
  ),
});

export const averagingComplexity: Recipe = async (given, { signal, onProgress }) => {
  const { seed, inputs, cases } = parseWith(schema, given, "averaging complexity");
  const key = keyFor("averaging complexity", seed);
  const found: AveragingCase[] = [];
  for (const [i, { group, subset }] of cases.entries()) {
    signal?.throwIfAborted();
    onProgress?.(`averages over ${group}`, i / cases.length);
    found.push(averaged(foldIn(key, i), group, subset, inputs));
  }
  return { cases: found };
};

function averaged(key: Key, name: string, subset: readonly number[], inputs: number): AveragingCase {
  const group = parseGroup(name);
  const k = subset.length;
  if (k % 2 === 1)
    reject({ where: "subset", what: `has ${k} points`, allowed: "an even number: others have no parity" });
  const set = requireSubset(subset, group.degree);
  const elements = listElements(group.chain(), mostElements, `averages over ${name}`);
  const images = elements.map((g) => set.map((p) => g[p]));
  const orbit = new Set(images.map((image) => image.toSorted().join())).size;
  const order = elements.length;
  const norm = parityNormSquared(k) / orbit;

  const value = parityValues(k, "parity");
  const x = normals(foldIn(key, "inputs"), new Float64Array(inputs * group.degree));
  const values = images.map((image) =>
    Float64Array.from({ length: inputs }, (_, e) => value(x, e * group.degree, image)),
  );
  const whole = Float64Array.from({ length: inputs }, (_, e) => mean(values.map((v) => v[e])));
  const errors = (part: Key, m: number, repeated: boolean): number[] => {
    const draw = drawn(part, order, repeated);
    return Array.from(whole, (all, e) => (mean(draw(m).map((g) => values[g][e])) - all) ** 2 / norm);
  };
  return {
    group: name,
    order,
    subset: Array.from(set),
    orbit,
    points: countsUpTo(order).map((m) => {
      const without = errors(foldIn(foldIn(key, "without"), m), m, false);
      return {
        elements: m,
        exact: ((orbit - 1) * (order - m)) / (m * (order - 1)),
        simulated: mean(without),
        standardError: deviation(without) / Math.sqrt(inputs),
        withReplacement: mean(errors(foldIn(foldIn(key, "with"), m), m, true)),
      };
    }),
  };
}

/** Draws m of 0..order-1, with replacement or without. */
function drawn(key: Key, order: number, repeated: boolean): (m: number) => number[] {
  const { below } = stream(key);
  const pool = range(order);
  return (m) => {
    if (repeated) return Array.from({ length: m }, () => below(order));
    for (let i = 0; i < m; i++) {
      const j = i + below(order - i);
      [pool[i], pool[j]] = [pool[j], pool[i]];
    }
    return pool.slice(0, m);
  };
}

/** Powers of two, three quarters of the group, all of it. */
const countsUpTo = (order: number): number[] => {
  const powers = Array.from({ length: 1 + Math.floor(Math.log2(order)) }, (_, i) => 2 ** i);
  return [...new Set([...powers, Math.floor((3 * order) / 4), order])].sort((a, b) => a - b);
};
