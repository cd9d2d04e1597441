/** An explicit list of functions of a family, as the adversary and sampled Gram matrices need them. */

import type { JsonObject } from "../base/checked.ts";
import type { Law, Samples } from "../distribution/law.ts";

/**
 * Values in 64 bits of chosen members, by their numbers in the list: row-major (member, sample), in a new array or at
 * the beginning of one that is given.
 */
export type ValuesOf = (members: ArrayLike<number>, into?: Float64Array) => Promise<Float64Array>;

/** Listed functions of a class, by their values on samples. */
export interface MemberList {
  readonly count: number;
  readonly law: Law;
  /**
   * Values of the members `from` to `to` - 1 on the samples, row-major (member, sample), each member scaled to
   * ||f|| = 1 under the family's law.
   */
  values(samples: Samples, from: number, to: number): Float32Array;
  /**
   * Where the members are all the characters of a vector over F_2: member i is (-1)^<i, class(x)>, i = 0..2^bits - 1,
   * which a Walsh-Hadamard transform correlates at once.
   */
  readonly characters?: { readonly bits: number; classesOf(samples: Samples): Int32Array };
  /** Where many members on few samples are cheaper together, such as by matrix products. */
  readonly together?: (samples: Samples) => ValuesOf;
  /** The members' probabilities, up to a factor, where the certificate does not take them all for equally likely. */
  weight?(index: number): number;
  /** What names the list in another thread, which makes it again (`study/play/list.ts`). */
  readonly name?: JsonObject;
  /** The hidden parameters of a member. */
  hidden(index: number): JsonObject;
}

/** Values of chosen members on a few samples at a time; what is the same for all members is worked out once. */
export const valuesOn = (list: MemberList): ((samples: Samples) => ValuesOf) =>
  list.together ?? oneByOne(list);

const oneByOne =
  (list: MemberList) => (samples: Samples) => async (members: ArrayLike<number>, into?: Float64Array) => {
    const out = roomFor(members.length * samples.count, into);
    for (let i = 0; i < members.length;) {
      let end = i + 1; // runs of neighbours are evaluated together
      while (end < members.length && members[end] === members[end - 1] + 1) end++;
      out.set(list.values(samples, members[i], members[end - 1] + 1), i * samples.count);
      i = end;
    }
    return out;
  };

/** So many numbers of an array, or a new one: what is made for every call costs more than its values do. */
export const roomFor = (count: number, into: Float64Array | undefined): Float64Array =>
  into?.subarray(0, count) ?? new Float64Array(count);
