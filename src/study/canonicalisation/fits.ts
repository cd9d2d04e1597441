/**
 * Least squares in polynomials of degree 3 of four uniform variables: as they are (35), averaged over all permutations
 * (7), and of the sorted variables (35 again: sorted points fill an open set, where no polynomial is lost).
 *
 * Where the class has p parameters and misses the target by b^2, N examples with noise s^2 leave an expected error of
 * about b^2 + (s^2 + b^2) p / (N - p - 1).
 */

import { foldIn, normals, stream, uniforms, type Key } from "../../base/random.ts";
import { deviation, mean } from "../../base/statistics.ts";
import { combined, lowDegreeFeatures } from "../../learner/low-degree-features.ts";
import { factorise, solveFactorised } from "../../numeric/cholesky.ts";
import { legendre } from "../../numeric/orthonormal.ts";
import { parseGroup } from "../../symmetry/groups.ts";
import type { Contrast } from "./study.ts";

const variables = 4;
const degree = 3;
/** Examples from which biases are computed, and on which errors are measured. */
const population = 20_000;
const testPoints = 5000;

type Model = Contrast["curves"][number]["model"];
type Points = Float64Array;

/** Values of p functions at points: function f at f * points + i. */
interface Basis {
  readonly parameters: number;
  values(x: Points): Float64Array;
}

const polynomials = (group: string): Basis => {
  const { count, values } = lowDegreeFeatures(
    {
      dimension: variables,
      vectors: 1,
      law: legendre,
      degree,
      generators: parseGroup(group).generators,
      read: ({ data }) => Float64Array.from(data),
    },
    1000,
  );
  return { parameters: count, values };
};

const plain = polynomials(`trivial:${variables}`);
const symmetric = polynomials(`symmetric:${variables}`);

function sorted(x: Points): Points {
  const out = Float64Array.from(x);
  for (let at = 0; at < out.length; at += variables) out.subarray(at, at + variables).sort();
  return out;
}

const models: Readonly<Record<Model, Basis>> = {
  none: plain,
  averaged: symmetric,
  canonicalised: { parameters: plain.parameters, values: (x) => plain.values(sorted(x)) },
};

/** Functions that permutations leave alone: one in the averages' span, two that only sorted variables make simple. */
const targets: Readonly<Record<string, (x: Points, key: Key) => Float64Array>> = {
  "invariant cubic": (x, key) => {
    const coefficients = normals(foldIn(key, "cubic"), new Float64Array(symmetric.parameters));
    return combined(symmetric.values(x), coefficients);
  },
  "2 x middle gap": (x) => {
    const s = sorted(x);
    return Float64Array.from({ length: x.length / variables }, (_, i) => 2 * (s[4 * i + 2] - s[4 * i + 1]));
  },
  "4 x largest": (x) => {
    const s = sorted(x);
    return Float64Array.from({ length: x.length / variables }, (_, i) => 4 * s[4 * i + 3]);
  },
};

const drawPoints = (key: Key, count: number): Points =>
  uniforms(key, new Float64Array(count * variables)).map((u) => 2 * u - 1);

/** Least squares for several labels of the same examples. @throws RangeError where the examples do not determine it */
function fit(values: Float64Array, labels: readonly Float64Array[]): Float64Array[] {
  const count = labels[0].length;
  const p = values.length / count;
  const gram = new Float64Array(p * p);
  for (let f = 0; f < p; f++)
    for (let g = 0; g <= f; g++) gram[f * p + g] = product(values, f, values, g, count);
  if (!factorise(gram, p)) throw new RangeError(`${count} examples do not determine ${p} parameters`);
  return labels.map((y) =>
    solveFactorised(
      gram,
      p,
      Float64Array.from({ length: p }, (_, f) => product(values, f, y, 0, count)),
    ),
  );
}

/** The inner product of rows of `count` numbers. */
function product(a: Float64Array, rowA: number, b: Float64Array, rowB: number, count: number): number {
  let sum = 0;
  for (let i = 0, p = rowA * count, q = rowB * count; i < count; i++, p++, q++) sum += a[p] * b[q];
  return sum;
}

const squaredError = (values: Float64Array, weights: Float64Array, truth: Float64Array): number =>
  mean(Array.from(combined(values, weights), (h, i) => (h - truth[i]) ** 2));

const expected = (biasSquared: number, p: number, noise: number, samples: number): number =>
  biasSquared + ((noise ** 2 + biasSquared) * p) / (samples - p - 1);

export interface FitOptions {
  readonly samples: readonly number[];
  readonly repetitions: number;
  /** Standard deviation of the labels' noise. */
  readonly noise: number;
}

/** For every target a curve of every model; all see the same examples. */
export function contrastsOf(key: Key, options: FitOptions): Contrast[] {
  const truths = (x: Points): Float64Array[] => Object.values(targets).map((truth) => truth(x, key));
  const byModel = (Object.keys(models) as Model[]).map((model) => curvesOf(model, truths, key, options));
  return Object.keys(targets).map((target, t) => {
    const curves = byModel.map((of) => of[t]);
    const of = (model: Model) => curves.find((c) => c.model === model)!;
    const [averaged, canonicalised] = [of("averaged"), of("canonicalised")];
    return {
      target,
      curves,
      crossover: {
        predicted: predictedCrossing(averaged, canonicalised, options.noise),
        measured: measuredCrossing(averaged.points, canonicalised.points),
      },
    };
  });
}

type Curve = Contrast["curves"][number];

/** A model's curves, one a target. */
function curvesOf(
  model: Model,
  truths: (x: Points) => Float64Array[],
  key: Key,
  { samples, repetitions, noise }: FitOptions,
): Curve[] {
  const { parameters, values } = models[model];
  const large = drawPoints(foldIn(key, "population"), population);
  const [largeValues, largeTruths] = [values(large), truths(large)];
  const biases = fit(largeValues, largeTruths).map(
    (best, t) => (squaredError(largeValues, best, largeTruths[t]) * population) / (population - parameters),
  );
  const test = drawPoints(foldIn(key, "test"), testPoints);
  const [testValues, testTruths] = [values(test), truths(test)];
  /** Errors of one repetition, one a target. */
  const errors = (count: number, repetition: number): number[] => {
    const own = foldIn(foldIn(key, count), repetition);
    const x = drawPoints(own, count);
    const { normal } = stream(foldIn(own, "noise"));
    const added = Float64Array.from({ length: count }, () => noise * normal());
    const labels = truths(x).map((truth) => truth.map((v, i) => v + added[i]));
    return fit(values(x), labels).map((weights, t) => squaredError(testValues, weights, testTruths[t]));
  };
  const risks = samples.map((count) =>
    Array.from({ length: repetitions }, (_, repetition) => errors(count, repetition)),
  );
  return biases.map((biasSquared, t) => ({
    model,
    parameters,
    biasSquared,
    points: samples.map((count, s) => {
      const own = risks[s].map((of) => of[t]);
      return {
        samples: count,
        risk: mean(own),
        standardError: deviation(own) / Math.sqrt(repetitions),
        predicted: expected(biasSquared, parameters, noise, count),
      };
    }),
  }));
}

/** The number of examples at which both are expected to be equally wrong, by bisection. */
function predictedCrossing(averaged: Curve, canonicalised: Curve, noise: number): number | null {
  const ahead = (samples: number): number =>
    expected(averaged.biasSquared, averaged.parameters, noise, samples) -
    expected(canonicalised.biasSquared, canonicalised.parameters, noise, samples);
  let [low, high] = [canonicalised.parameters + 2, 1e7];
  if (ahead(high) <= 0) return null;
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (ahead(middle) > 0) high = middle;
    else low = middle;
  }
  return high;
}

/** Where the measured curves cross, between two numbers of examples on a logarithmic scale. */
function measuredCrossing(averaged: Curve["points"], canonicalised: Curve["points"]): number | null {
  const gaps = averaged.map(({ samples, risk }, i) => ({
    at: Math.log(samples),
    gap: Math.log(risk / canonicalised[i].risk),
  }));
  const after = gaps.findIndex((_, i) => gaps.slice(i).every(({ gap }) => gap > 0));
  if (after < 1) return null;
  const [a, b] = [gaps[after - 1], gaps[after]];
  return Math.exp(a.at + ((b.at - a.at) * a.gap) / (a.gap - b.gap));
}
