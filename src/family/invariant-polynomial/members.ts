/** The multilinear terms of `invariant-polynomial`, listed. */

import type { Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { keyFor, stream, type Key } from "../../base/random.ts";
import { range } from "../../base/range.ts";
import type { Samples } from "../../distribution/law.ts";
import { binomial } from "../../numeric/choose.ts";
import type { MemberList } from "../../query/members.ts";
import type { MemberOptions } from "../family.ts";
import { basisValues } from "../polynomial/sparse-polynomial.ts";
import { inputLaw } from "./family.ts";
import { id, type InvariantPolynomialValues } from "./params.ts";

const LISTED_LIMIT = 1_000_000;

/** The multilinear terms of the family's degree, all of them or `count` distinct ones drawn. */
export function members(
  params: Checked<InvariantPolynomialValues>,
  { count, seed }: MemberOptions,
): MemberList {
  const { invariants, variables, degree } = params.values;
  const total = binomial(variables, degree);
  const wanted = count ?? (total <= BigInt(LISTED_LIMIT) ? Number(total) : NaN);
  const terms = `${total} multilinear terms of degree ${degree} in ${variables} variables`;
  if (!(wanted >= 1 && wanted <= LISTED_LIMIT && BigInt(wanted) <= total))
    reject({
      where: "count",
      what: `${count ?? "all"} of the ${terms} cannot be listed`,
      allowed: `1 to ${total < BigInt(LISTED_LIMIT) ? total : LISTED_LIMIT}`,
    });
  const subsets =
    2n * BigInt(wanted) > total
      ? allSubsets(variables, degree).slice(0, wanted)
      : drawSubsets(keyFor("concepts", id, params.json, seed), variables, degree, wanted);
  return {
    count: wanted,
    law: inputLaw(invariants),
    values(samples: Samples, from, to) {
      const terms = subsets
        .slice(from, to)
        .map((s) => ({ factors: s.map((variable) => ({ variable, degree: 1 })) }));
      const values = invariants.map(samples.data, samples.count);
      return Float32Array.from(basisValues(invariants.law, terms, values, variables));
    },
    hidden: (index) => ({ variables: subsets[index] }),
  };
}

/** All k-subsets of 0..n-1 in lexicographic order. */
function allSubsets(n: number, k: number): number[][] {
  const subset = range(k);
  const all: number[][] = [];
  for (;;) {
    all.push([...subset]);
    let i = k - 1;
    while (i >= 0 && subset[i] === n - k + i) i--;
    if (i < 0) return all;
    subset[i]++;
    for (let j = i + 1; j < k; j++) subset[j] = subset[j - 1] + 1;
  }
}

/** Distinct random k-subsets of 0..n-1. */
export function drawSubsets(key: Key, n: number, k: number, count: number): number[][] {
  const draws = stream(key);
  const drawn = new Map<string, number[]>();
  while (drawn.size < count) {
    const subset = new Set<number>();
    while (subset.size < k) subset.add(draws.below(n));
    const sorted = [...subset].sort((a, b) => a - b);
    drawn.set(sorted.join(), sorted);
  }
  return [...drawn.values()];
}
