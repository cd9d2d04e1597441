/**
 * Schreier-Sims: a stabiliser chain of the group that given permutations generate.
 *
 * Random elements build the chain quickly; `proved-order.ts` then proves the group's order, and what a chain of
 * smaller order lacks is drawn until it is there, so the result never depends on luck. Two shortcuts are proofs as
 * well: a chain whose order is known beforehand, and one that reaches an upper bound of the order (`orbitBound`). Sims
 * 1970; Leon 1980; Seress 2003, chapter 4.
 *
 * The base is a list of all points, 0, 1, 2, ... unless another order is asked for; points that are fixed when
 * reached get no level.
 */

import { reject } from "../base/errors.ts";
import { keyFor, stream } from "../base/random.ts";
import { runNow, type Progress } from "../base/progress.ts";
import { type Chain, type Level } from "./chain.ts";
import { factorial } from "./cycle-index.ts";
import { giantGenerated } from "./giants.ts";
import { alternating } from "./named/alternating.ts";
import { symmetric } from "./named/symmetric.ts";
import { orbits } from "./orbits.ts";
import { identity, isIdentity, sign, type Permutation } from "./permutation.ts";
import { productReplacement } from "./product-replacement.ts";
import { provedOrder } from "./proved-order.ts";
import { reorderedLevels } from "./relabel.ts";
import {
  forget,
  inOrbit,
  inverseRepresentative,
  moverOf,
  schreierTree,
  strip,
  type Mover,
  type SchreierTree,
  type Work,
} from "./schreier-tree.ts";

/** What is known of the group beforehand, and how long to try. */
export interface SchreierSimsOptions {
  /** The points in the order in which they become base points; default ascending. */
  readonly base?: ArrayLike<number>;
  /** The group's order if it is known: then nothing is left to prove. */
  readonly order?: bigint;
  /** Elementary steps after which the computation is given up. */
  readonly workLimit?: number;
  /** Random elements that must be stripped to the identity in a row before the proof is tried; default 16. */
  readonly quietRounds?: number;
}

/** Largest degree of a group that is given by generators. */
export const GENERATED_DEGREE_LIMIT = 4096;
const WORK_LIMIT = 2e10;
const QUIET_ROUNDS = 16;

/**
 * The stabiliser chain of <generators> on 0..degree-1.
 * @throws InputError where the degree or the work is above its limit
 */
export const schreierSims = (
  generators: readonly Permutation[],
  degree: number,
  options: SchreierSimsOptions = {},
): Chain => runNow(schreierSimsSteps(generators, degree, options));

/** As `schreierSims`, reporting how far it is. */
export function* schreierSimsSteps(
  generators: readonly Permutation[],
  degree: number,
  { base, order, workLimit = WORK_LIMIT, quietRounds = QUIET_ROUNDS }: SchreierSimsOptions = {},
): Generator<Progress, Chain> {
  if (degree > GENERATED_DEGREE_LIMIT)
    reject({
      what: `degree ${degree} is too large for a group given by generators`,
      allowed: `degree at most ${GENERATED_DEGREE_LIMIT}`,
    });
  const useful = generators.filter((g) => !isIdentity(g));
  const points = Int32Array.from(base ?? identity(degree));
  if (useful.length === 0) return { degree, levels: [] };
  const giant = giantGenerated(useful, degree);
  if (giant !== undefined) {
    const levels = (giant === "symmetric" ? symmetric : alternating).levels(degree);
    return { degree, levels: base === undefined ? levels : reorderedLevels(levels, points) };
  }
  const work: Work = { limit: workLimit, spent: 0, cached: 0 };
  const build = new Build(useful, points, work);
  const most = order ?? orbitBound(useful, degree);
  yield* build.addRandom(most, quietRounds);
  if (build.order() !== most) {
    const expected = build.lengths();
    yield* build.addRandom(
      yield* provedOrder(useful, { base: points, expected, quietRounds, work }),
      Infinity,
    );
  }
  return build.chain();
}

/** No group with these orbits is larger: the product of the symmetric groups on them, halved if all are even. */
export function orbitBound(generators: readonly Permutation[], degree: number): bigint {
  const whole = orbits(generators, degree).reduce((product, orbit) => product * factorial(orbit.length), 1n);
  return generators.every((g) => sign(g) === 1) && whole > 1n ? whole / 2n : whole;
}

interface Strong extends Mover {
  /** Number of the first base point that g moves. */
  readonly depth: number;
}

/** Random elements between two reports of progress. */
const REPORT_EVERY = 16;

class Build {
  private readonly base: Int32Array;
  private readonly strong: Strong[] = [];
  /** By number of the base point; absent where the orbit is the point alone. */
  private readonly trees: (SchreierTree | undefined)[];
  private readonly randomGenerator: () => Permutation;
  private readonly work: Work;

  constructor(generators: readonly Permutation[], base: Int32Array, work: Work) {
    this.base = base;
    this.work = work;
    this.trees = Array.from({ length: base.length });
    this.randomGenerator = productReplacement(generators, stream(keyFor("schreier-sims")));
    for (const g of generators) this.insert(g);
  }

  order(): bigint {
    return this.lengths().reduce((product, length) => product * BigInt(length), 1n);
  }

  /** The orbits' lengths, one a base point. */
  lengths(): number[] {
    return this.trees.map((tree) => tree?.orbit.length ?? 1);
  }

  /** Adds random elements until several in a row are known already, or the order reaches `target`. */
  *addRandom(target: bigint, rounds: number): Generator<Progress, void> {
    let drawn = 0;
    for (let quiet = 0; quiet < rounds && this.order() !== target;) {
      const residue = strip(this.randomGenerator(), this.trees, this.base, 0, this.work);
      if (residue === undefined) quiet++;
      else {
        quiet = 0;
        this.insert(residue);
      }
      if (++drawn % REPORT_EVERY === 0)
        yield { what: `building the stabiliser chain, ${this.strong.length} generators`, done: 0, total: 1 };
    }
  }

  /** Adds a strong generator and lets the orbits grow. */
  private insert(g: Permutation): void {
    const depth = this.base.findIndex((point) => g[point] !== point);
    if (depth < 0) return;
    this.strong.push({ ...moverOf(g), depth });
    for (let level = depth; level >= 0; level--) {
      const tree = this.trees[level];
      if (tree === undefined ? level === depth : tree.orbit.some((p) => !inOrbit(tree, g[p])))
        this.grow(level);
    }
  }

  chain(): Chain {
    const { work } = this;
    const levels = this.trees.flatMap((tree, depth): Level[] =>
      tree === undefined
        ? []
        : [
            {
              point: this.base[depth],
              size: tree.orbit.length,
              at: (index) => tree.orbit[index],
              has: (point) => inOrbit(tree, point),
              representative: (target, out) => {
                const back = inverseRepresentative(tree, target, work);
                for (let i = 0; i < out.length; i++) out[back[i]] = i;
              },
            },
          ],
    );
    work.spent = -Infinity; // the limit is on building, not on later use
    return { degree: this.base.length, levels };
  }

  /** Rebuilds the orbit of a level. */
  private grow(level: number): void {
    const movers = this.strong.filter(({ depth }) => depth >= level);
    forget(this.trees[level], this.work);
    this.trees[level] = schreierTree(this.base[level], movers, this.base.length, this.work);
  }
}
