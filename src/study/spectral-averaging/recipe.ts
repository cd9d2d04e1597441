/**
 * Random invariant targets of a fixed degree over the cube [-1, 1]^n, fitted by plain means of y times orthonormal
 * functions. Means over monomial orbits are the projection on the invariant functions: found by the generators alone,
 * they are the average over all elements to the last digits. The expected squared error is about the number of
 * functions over N, so that the symmetry saves the factor dim V / dim V^G in examples; a little less where the labels'
 * noise is small, as the target's square goes with the invariant functions' own.
 */

import * as z from "zod/mini";
import { foldIn, keyFor, normals, stream, uniforms, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import type { InputVectors } from "../../family/vectors.ts";
import { elements as elementsOf, groupKernel, predict } from "../../learner/kernel-ridge.ts";
import { combined, lowDegreeFeatures, type Features } from "../../learner/low-degree-features.ts";
import { legendre } from "../../numeric/orthonormal.ts";
import { bestRidge } from "../../numeric/ridge.ts";
import { actInversely } from "../../symmetry/actions.ts";
import { parseGroup, type PermutationGroup } from "../../symmetry/groups.ts";
import type { Permutation } from "../../symmetry/permutation.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { SpectralGroup, SpectralTimes } from "./study.ts";

const schema = z.strictObject({
  groups: z.array(z.string().check(z.maxLength(200))).check(z.minLength(1)),
  degree: integer(1, 6),
  samples: z.array(integer(10, 1_000_000)).check(z.minLength(1)),
  /** Kernel ridge regression is run up to this number of examples. */
  kernelSamples: integer(0, 2000),
  /** Test points of predictions and times. */
  points: integer(1, 100_000),
  noise: z.number().check(z.gte(0), z.lt(1000)),
  seeds: z.array(integer(0, Number.MAX_SAFE_INTEGER)).check(z.minLength(1)),
});
type Spec = z.output<typeof schema>;

const featuresLimit = 5000;

export const spectralAveraging: Recipe = async (given, { signal, onProgress }) => {
  const spec = parseWith(schema, given, "spectral averaging");
  const groups: SpectralGroup[] = [];
  const times: SpectralTimes = [];
  for (const name of spec.groups) {
    signal?.throwIfAborted();
    onProgress?.(name, groups.length / spec.groups.length);
    const { found, timed } = compared(name, spec);
    groups.push(found);
    times.push({ group: name, ...timed });
  }
  return { groups, measurement: { times } };
};

interface Setting {
  readonly group: PermutationGroup;
  readonly vectors: InputVectors;
  readonly plain: Features;
  readonly invariant: Features;
  /** All elements, null where there are too many. */
  readonly all: readonly Permutation[] | null;
}

function settingOf(name: string, degree: number): Setting {
  const group = parseGroup(name);
  const vectors: InputVectors = {
    dimension: group.degree,
    vectors: 1,
    law: legendre,
    degree,
    generators: group.generators,
    read: ({ data }) => Float64Array.from(data),
  };
  return {
    group,
    vectors,
    plain: lowDegreeFeatures({ ...vectors, generators: [] }, featuresLimit),
    invariant: lowDegreeFeatures(vectors, featuresLimit),
    all: elementsOf(group.generators, group.degree),
  };
}

function compared(name: string, spec: Spec) {
  const setting = settingOf(name, spec.degree);
  const { group, plain, invariant, all } = setting;
  const key = keyFor("spectral averaging", name);
  const runs = spec.seeds.map((seed) => ofSeed(foldIn(key, seed), setting, spec));
  const found: SpectralGroup = {
    group: name,
    order: Number(group.order()),
    generators: group.generators.length,
    functions: plain.count,
    invariant: invariant.count,
    samples: spec.samples.map((samples, s) => ({
      samples,
      plain: runs.map((r) => r.errors[s].plain),
      invariant: runs.map((r) => r.errors[s].invariant),
      kernel: runs[0].errors[s].kernel === null ? null : runs.map((r) => r.errors[s].kernel ?? NaN),
    })),
    averagedDifference: all === null ? null : Math.max(...runs.map((r) => r.difference ?? 0)),
  };
  const last = runs[runs.length - 1];
  return { found, timed: last.timed };
}

/** Coefficients of the invariant target, all of its degree exactly, of norm 1. */
function targetOf(key: Key, { eigenspaces, count }: Features): Float64Array {
  const top = eigenspaces[eigenspaces.length - 1].invariant;
  const drawn = normals(key, new Float64Array(top));
  const norm = Math.sqrt(drawn.reduce((sum, c) => sum + c * c, 0));
  return Float64Array.from({ length: count }, (_, f) =>
    f < count - top ? 0 : drawn[f - count + top] / norm,
  );
}

const pointsOf = (key: Key, count: number, n: number): Float64Array =>
  uniforms(key, new Float64Array(count * n)).map((u) => 2 * u - 1);

/** Mean of y times each function. */
const meansOf = (values: Float64Array, y: Float64Array): Float64Array =>
  Float64Array.from({ length: values.length / y.length }, (_, f) =>
    y.reduce((sum, v, i) => sum + (v * values[f * y.length + i]) / y.length, 0),
  );

const squared = (a: Float64Array, b: Float64Array): number => mean(Array.from(a, (x, i) => (x - b[i]) ** 2));

function timedBy<T>(work: () => T): { readonly seconds: number; readonly value: T } {
  const start = performance.now();
  const value = work();
  return { seconds: (performance.now() - start) / 1000, value };
}

function ofSeed(key: Key, setting: Setting, spec: Spec) {
  const { group, plain, invariant, all } = setting;
  const n = group.degree;
  const target = targetOf(foldIn(key, "target"), invariant);
  const test = pointsOf(foldIn(key, "test"), spec.points, n);
  const truth = combined(invariant.values(test), target);
  const fits = spec.samples.map((samples) => {
    const own = foldIn(key, samples);
    const x = pointsOf(own, samples, n);
    const { normal } = stream(foldIn(own, "noise"));
    const y = combined(invariant.values(x), target).map((v) => v + spec.noise * normal());
    return { x, y, plain: meansOf(plain.values(x), y), invariant: meansOf(invariant.values(x), y) };
  });
  const kernels = fits.map((f) =>
    f.y.length <= spec.kernelSamples && all !== null
      ? timedBy(() => kernelPredictions(setting, all, f.x, f.y, test))
      : null,
  );
  const last = fits[fits.length - 1];
  const byGenerators = timedBy(() => combined(invariant.values(test), last.invariant));
  const byElements = all === null ? null : timedBy(() => averaged(plain, last.plain, all, test));
  return {
    errors: fits.map((f, i) => {
      const kernel = kernels[i];
      return {
        // functions are orthonormal: errors are those of the coefficients
        invariant: f.invariant.reduce((sum, c, a) => sum + (c - target[a]) ** 2, 0),
        plain: squared(combined(plain.values(test), f.plain), truth),
        kernel: kernel === null ? null : squared(kernel.value, truth),
      };
    }),
    difference:
      byElements === null
        ? null
        : byElements.value.reduce((worst, v, i) => Math.max(worst, Math.abs(v - byGenerators.value[i])), 0),
    timed: {
      invariant: byGenerators.seconds,
      averaged: byElements?.seconds ?? null,
      kernel: kernels.find((k) => k !== null)?.seconds ?? null,
    },
  };
}

/** The plain fit, averaged over every element of the group at every point. */
function averaged(
  plain: Features,
  weights: Float64Array,
  all: readonly Permutation[],
  points: Float64Array,
): Float64Array {
  const n = all[0].length;
  const out = new Float64Array(points.length / n);
  const moved = new Float64Array(points.length);
  for (const g of all) {
    for (let at = 0; at < points.length; at += n)
      actInversely(g, points.subarray(at, at + n), moved.subarray(at, at + n));
    combined(plain.values(moved), weights).forEach((v, i) => (out[i] += v / all.length));
  }
  return out;
}

/** Kernel ridge regression with the kernel averaged over the group, its penalty chosen on a fifth of the examples. */
function kernelPredictions(
  { vectors }: Setting,
  all: readonly Permutation[],
  x: Float64Array,
  y: Float64Array,
  test: Float64Array,
): Float64Array {
  const n = vectors.dimension;
  const size = y.length - Math.floor(y.length / 5);
  const [fitted, left] = [x.subarray(0, size * n), x.subarray(size * n)];
  const kernel = (a: Float64Array): Float64Array => groupKernel(vectors, all, a, fitted);
  const leftKernel = kernel(left);
  const { solution } = bestRidge(kernel(fitted), y.slice(0, size), (c) =>
    squared(predict(leftKernel, c, y.length - size), y.subarray(size)),
  );
  return predict(kernel(test), solution, test.length / n);
}
