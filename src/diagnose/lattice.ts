/** Subgroups of a named group, of products factor by factor, that a label may be invariant under. */

import type { Component, PermutationGroup } from "../symmetry/groups.ts";
import { namedGroup } from "../symmetry/expression.ts";
import { liftGenerators } from "../symmetry/product-action.ts";
import { power, type Permutation } from "../symmetry/permutation.ts";

/** A subgroup by its generators on the points. */
export interface Subgroup {
  readonly name: string;
  readonly order: bigint;
  readonly generators: readonly Permutation[];
}

/** Subgroups that are tested, at most. */
const mostSubgroups = 40;

/** From the largest to the trivial one; of a group without a name itself and the trivial one. */
export function subgroups({ components, degree }: PermutationGroup): Subgroup[] {
  const lists = components.map(subgroupsOf);
  const degrees = components.map((c) => c.degree);
  const joined = lists.reduce<Subgroup[][]>(
    (products, list) => products.flatMap((chosen) => list.map((next) => [...chosen, next])),
    [[]],
  );
  const all = joined.map((factors) => ({
    name: factors.map(({ name }) => name).join(" x "),
    order: factors.reduce((order, f) => order * f.order, 1n),
    generators: factors.flatMap((f, at) => liftGenerators(degrees, at, f.generators)),
  }));
  const trivial: Subgroup = { name: `trivial:${degree}`, order: 1n, generators: [] };
  const sorted = all.filter(({ order }) => order > 1n).sort((a, b) => (a.order > b.order ? -1 : 1));
  return [...sorted.slice(0, mostSubgroups), trivial];
}

const divisors = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => i + 1).filter((k) => n % k === 0);

const named = (kind: string, n: number): Subgroup => {
  const group = namedGroup(kind);
  if (group === undefined) throw new RangeError(`no group of kind ${kind}`);
  return { name: `${kind}:${n}`, order: group.order(n), generators: group.generators(n) };
};

function shiftName(n: number, k: number): string {
  if (k === 1) return `cyclic:${n}`;
  return k === n ? `trivial:${n}` : `shifts by ${k} of ${n}`;
}

/** Shifts by multiples of k on n points. */
const shifts = (n: number, k: number): Subgroup => ({
  name: shiftName(n, k),
  order: BigInt(n / k),
  generators: k === n ? [] : [power(namedGroup("cyclic")!.generators(n)[0], k)],
});

/** With each subgroup of the shifts, that and the reflection i -> -i. */
function dihedral(n: number): Subgroup[] {
  const reflection = Int32Array.from({ length: n }, (_, i) => (n - i) % n);
  return divisors(n).flatMap((k) => {
    const turned = shifts(n, k);
    const reflected = k === n ? `reflection of ${n}` : `${turned.name}, and reflection`;
    const name = k === 1 ? `dihedral:${n}` : reflected;
    return [{ name, order: 2n * turned.order, generators: [...turned.generators, reflection] }, turned];
  });
}

function subgroupsOf(component: Component): Subgroup[] {
  const { name, named: known, degree: n, generators } = component;
  const whole: Subgroup = { name, order: component.order(), generators };
  const trivial: Subgroup = { name: `trivial:${n}`, order: 1n, generators: [] };
  switch (known?.kind) {
    case "cyclic":
      return divisors(n).map((k) => shifts(n, k));
    case "dihedral":
      return n < 3 ? [whole, trivial] : dihedral(n);
    case "symmetric":
      return n < 4 ? [whole, named("cyclic", n), trivial] : [whole, named("alternating", n), ...dihedral(n)];
    default:
      return [whole, trivial];
  }
}
