/** A class of functions as data: its values on independent samples of one input law. */

import { reject } from "../../base/errors.ts";

/** Values of the functions of a class on samples. */
export interface Labels {
  /** Number of functions D. */
  readonly functions: number;
  /** Number of samples N. */
  readonly samples: number;
  /** The values, row-major (function, sample). */
  readonly values: Float64Array | Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array;
}

/** Most functions or samples, whichever are fewer: the order of the Gram matrix that is factorised. */
export const largestOrder = 4000;
/** Most values: 1 GiB in float64. */
export const mostValues = 2 ** 27;

/** What is taken to hold of the functions everywhere, not only on the samples. */
export interface Range {
  /** `signs`: every value is +1 or -1; `real`: every |value| is at most `bound`. */
  readonly values: "signs" | "real";
  readonly bound: number;
}

/**
 * The range of the labels, every one of them checked.
 * @param bound B with |f| <= B everywhere; absent, the labels have to be signs
 * @throws InputError for labels outside it, that are no numbers or no evidence at all
 */
export function rangeOf({ functions, samples, values }: Labels, bound?: number): Range {
  const where = "labels";
  if (functions < 1 || samples < 1 || values.length !== functions * samples)
    reject({ where, what: `${values.length} values are no ${functions} functions on ${samples} samples` });
  if (values.length > mostValues)
    reject({ where, what: `${values.length} values are too many`, allowed: `at most ${mostValues}` });
  if (Math.min(functions, samples) > largestOrder)
    reject({
      where,
      what: `${functions} functions on ${samples} samples are too many`,
      allowed: `at most ${largestOrder} of one of them`,
      next: "what is certified for some of the functions holds for a class that has more",
    });
  const most = bound ?? 1;
  let zero = true;
  for (let i = 0; i < functions; i++)
    for (let s = 0; s < samples; s++) {
      const y = values[i * samples + s];
      const at = (): string => `function ${i}, sample ${s}`;
      if (!Number.isFinite(y)) reject({ where, what: `${y} at ${at()}`, allowed: "finite numbers" });
      if (bound === undefined && Math.abs(y) !== 1)
        reject({
          where,
          what: `${y} at ${at()} is not +1 or -1`,
          next: "for real values state a bound on |f| that holds for every input (--bound B)",
        });
      if (Math.abs(y) > most)
        reject({ where, what: `${y} at ${at()}`, allowed: `at most the bound ${most}` });
      if (y !== 0) zero = false;
    }
  // one function that is zero on the samples may stay: to leave it out would be a choice made after looking
  if (zero) reject({ where, what: "every function is zero on all samples" });
  return { values: bound === undefined ? "signs" : "real", bound: most };
}

/**
 * SHA-256 over the SHA-256 of every function's values as little-endian float64: the same for equal numbers of any type.
 */
export async function labelsDigest({ functions, samples, values }: Labels): Promise<string> {
  const sha256 = async (data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const row = new DataView(new ArrayBuffer(8 * samples));
  const digests = new Uint8Array(32 * functions);
  for (let i = 0; i < functions; i++) {
    for (let s = 0; s < samples; s++) row.setFloat64(8 * s, values[i * samples + s], true);
    digests.set(await sha256(new Uint8Array(row.buffer)), 32 * i);
  }
  return Array.from(await sha256(digests), (x) => x.toString(16).padStart(2, "0")).join("");
}
