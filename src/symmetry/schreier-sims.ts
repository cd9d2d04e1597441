/**
 * Schreier-Sims: a stabiliser chain of the group that given permutations generate.
 *
 * Random elements build the chain quickly; Schreier's lemma then proves it, level by level from the last: every
 * Schreier generator u_{s(p)}^-1 s u_p must be stripped to the identity by the levels below. What fails is added, so
 * the result never depends on luck. Two shortcuts are proofs as well: a chain whose order is known beforehand, and
 * one that reaches an upper bound of the order (`orbitBound`). Sims 1970; Leon 1980; Seress 2003, chapter 4.
 *
 * The base is a list of all points, 0, 1, 2, ... unless another order is asked for; points that are fixed when
 * reached get no level.
 */

import { reject } from "../base/errors.ts";
import { keyFor, stream } from "../base/random.ts";
import { type Chain, type Level } from "./chain.ts";
import { factorial } from "./cycle-index.ts";
import { giantGenerated } from "./giants.ts";
import { alternating } from "./named/alternating.ts";
import { symmetric } from "./named/symmetric.ts";
import { orbits } from "./orbits.ts";
import { identity, inverse, isIdentity, sign, type Permutation } from "./permutation.ts";
import { productReplacement } from "./product-replacement.ts";
import { reorderedLevels } from "./relabel.ts";

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
/** Representatives are kept up to this many numbers in all. */
const CACHE_LIMIT = 2 ** 25;
const QUIET_ROUNDS = 16;

/**
 * The stabiliser chain of <generators> on 0..degree-1.
 * @throws InputError where the degree or the work is above its limit
 */
export function schreierSims(
  generators: readonly Permutation[],
  degree: number,
  { base, order, workLimit = WORK_LIMIT, quietRounds = QUIET_ROUNDS }: SchreierSimsOptions = {},
): Chain {
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
  const build = new Build(useful, degree, points, workLimit);
  const target = order ?? orbitBound(useful, degree);
  build.addRandom(target, quietRounds);
  while (build.order() !== target) {
    const counterexample = build.schreierResidue();
    if (counterexample === undefined) break;
    build.insert(counterexample);
    build.addRandom(target, quietRounds);
  }
  return build.chain();
}

/** No group with these orbits is larger: the product of the symmetric groups on them, halved if all are even. */
export function orbitBound(generators: readonly Permutation[], degree: number): bigint {
  const whole = orbits(generators, degree).reduce((product, orbit) => product * factorial(orbit.length), 1n);
  return generators.every((g) => sign(g) === 1) && whole > 1n ? whole / 2n : whole;
}

interface Strong {
  readonly g: Permutation;
  readonly inverse: Permutation;
  /** Number of the first base point that g moves. */
  readonly depth: number;
}

/** Orbit of one base point with a Schreier tree: `via[p]` is the strong generator that leads to p from `from[p]`. */
interface Tree {
  readonly orbit: Int32Array;
  readonly via: Int32Array;
  readonly from: Int32Array;
  /** Inverses of representatives, filled on demand. */
  readonly inverses: (Permutation | undefined)[];
}

class Build {
  private readonly degree: number;
  private readonly base: Int32Array;
  private readonly strong: Strong[] = [];
  /** By number of the base point; absent where the orbit is the point alone. */
  private readonly trees: (Tree | undefined)[];
  private readonly randomGenerator: () => Permutation;
  private readonly workLimit: number;
  private work = 0;
  private cached = 0;

  constructor(generators: readonly Permutation[], degree: number, base: Int32Array, workLimit: number) {
    this.degree = degree;
    this.base = base;
    this.workLimit = workLimit;
    this.trees = Array.from({ length: degree });
    this.randomGenerator = productReplacement(generators, stream(keyFor("schreier-sims")));
    for (const g of generators) this.insert(g);
  }

  order(): bigint {
    return this.trees.reduce((product, tree) => product * BigInt(tree?.orbit.length ?? 1), 1n);
  }

  /** Adds random elements until several in a row are known already, or the order reaches `target`. */
  addRandom(target: bigint, rounds: number): void {
    for (let quiet = 0; quiet < rounds && this.order() !== target;) {
      const residue = this.strip(this.randomGenerator(), 0);
      if (residue === undefined) quiet++;
      else {
        quiet = 0;
        this.insert(residue);
      }
    }
  }

  /** A Schreier generator that the levels below do not strip to the identity; none if the chain is right. */
  schreierResidue(): Permutation | undefined {
    const product = new Int32Array(this.degree);
    for (let depth = this.degree - 1; depth >= 0; depth--) {
      const tree = this.trees[depth];
      if (tree === undefined) continue;
      for (const point of tree.orbit) {
        const back = this.inverseRepresentative(depth, point);
        const there = inverse(back);
        for (const { g, depth: moved } of this.strong) {
          if (moved < depth) continue;
          if (tree.from[g[point]] === point && this.strong[tree.via[g[point]]].g === g) continue;
          for (let i = 0; i < product.length; i++) product[i] = g[there[i]];
          this.spend(this.degree);
          const residue = this.strip(product, depth);
          if (residue !== undefined) return residue;
        }
      }
    }
    return undefined;
  }

  /** Adds a strong generator and lets the orbits grow. */
  insert(g: Permutation): void {
    const depth = this.base.findIndex((point) => g[point] !== point);
    if (depth < 0) return;
    this.strong.push({ g: Int32Array.from(g), inverse: inverse(g), depth });
    for (let level = depth; level >= 0; level--) {
      const tree = this.trees[level];
      if (tree === undefined ? level === depth : tree.orbit.some((p) => tree.via[g[p]] === -1))
        this.grow(level);
    }
  }

  chain(): Chain {
    const levels: Level[] = [];
    for (let depth = 0; depth < this.degree; depth++) {
      const tree = this.trees[depth];
      if (tree === undefined) continue;
      levels.push({
        point: this.base[depth],
        size: tree.orbit.length,
        at: (index) => tree.orbit[index],
        has: (point) => tree.via[point] !== -1,
        representative: (target, out) => {
          const back = this.inverseRepresentative(depth, target);
          for (let i = 0; i < out.length; i++) out[back[i]] = i;
        },
      });
    }
    this.work = -Infinity; // the limit is on building, not on later use
    return { degree: this.degree, levels };
  }

  /** Rebuilds the orbit of a level, breadth first for shallow trees. */
  private grow(level: number): void {
    const point = this.base[level];
    const via = new Int32Array(this.degree).fill(-1);
    const from = new Int32Array(this.degree).fill(-1);
    const orbit = [point];
    via[point] = -2;
    for (let i = 0; i < orbit.length; i++)
      for (let s = 0; s < this.strong.length; s++) {
        const { g, depth } = this.strong[s];
        if (depth < level) continue;
        const image = g[orbit[i]];
        if (via[image] !== -1) continue;
        via[image] = s;
        from[image] = orbit[i];
        orbit.push(image);
      }
    this.spend(orbit.length * this.strong.length);
    const old = this.trees[level];
    if (old !== undefined) for (const g of old.inverses) if (g !== undefined) this.cached -= this.degree;
    this.trees[level] = {
      orbit: Int32Array.from(orbit),
      via,
      from,
      inverses: Array.from({ length: this.degree }),
    };
  }

  /** What is left of g after the levels from `depth` on; undefined for the identity. */
  private strip(g: Permutation, depth: number): Permutation | undefined {
    const residue = Int32Array.from(g);
    for (let level = depth; level < this.degree; level++) {
      const image = residue[this.base[level]];
      if (image === this.base[level]) continue;
      const tree = this.trees[level];
      if (tree === undefined || tree.via[image] === -1) return residue;
      const back = this.inverseRepresentative(level, image);
      for (let i = 0; i < residue.length; i++) residue[i] = back[residue[i]];
      this.spend(this.degree);
    }
    this.spend(this.degree);
    return undefined;
  }

  /** u_p^-1, which takes p back to the level's base point. */
  private inverseRepresentative(level: number, point: number): Permutation {
    const tree = this.trees[level];
    if (tree === undefined) return identity(this.degree);
    const path: number[] = [];
    let at = point;
    while (tree.inverses[at] === undefined && tree.via[at] >= 0) {
      path.push(at);
      at = tree.from[at];
    }
    let back = tree.inverses[at] ?? identity(this.degree);
    while (path.length > 0) {
      const p = path.pop() as number;
      const step = this.strong[tree.via[p]].inverse;
      const next = new Int32Array(this.degree);
      for (let i = 0; i < next.length; i++) next[i] = back[step[i]];
      this.spend(this.degree);
      back = next;
      if (this.cached + this.degree > CACHE_LIMIT) continue;
      tree.inverses[p] = back;
      this.cached += this.degree;
    }
    return back;
  }

  private spend(steps: number): void {
    this.work += steps;
    if (this.work > this.workLimit)
      reject({
        what: `the group is too large for its stabiliser chain to be proved within ${this.workLimit} steps`,
        next: "use named groups and their products (cyclic:4xsymmetric:5), whose chains are known",
      });
  }
}
