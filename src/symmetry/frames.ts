/**
 * Frames: F(x) is a set of group elements with F(g x) = g F(x), so that the mean of f(g^-1 x) over F(x) is an
 * invariant function for every f (Puny et al. 2022). Both frames here depend on |x| alone, hence F(x o z) = F(x) for
 * every vector z of signs: what makes frame-averaged parities orthogonal.
 */

import { reject, requireChoice } from "../base/errors.ts";
import { listElements } from "./chain.ts";
import { actInversely, actOnVector } from "./actions.ts";
import type { PermutationGroup } from "./groups.ts";
import { compose, identity, type Permutation } from "./permutation.ts";

export const frameIds = ["reynolds", "sort-abs"] as const;

/** The frames to average over. */
export type FrameId = (typeof frameIds)[number];

/** A frame: to each x a set of group elements F(x), with F(g x) = g F(x). */
export interface Frame {
  readonly id: FrameId;
  /** F(x), each element once, in a fixed order. */
  elements(x: ArrayLike<number>): readonly Permutation[];
}

/** Numbers (order times degree) that a list of elements may hold. */
const LISTED_CELLS_LIMIT = 2 ** 25;
/** Elements of one frame when |x| has ties. */
const TIES_LIMIT = 100_000;

/**
 * The frame of that name on a group.
 * @throws InputError for an unknown one, or where the group has too many elements to list them
 */
export function frameOf(id: FrameId, group: PermutationGroup): Frame {
  requireChoice(id, frameIds, "frame");
  return id === "reynolds" ? reynoldsFrame(group) : sortAbsFrame(group);
}

/**
 * The whole group for every x.
 * @throws InputError for a group too large to run through
 */
export function reynoldsFrame(group: PermutationGroup): Frame {
  const all = listElements(
    group.chain(),
    Math.floor(LISTED_CELLS_LIMIT / group.degree),
    `frame reynolds over ${group.name}`,
  );
  return { id: "reynolds", elements: () => all };
}

/**
 * Canonicalisation by |x|: the elements g for which |g^-1 x|, read at the base points of the group's chain in their
 * order, is lexicographically largest. For symmetric:n this sorts |x| in descending order; for cyclic:n it turns the
 * largest |x_i| to position 0. Built level by level along the chain, never listing the group: with all |x_i|
 * different, one element is left. With ties F(x) is a coset of the stabiliser of |g^-1 x| at the base points; an x with
 * more elements than can be listed is refused when it comes.
 */
export function sortAbsFrame(group: PermutationGroup): Frame {
  const { levels } = group.chain();
  const n = group.degree;
  const representative = new Int32Array(n);
  return {
    id: "sort-abs",
    elements(x) {
      if (x.length !== n) throw new RangeError(`x has ${x.length} entries, the group moves ${n} points`);
      let candidates: Permutation[] = [identity(n)];
      for (const level of levels) {
        // g = u_0 ... u_i with (g^-1 x) at the base point equal to x at g(base point) = (u_0 ... u_{i-1})(target).
        let largest = -1;
        let next: [Permutation, number][] = [];
        for (const product of candidates)
          for (let index = 0; index < level.size; index++) {
            const target = level.at(index);
            const value = Math.abs(x[product[target]]);
            if (value < largest) continue;
            if (value > largest) [largest, next] = [value, []];
            next.push([product, target]);
          }
        if (next.length > TIES_LIMIT)
          reject({
            where: `frame sort-abs over ${group.name}`,
            what: `|x| has so many ties that the frame has over ${TIES_LIMIT} elements`,
          });
        candidates = next.map(([product, target]) => {
          if (target === level.point) return product;
          level.representative(target, representative);
          return compose(product, representative);
        });
      }
      return candidates;
    },
  };
}

/** The mean of f(g^-1 x) over the frame; `f` must not keep its argument. */
export function frameAverage(frame: Frame, f: (x: Float64Array) => number, x: ArrayLike<number>): number {
  const elements = frame.elements(x);
  const moved = new Float64Array(x.length);
  let sum = 0;
  for (const g of elements) sum += f(actInversely(g, x, moved));
  return sum / elements.length;
}

/** Whether F(g x) = g F(x) as sets. */
export function isEquivariantAt(frame: Frame, g: Permutation, x: ArrayLike<number>): boolean {
  const expected = frame.elements(x).map((h) => compose(g, h));
  return sameSet(frame.elements(actOnVector(g, x)), expected);
}

/** Whether F(x o z) = F(x) as sets, z a vector of signs. */
export function isSignInvariantAt(frame: Frame, x: ArrayLike<number>, signs: ArrayLike<number>): boolean {
  const flipped = Float64Array.from(x, (value, i) => value * signs[i]);
  return sameSet(frame.elements(flipped), frame.elements(x));
}

function sameSet(a: readonly Permutation[], b: readonly Permutation[]): boolean {
  const names = new Set(a.map((g) => g.join()));
  return names.size === a.length && a.length === b.length && b.every((g) => names.has(g.join()));
}
