/**
 * Statistical-query oracles behind one interface (section 1 of the design's mathematics; Kearns 1998 for SQ). A
 * learner gets an `Oracle` and nothing else of the target: an object of functions and numbers, the target enclosed in
 * none of its properties.
 */

import { reject } from "../../base/errors.ts";
import type { Samples } from "../../distribution/law.ts";

/** Functions of the input, by their values. */
export interface FunctionBlock {
  readonly count: number;
  /** Their values on the samples, row-major (function, sample); the next call may overwrite them. */
  on(samples: Samples): Float32Array | Promise<Float32Array>;
}

/** Functions asked about together, such as the entries of a gradient. */
export interface QueryBlock extends FunctionBlock {
  /** Label-free functions g_i, whose expectations are wanted with the answers: exact, and for nothing. */
  readonly free?: FunctionBlock;
  /**
   * The same for an oracle that only sums, where values of single samples are dearer than their sums, to 32 bits, and
   * all of one evaluation.
   */
  readonly sums?: BlockSums;
}

/**
 * Sums over samples x for every query of a block, by two factors a sample: c(x), which the signal is in, and p(x), how
 * much the sample counts.
 */
export type BlockSums = (
  samples: Samples,
  factors: { readonly signal: Float32Array; readonly share: Float32Array },
) => Promise<{
  /** sum_x c(x) h_i(x). */
  readonly inner: Float64Array;
  /** sum_x p(x) h_i(x)^2. */
  readonly squares: Float64Array;
  /** sum_x p(x) g_i(x), where the block has label-free functions. */
  readonly free?: Float64Array;
}>;

/** Queries phi(x, y) in [-1, 1] of inputs and labels +-1, by their values at either label. */
export interface StatisticBlock {
  readonly count: number;
  /** phi(x, +1) and phi(x, -1) on the samples, each row-major (query, sample). */
  on(samples: Samples): { readonly plus: Float32Array; readonly minus: Float32Array };
}

/** Answers to the queries of a block, in their order. */
export interface Correlations {
  /** v_i with |v_i - <h_i / ||h_i||, f>| <= tolerance; 0 where h_i = 0. */
  readonly values: Float64Array;
  /** ||h_i|| under the oracle's law: v_i ||h_i|| stands for <h_i, f>. */
  readonly norms: Float64Array;
  /** Expectations of the block's label-free functions, exact for the oracle's law; absent where it has none. */
  readonly free?: Float64Array;
}

/** What a learner of statistical queries asks instead of looking at examples. */
export interface Oracle {
  readonly tolerance: number;
  /** Queries asked so far: correlations and statistics; label-free expectations cost nothing. */
  asked(): number;
  /** CSQ: correlations with the target, every query scaled to norm 1 under the oracle's law. */
  correlations(block: QueryBlock): Promise<Correlations>;
  /**
   * SQ: answers within the tolerance of E phi(x, f(x)). With labels +-1, phi is a label-free part plus phi_1 y, phi_1 =
   * (phi(x, +1) - phi(x, -1)) / 2; the first is answered exactly.
   * @throws RangeError if a value leaves [-1, 1], or where labels are not +-1
   */
  statistics(block: StatisticBlock): Promise<Float64Array>;
  /** Label-free expectations E h, exact for the oracle's law. */
  expectations(block: FunctionBlock): Promise<Float64Array>;
}

/** What a responder says of a block. */
export interface Response {
  /** Of each query h_i, something within the tolerance of <h_i, f>. */
  readonly inner: Float64Array;
  readonly norms: Float64Array;
  /** Expectations of the block's label-free functions, where they came by the way. */
  readonly free?: Float64Array;
}

/** What answers: given the true <h_i, f> for candidate targets, or how to come by them. */
export interface Responder {
  readonly tolerance: number;
  /** Labels are +-1, so that statistics make sense. */
  readonly signs: boolean;
  /**
   * Answers within `tolerance * scales[i]` of <h_i, f>, the queries given with their norms; `scales[i]` is the norm for
   * correlations and 1 for statistics.
   */
  respond(block: QueryBlock, scale: "norm" | "one"): Promise<Response>;
  expectations(block: FunctionBlock): Promise<Float64Array>;
}

/**
 * The oracle that a responder makes: counting, scaling, and statistics by way of correlations.
 * @throws InputError for a tolerance that is no finite number, or negative
 */
export function oracleOf(responder: Responder): Oracle {
  const { tolerance, signs } = responder;
  if (!Number.isFinite(tolerance) || tolerance < 0)
    reject({
      where: "oracle",
      what: `the tolerance is ${tolerance}`,
      allowed: "a finite number, at least 0",
    });
  let asked = 0;
  return Object.freeze({
    tolerance,
    asked: () => asked,
    async correlations(block: QueryBlock) {
      asked += block.count;
      const { inner, norms, free } = await responder.respond(block, "norm");
      const values = inner.map((x, i) => (norms[i] > 0 ? x / norms[i] : 0));
      if (block.free === undefined) return { values, norms };
      return { values, norms, free: free ?? (await responder.expectations(block.free)) };
    },
    async statistics(block: StatisticBlock) {
      if (!signs) throw new RangeError("statistics of labels need labels +-1");
      asked += block.count;
      const labelled = { count: block.count, on: (s: Samples) => combined(block.on(s), -1) };
      const free = { count: block.count, on: (s: Samples) => combined(block.on(s), 1) };
      const { inner } = await responder.respond(labelled, "one");
      const exact = await responder.expectations(free);
      return inner.map((x, i) => x + exact[i]);
    },
    expectations: (block: FunctionBlock) => responder.expectations(block),
  });
}

/** (phi(x, +1) + sign phi(x, -1)) / 2. */
function combined({ plus, minus }: { plus: Float32Array; minus: Float32Array }, sign: 1 | -1): Float32Array {
  for (const values of [plus, minus])
    for (const x of values) if (!(Math.abs(x) <= 1)) throw new RangeError(`a statistic takes the value ${x}`);
  return plus.map((x, i) => (x + sign * minus[i]) / 2);
}
