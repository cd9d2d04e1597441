/** All functions of `gnn-degree-parity`, up to sign: the characters of the parity vector. */

import type { Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { range } from "../../base/range.ts";
import { degreesOf, erdosRenyi, largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Samples } from "../../distribution/law.ts";
import { parity } from "../../numeric/integers.ts";
import type { MemberList } from "../../query/members.ts";
import type { MemberOptions } from "../family.ts";
import type { DegreeParityValues } from "./params.ts";

/** Lists up to 2^LARGEST_BITS functions. */
const LARGEST_BITS = 14;

/**
 * One set a function: chi_S, chi_{S^c} and, for undirected graphs, chi_{S xor odd} agree up to sign, so every
 * function has just one set without the degree 0 and, undirected, without the degree 1. With the degrees that are
 * left renumbered from 0, S is a word i, the parities of their counts are a word v, and the function is (-1)^<i, v>:
 * a group of characters, D = 2^(n-2) (directed 2^N). The constant is one of them.
 */
export function members(params: Checked<DegreeParityValues>, { count }: MemberOptions): MemberList {
  const { n, edges, p } = params.values;
  const law = { n, edges, p };
  const first = law.edges === "undirected" ? 2 : 1;
  const bits = largestDegree(law) + 1 - first;
  if (bits > LARGEST_BITS)
    reject({
      where: "n",
      what: `the family has 2^${bits} functions, too many to list`,
      allowed: `at most 2^${LARGEST_BITS}: n up to ${law.n - bits + LARGEST_BITS}`,
    });
  const size = 2 ** bits;
  if (count !== undefined && count !== size)
    reject({ where: "count", what: `${count} functions`, allowed: `all ${size}: leave it out` });
  const classesOf = (samples: Samples): Int32Array => {
    const degrees = degreesOf(samples);
    const classes = new Int32Array(samples.count);
    for (let g = 0, at = 0; g < classes.length; g++)
      for (const end = at + law.n; at < end; at++)
        if (degrees[at] >= first) classes[g] ^= 1 << (degrees[at] - first);
    return classes;
  };
  return {
    count: size,
    law: erdosRenyi(law),
    characters: { bits, classesOf },
    values(samples, from, to) {
      const classes = classesOf(samples);
      const out = new Float32Array((to - from) * samples.count);
      for (let i = from, at = 0; i < to; i++)
        for (let x = 0; x < samples.count; x++, at++) out[at] = 1 - 2 * parity(i & classes[x]);
      return out;
    },
    hidden: (i) => ({
      degrees: range(bits).flatMap((j) => ((i >> j) & 1 ? [j + first] : [])),
      bit: 0,
    }),
  };
}
