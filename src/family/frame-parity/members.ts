/**
 * The members of a `frame-parity` family, listed: one set for each orbit over the whole group, every set for
 * `sort-abs`.
 *
 * A value is a sum over the images of the set. The signed sums of half of a set serve all sets that share the half, so
 * for a sample they are tabulated once: an image then costs 2^(k-2) comparisons and nothing else.
 */

import type { Checked } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { keyFor, permutation, stream } from "../../base/random.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import type { Samples } from "../../distribution/law.ts";
import { paritySums } from "./parity-pairs.ts";
import { parityNormSquared, reluParity, type HalfTables, type ReluParity } from "./relu-parity.ts";
import { actInversely, canonicalSubset, subsetOrbit } from "../../symmetry/actions.ts";
import { frameOf } from "../../symmetry/frames.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import { orbitsOnSubsets } from "../../symmetry/orbit-count.ts";
import {
  drawSubset,
  LISTED_SUBSETS_LIMIT,
  forEachSubset,
  listSubsetOrbits,
  subsetCount,
} from "../../symmetry/subset-orbits.ts";
import type { MemberList } from "../../query/members.ts";
import type { MemberOptions } from "../family.ts";
import { requireEvaluated, type FrameParityValues } from "./params.ts";

/** Members' sets with all their images. */
type Orbits = readonly (readonly Int32Array[])[];

export function members(params: Checked<FrameParityValues>, { count, seed }: MemberOptions): MemberList {
  const { k, frame, group } = params.values;
  requireEvaluated(k);
  const orbits = membersOf(group, k, frame === "reynolds", count, seed);
  const law = gaussian([group.degree]);
  const values = evaluator(group, k, frame === "reynolds", orbits);
  const norm = parityNormSquared(k);
  const scales =
    frame === "reynolds"
      ? Float64Array.from(orbits, (orbit) => Math.sqrt(orbit.length / norm))
      : sampledScales(
          values,
          law.sample(keyFor("norms of members", params.json), normSamples(orbits.length, k)),
          orbits.length,
        );
  return {
    count: orbits.length,
    law,
    values: (samples, from, to) => values(samples, from, to, scales),
    hidden: (index) => ({ subset: Array.from(orbits[index][0]) }),
  };
}

function membersOf(
  group: PermutationGroup,
  k: number,
  reynolds: boolean,
  count: number | undefined,
  seed: number,
): Orbits {
  const n = group.degree;
  const listable = subsetCount(n, k) <= LISTED_SUBSETS_LIMIT;
  if (listable) {
    const all: Int32Array[][] = [];
    if (reynolds) all.push(...listSubsetOrbits(group, k));
    else forEachSubset(n, k, (set) => all.push([Int32Array.from(set)]));
    if (count === undefined || count >= all.length) return all;
    const chosen = permutation(keyFor("members", group.name, k, seed), all.length)
      .slice(0, count)
      .sort();
    return Array.from(chosen, (i) => all[i]);
  }
  const total = reynolds ? orbitsOnSubsets(group, k) : null;
  if (count === undefined || (total !== null && BigInt(count) * 2n > total))
    reject({
      where: "count",
      what: `the family has ${total === null ? subsetCount(n, k).toPrecision(3) : total} functions, too many to list`,
      allowed: "at most half of them, drawn",
    });
  return drawnMembers(group, k, reynolds, count, seed);
}

/** Distinct members of uniformly drawn sets. */
function drawnMembers(
  group: PermutationGroup,
  k: number,
  reynolds: boolean,
  count: number,
  seed: number,
): Orbits {
  const n = group.degree;
  const draws = stream(keyFor("members", group.name, k, seed));
  const found = new Map<string, Int32Array[]>();
  let images = 0;
  while (found.size < count) {
    const points = drawSubset(draws, n, k);
    const first = reynolds ? canonicalSubset(group, points) : points;
    if (found.has(first.join())) continue;
    const orbit = reynolds ? subsetOrbit(group, first) : [first];
    images += orbit.length;
    if (images > LISTED_SUBSETS_LIMIT)
      reject({
        where: "count",
        what: `${count} members are means over more than ${LISTED_SUBSETS_LIMIT} sets`,
        allowed: `fewer members, or a smaller group than ${group.name}`,
      });
    found.set(first.join(), orbit);
  }
  return [...found.values()];
}

/** 20,000 samples give norms within 2 %; fewer where the members are many. */
const normSamples = (members: number, k: number): number =>
  Math.max(1000, Math.min(20_000, Math.floor(1e9 / (members * 2 ** (k - 2)))));

/** 1 / ||f|| of members whose norms have no closed form, from samples. */
function sampledScales(values: Values, samples: Samples, members: number): Float64Array {
  const ones = new Float64Array(members).fill(1);
  const scales = new Float64Array(members);
  for (let from = 0; from < members; from += 200) {
    const to = Math.min(members, from + 200);
    const block = values(samples, from, to, ones);
    for (let m = from; m < to; m++) {
      const row = block.subarray((m - from) * samples.count, (m - from + 1) * samples.count);
      scales[m] = Math.sqrt(samples.count / row.reduce((sum, y) => sum + y * y, 0));
    }
  }
  return scales;
}

type Values = (samples: Samples, from: number, to: number, scales: ArrayLike<number>) => Float32Array;

/** Halves of sets, each once. */
interface Halves {
  readonly halves: readonly Int32Array[];
  /** For every member the numbers of the two halves of each of its sets. */
  readonly parts: readonly Int32Array[];
}

function halvesOf(orbits: Orbits, h: number): Halves {
  const names = new Map<string, number>();
  const halves: Int32Array[] = [];
  const idOf = (half: Int32Array): number => {
    const name = half.join();
    const known = names.get(name);
    if (known !== undefined) return known;
    names.set(name, halves.length);
    return halves.push(half) - 1;
  };
  const parts = orbits.map((orbit) =>
    Int32Array.from(orbit.flatMap((set) => [idOf(set.subarray(0, h)), idOf(set.subarray(h))])),
  );
  return { halves, parts };
}

/** What the members from one up to another need to be evaluated. */
function range(form: ReluParity, { halves, parts }: Halves, from: number, to: number) {
  const used = new Int32Array(halves.length).fill(-1);
  const needed: Int32Array[] = [];
  /** Where the sets of each end. */
  const ends = [0];
  for (let m = from; m < to; m++) {
    for (const half of parts[m]) if (used[half] < 0) used[half] = needed.push(halves[half]) - 1;
    ends.push(ends[m - from] + parts[m].length / 2);
  }
  const sets = Int32Array.from(parts.slice(from, to).flatMap((p) => Array.from(p, (half) => used[half])));
  const tables = [form.tables(needed.length), form.tables(needed.length)] as const;
  return { from, to, needed, ends, tables, sums: paritySums(form, needed.length, sets) };
}

/** Values of members on samples, times a scale each. */
function evaluator(group: PermutationGroup, k: number, reynolds: boolean, orbits: Orbits): Values {
  const n = group.degree;
  const form = reluParity(k, "parity");
  const halves = halvesOf(orbits, k / 2);
  const frame = reynolds ? undefined : frameOf("sort-abs", group);
  // a population is gone through piece by piece, for the same members
  let latest: ReturnType<typeof range> | undefined;
  return ({ count, data }, from, to, scales) => {
    if (latest?.from !== from || latest.to !== to) latest = range(form, halves, from, to);
    const { needed, ends, tables, sums } = latest;
    const out = new Float32Array((to - from) * count);
    const moved = new Float64Array(n);
    const tabulate = (e: number, table: HalfTables): void => {
      const x = data.subarray(e * n, (e + 1) * n);
      if (frame === undefined) moved.set(x);
      else actInversely(frame.elements(x)[0], x, moved);
      for (const [i, half] of needed.entries()) form.write(table, i, moved, 0, half, true);
    };
    for (let e = 0; e < count; e += 2) {
      const both = Math.min(2, count - e);
      for (let i = 0; i < both; i++) tabulate(e + i, tables[i]);
      sums.take(...tables);
      for (let m = 0; m < to - from; m++) {
        const found = sums.sum(ends[m], ends[m + 1]);
        const sets = ends[m + 1] - ends[m];
        for (let i = 0; i < both; i++) out[m * count + e + i] = (scales[from + m] * found[i]) / sets;
      }
    }
    return out;
  };
}
