/**
 * Certificates of a class of one's own: a sampler of the input law and a list of functions, or their values on samples.
 * How to read and trust the result: docs/your-own-family.md.
 */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { type Certificate, type CertifyOptions, certifyClass } from "../certificate.ts";
import { customClass } from "./index.ts";
import { largestOrder, mostValues, rangeOf, type Labels } from "./labels.ts";

/** A class of functions by what they compute, with the law of their inputs. */
export interface FunctionClass<X> {
  /**
   * `count` independent inputs of the law; equal keys give equal inputs. The bound is about this law, and its
   * confidence about the independence of these inputs.
   */
  sample(key: Key, count: number): readonly X[];
  /** The functions, at most 4000 of them; none may depend on the samples. */
  readonly functions: readonly ((x: X) => number)[];
  /** B with |f(x)| <= B for every function and input. Absent: every value is +1 or -1. */
  readonly bound?: number;
}

/** What a class of functions is certified from. */
export interface FunctionOptions {
  /** Samples to draw; default 10,000. The dimension that can be certified grows with them. */
  readonly samples?: number;
  /** Default 0. */
  readonly seed?: number;
}

const optionsSchema = z.object({
  samples: integer(1, mostValues),
  seed: integer(0, Number.MAX_SAFE_INTEGER),
});
/** Inputs held at one time. */
const batch = 4096;

/**
 * The values of the functions on independent samples, as `certifyLabels` and `verify` take them; equal seeds give equal
 * labels.
 * @throws InputError for too many functions or samples, or a sampler that returns another number of inputs
 */
export function labelsOf<X>({ sample, functions }: FunctionClass<X>, options: FunctionOptions = {}): Labels {
  const { samples, seed } = parseWith(optionsSchema, { samples: 10_000, seed: 0, ...options });
  if (functions.length === 0 || functions.length > largestOrder || functions.length * samples > mostValues)
    reject({
      where: "functions",
      what: `${functions.length} functions on ${samples} samples`,
      allowed: `1 to ${largestOrder} functions, at most ${mostValues} values`,
    });
  const values = new Float64Array(functions.length * samples);
  const key = keyFor("custom", seed);
  for (let from = 0; from < samples; from += batch) {
    const count = Math.min(batch, samples - from);
    const inputs = sample(foldIn(key, from), count);
    if (inputs.length !== count)
      reject({ where: "sample", what: `${inputs.length} inputs where ${count} were asked for` });
    functions.forEach((f, i) => {
      for (let s = 0; s < count; s++) values[i * samples + from + s] = f(inputs[s]);
    });
  }
  return { functions: functions.length, samples, values };
}

/** How labels are read. */
export interface LabelsOptions extends Omit<CertifyOptions, "labels" | "seed" | "samples"> {
  /** B with |f| <= B everywhere; absent, every value has to be +1 or -1, or the law is uniform. */
  readonly bound?: number;
  /** `uniform`: the input law is that on the listed inputs, and nothing is left to chance. Absent: they are samples. */
  readonly law?: "uniform";
}

/**
 * A certificate with confidence 0.99 from the values of functions on independent samples; certain for the uniform law.
 * @throws InputError for labels outside the bound, that are no numbers, zero functions, or too many
 */
export async function certifyLabels(
  labels: Labels,
  { bound, law, ...options }: LabelsOptions = {},
): Promise<Certificate> {
  return certifyClass(customClass, customParams(labels, bound, law), { ...options, labels });
}

/** Parameters of the class that labels give; under a uniform law all values are seen, and with them the bound. */
export function customParams(labels: Labels, bound?: number, law?: "uniform"): object {
  if (law === undefined) return { functions: labels.functions, ...rangeOf(labels, bound) };
  let [least, most] = [Infinity, 0];
  for (let i = 0; i < labels.values.length; i++) {
    const size = Math.abs(labels.values[i]);
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  const seen = least === 1 && most === 1 ? undefined : most;
  return { functions: labels.functions, ...rangeOf(labels, bound ?? seen), law };
}

/**
 * A certificate with confidence 0.99 for a class that is not built in.
 * `verify(certificate, { labels: labelsOf(functionClass, options) })` checks it.
 * @throws InputError as `labelsOf` and `certifyLabels` do
 */
export const certifyFunctions = <X>(
  functionClass: FunctionClass<X>,
  { samples, seed, ...options }: Omit<CertifyOptions, "labels"> = {},
): Promise<Certificate> =>
  certifyLabels(
    labelsOf(functionClass, {
      ...(samples === undefined ? {} : { samples }),
      ...(seed === undefined ? {} : { seed }),
    }),
    { ...options, ...(functionClass.bound === undefined ? {} : { bound: functionClass.bound }) },
  );
