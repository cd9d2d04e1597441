/**
 * Gradient descent in which every entry of the gradient is an answer of a correlational oracle (section 1 of the
 * design's mathematics): of the squared loss (N_w - y)^2 the i-th entry is 2 E[N_w d_i N_w] - 2 E[y d_i N_w], the first
 * label-free and exact, the second the query h_i = d_i N_w. T steps with P weights ask T P queries. Nothing but the
 * oracle's functions knows the target, and whatever holds for all its valid answers, honest or adversarial, holds for
 * this learner.
 */

import { lawOf } from "../family/instance.ts";
import { foldIn, keyFor } from "../base/random.ts";
import type { Samples } from "../distribution/law.ts";
import { pack, totalSize, unpack } from "../engine/train/flat.ts";
import { createPredictor } from "../engine/train/predictor.ts";
import { createUpdate } from "../engine/train/update.ts";
import { studentOf } from "../family/family.ts";
import { initialise } from "../network/initialise.ts";
import type { Network, Weights } from "../network/network.ts";
import type { Correlations, Oracle, QueryBlock } from "../query/oracle/oracle.ts";
import { CHUNK, NotFinite, samplePopulation } from "../query/oracle/population.ts";
import { populationOracle } from "../query/oracle/target-oracle.ts";
import { evaluate } from "./evaluate.ts";
import { stepQueries } from "./gradient-queries.ts";
import { defineLearner, divergence } from "./learner.ts";

/** What descends through an oracle: a network from its initial weights. */
export interface DescentOptions {
  readonly network: Network;
  /** Initial weights. */
  readonly weights: Weights;
  readonly steps: number;
  /** Learning rate of Adam. */
  readonly lr: number;
  /** Called after each step; false ends the descent. */
  readonly onStep?: (step: number) => boolean;
}

/** A hypothesis: predictions on any samples. */
export interface Hypothesis {
  readonly weights: Weights;
  /** Its last step led to weights whose predictions or gradients are not finite: they predict nothing. */
  readonly diverged: boolean;
  predict(samples: Samples): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Descends through the oracle alone. */
export async function descend(oracle: Oracle, options: DescentOptions): Promise<Hypothesis> {
  const { network, steps, lr, onStep } = options;
  const size = totalSize(network.weights);
  let weights = new Float32Array(size);
  pack(network.weights, options.weights, weights);
  const queries = stepQueries(network, size, () => weights);
  const update = await createUpdate("adam", size);
  let diverged = false;
  for (let step = 1; step <= steps; step++) {
    const answers = await ask(oracle, queries.block);
    diverged = answers === null;
    if (answers === null) break;
    const { free, values, norms } = answers;
    const gradient = Float32Array.from(values, (v, i) => 2 * (free[i] - v * norms[i]));
    weights = (await update.step(weights, gradient, lr)) as Float32Array<ArrayBuffer>;
    queries.stepped();
    if (onStep?.(step) === false) break;
  }
  await Promise.all([update.dispose(), queries.dispose()]);
  const predictor = createPredictor({ network, predictBatch: CHUNK });
  return {
    weights: unpack(network.weights, weights),
    diverged,
    predict: (samples) => predictor.predict(weights, network.encode(samples), samples.count),
    dispose: () => predictor.dispose(),
  };
}

/** A step's answers; null where what is asked about is not finite. */
async function ask(oracle: Oracle, block: QueryBlock): Promise<Required<Correlations> | null> {
  try {
    return (await oracle.correlations(block)) as Required<Correlations>;
  } catch (error) {
    if (error instanceof NotFinite) return null;
    throw error;
  }
}

const STEPS = 200;
const LEARNING_RATE = 0.02;
const WIDTH = 16;
const POPULATION = 4096;
const TEST_SAMPLES = 20_000;

export const csqGradientDescent = defineLearner({
  id: "csq-gradient-descent",
  summary: "gradient descent whose every gradient entry is an oracle's answer, with uniform noise within tau",
  references: ["kingma2015", "he2015"],
  access: "CSQ oracle",
  rows: [{ label: "gradient descent, oracle", effort: "laptop" }],
  options: ["tau"],
  budget: `${STEPS} steps of Adam, one query a weight and step; width ${WIDTH}`,
  refusal: () => null,
  async learn({ family, instance, easy, seed, options, signal, onProgress, judged }) {
    const target = easy ? instance.easy : instance.hard;
    const signs = instance.labels === "sign";
    const mean = signs ? 0 : target.mean.value;
    const sd = signs ? 1 : Math.sqrt(Math.max(target.secondMoment.value - mean * mean, 1e-300));
    const label = (samples: Samples) => target.label(samples).map((y) => (y - mean) / sd);
    const population = samplePopulation(
      lawOf(instance, target),
      foldIn(instance.key, "oracle population"),
      POPULATION,
    );
    const oracle = populationOracle({ label, signs }, population, {
      tolerance: options.tau,
      noise: "uniform",
      key: foldIn(instance.key, "oracle"),
    });
    const architecture = { layers: 2, width: WIDTH, readoutLayers: 1, pool: "mean" as const };
    const network = studentOf(family, instance, architecture);
    const hypothesis = await descend(oracle, {
      network,
      weights: initialise(network, keyFor("initial weights", network.architecture, seed)),
      steps: STEPS,
      lr: LEARNING_RATE,
      onStep: (step) => {
        onProgress?.(`step ${step}/${STEPS}`, step / STEPS);
        return signal?.aborted !== true;
      },
    });
    signal?.throwIfAborted(); // half a descent is no outcome
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const { diverged } = hypothesis;
    const predictions = (await hypothesis.predict(test)).map((h) => (diverged ? NaN : mean + sd * h));
    await hypothesis.dispose();
    const final = evaluate(predictions, target.label(test), instance.labels, target.mean, judged);
    return {
      queries: oracle.asked(),
      samples: null,
      final: { ...final },
      recovered: null,
      exact: final.accuracy === 1,
      details: {
        tolerance: options.tau,
        population: POPULATION,
        ...divergence(diverged || final.loss === null).details,
      },
    };
  },
});
