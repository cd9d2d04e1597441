/**
 * The examples of a data set, in chunks: those of a split are a stream of their own, named by the split alone, so that
 * a smaller data set is the beginning of a larger one, and the hard target and its twin share their inputs wherever
 * they share a law.
 */

import { product } from "../base/product.ts";
import { foldIn } from "../base/random.ts";
import type { Law, Samples } from "../distribution/law.ts";
import { isGraphs, slice } from "../distribution/samples.ts";
import type { Family } from "../family/family.ts";
import { lawOf, type Instance, type Target } from "../family/instance.ts";
import type { Labelled } from "../learner/batches.ts";

/** A part of a data set. */
export interface Split {
  /** `train`, `valid` or `test`; empty where the data set has one part only. */
  readonly name: string;
  readonly count: number;
}

/** What examples are drawn from: an instance, its hard target or the easy twin. */
export interface Source {
  readonly family: Family;
  readonly instance: Instance;
  readonly easy: boolean;
  readonly seed: number;
}

export const targetOf = ({ instance, easy }: Source): Target => (easy ? instance.easy : instance.hard);

/** What the examples are drawn from: the law of the target, which the twin may have of its own. */
const inputLaw = (source: Source): Law => lawOf(source.instance, targetOf(source));

const mostRows = 8192;
const mostEntries = 2 ** 19;

/** Examples drawn at once: so many that a chunk stays in memory, whatever the size of the data set. */
export function chunkRows({ instance: { law } }: Pick<Source, "instance">): number {
  const size = product(law.shape);
  return Math.max(1, Math.min(mostRows, Math.floor(mostEntries / size)));
}

/** Chunk `number` of a split, whole: labels are those of the inputs as they are written, in 32 bits. */
export function chunk(source: Source, name: string, number: number): Labelled {
  const { instance } = source;
  const key = foldIn(foldIn(foldIn(instance.key, "data set"), name), number);
  const samples = narrowed(inputLaw(source).sample(key, chunkRows(source)));
  return { samples, labels: targetOf(source).label(samples) };
}

/** The examples of a split in order. */
export function* chunks(source: Source, { name, count }: Split): Generator<Labelled> {
  const rows = chunkRows(source);
  for (let from = 0; from < count; from += rows) {
    const { samples, labels } = chunk(source, name, from / rows);
    const here = Math.min(rows, count - from);
    yield here === rows
      ? { samples, labels }
      : { samples: slice(samples, 0, here), labels: labels.subarray(0, here) };
  }
}

function narrowed(samples: Samples): Samples {
  if (isGraphs(samples) || samples.data instanceof Float32Array) return samples;
  return { ...samples, data: Float32Array.from(samples.data) };
}
