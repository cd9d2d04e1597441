/**
 * Gradients of the mean loss with all that noisy gradient descent needs to know of them: in closed form for one hidden
 * relu layer on Gaussian inputs, as a sum over a finite population, or as the mean over a fresh batch. In float64.
 */

import type { Samples } from "../../distribution/law.ts";
import { slice } from "../../distribution/samples.ts";
import { perExample } from "../../engine/train/per-example.ts";
import { weightCount, type Network } from "../../network/network.ts";
import { addReluGradient, reluInner, reluTrace, type ReluSum } from "../../numeric/relu-sum.ts";

/** What the expectations are over. */
export type Over = "closed-form" | "enumerated" | "fixed-set" | "batches";

export interface GradientAt {
  /** Mean loss: for the reader, no learner is shown it. */
  readonly loss: number;
  /** An entry a weight; 0 for those held at 0. */
  readonly gradient: Float64Array;
  /** tr K = sum_i ||d_i f_w||^2 over the weights that are trained. */
  readonly trace: number;
  /** Of `trace`, 0 where it is no estimate. */
  readonly traceError: number;
}

export interface GradientSource {
  readonly over: Over;
  /** Weights held at 0, by name: a projection like the ball's. */
  readonly held: readonly string[];
  /** At the step's weights, in one buffer. */
  at(step: number, weights: Float64Array): Promise<GradientAt>;
  dispose(): Promise<void>;
}

/** The losses whose gradient is a label-free part and one that is linear in f. */
export type CrossLoss = "squared" | "logistic";

/**
 * Value and slope in the prediction h of one example's loss; `crossed` false leaves out the part of the slope with y.
 */
function lossAt(loss: CrossLoss, h: number, y: number, crossed: boolean): [value: number, slope: number] {
  if (loss === "squared") return [(h - y) ** 2, 2 * (crossed ? h - y : h)];
  const value = Math.max(-y * h, 0) + Math.log1p(Math.exp(-Math.abs(h)));
  // -y / (1 + exp(y h)) = tanh(h / 2) / 2 - y / 2 for y = +-1
  return [value, (Math.tanh(h / 2) - (crossed ? y : 0)) / 2];
}

/** Examples with labels; probabilities absent: each as likely as any other. */
export interface Weighted {
  readonly samples: Samples;
  readonly labels: Float64Array;
  readonly probabilities?: Float64Array | undefined;
}

/** Numbers of per-example gradients held at once. */
const heldNumbers = 2 ** 23;

export interface SumOptions {
  readonly network: Network;
  readonly loss: CrossLoss;
  /** Whether the gradient has its cross term: false is the null run. */
  readonly crossed: boolean;
  /** Examples of a step, at most. */
  readonly count: number;
  /** The examples of a step. */
  readonly examples: (step: number) => Weighted;
}

/** Sums over examples: of a finite population, or of fresh batches, whose trace is then an estimate. */
export async function sumSource(
  over: Exclude<Over, "closed-form">,
  options: SumOptions,
): Promise<GradientSource> {
  const { network, loss, crossed, examples } = options;
  const size = weightCount(network);
  const chunk = Math.max(1, Math.min(options.count, Math.floor(heldNumbers / size)));
  const program = await perExample(network, chunk, { type: "float64" });
  return {
    over,
    held: [],
    async at(step, weights) {
      const { samples, labels, probabilities } = examples(step);
      const { count } = samples;
      const gradient = new Float64Array(size);
      const squares = new Float64Array(count); // |grad f_w(x)|^2
      let [mean, trace] = [0, 0];
      for (let from = 0; from < count; from += chunk) {
        const part = slice(samples, from, Math.min(from + chunk, count));
        const { predictions, gradients } = await program.run(weights, network.encode(part), part.count);
        const slopes = new Float64Array(part.count);
        for (let x = 0; x < part.count; x++) {
          const share = probabilities?.[from + x] ?? 1 / count;
          const [value, slope] = lossAt(loss, predictions[x], labels[from + x], crossed);
          mean += share * value;
          slopes[x] = share * slope;
        }
        for (let i = 0, at = 0; i < size; i++) {
          let sum = 0;
          for (let x = 0; x < part.count; x++, at++) {
            const g = gradients[at];
            sum += slopes[x] * g;
            squares[from + x] += g * g;
          }
          gradient[i] += sum;
        }
      }
      for (let x = 0; x < count; x++) trace += (probabilities?.[x] ?? 1 / count) * squares[x];
      const spread = squares.reduce((sum, v) => sum + (v - trace) ** 2, 0) / Math.max(1, count - 1);
      const traceError = over === "batches" ? Math.sqrt(spread / count) : 0;
      return { loss: mean, gradient, trace, traceError };
    },
    dispose: () => program.dispose(),
  };
}

export interface ClosedFormOptions {
  /** One hidden relu layer on the whole input, as its weights are listed: (d, width), (width), (width), (1). */
  readonly network: Network;
  /** The target's own form, divided by `spread` to have the norm 1. */
  readonly target: ReluSum;
  readonly spread: number;
  readonly crossed: boolean;
}

/** Squared loss, one hidden relu layer without biases, by the arc-cosine kernel. */
export function closedFormSource({ network, target, spread, crossed }: ClosedFormOptions): GradientSource {
  const [[hidden, [d, width]], [hiddenBias], [out], [outBias]] = Object.entries(network.weights);
  const at = { [hidden]: 0, [hiddenBias]: d * width, [out]: d * width + width };
  const size = d * width + 2 * width + 1;
  const own = reluInner(target, target) / spread ** 2;
  return {
    over: "closed-form",
    held: [hiddenBias, outBias],
    at(_, weights) {
      const vectors = new Float64Array(d * width);
      for (let j = 0; j < width; j++) for (let i = 0; i < d; i++) vectors[j * d + i] = weights[i * width + j];
      const f: ReluSum = { dimension: d, vectors, coefficients: weights.subarray(at[out], at[out] + width) };
      const slopes = { vectors: new Float64Array(d * width), coefficients: new Float64Array(width) };
      // the gradient of ||f||^2 is twice that of <f, g> at g = f, that of (f - y)^2's cross term -2 <y, d_i f>
      addReluGradient(f, f, 2, slopes);
      if (crossed) addReluGradient(f, target, -2 / spread, slopes);
      const gradient = new Float64Array(size);
      for (let j = 0; j < width; j++)
        for (let i = 0; i < d; i++) gradient[i * width + j] = slopes.vectors[j * d + i];
      gradient.set(slopes.coefficients, at[out]);
      const loss = reluInner(f, f) - (2 * reluInner(f, target)) / spread + own;
      return Promise.resolve({ loss, gradient, trace: reluTrace(f), traceError: 0 });
    },
    dispose: () => Promise.resolve(),
  };
}
