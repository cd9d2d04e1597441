/**
 * Permutation groups by name: what the command line calls `--group`. A group is data (generators and a few flags);
 * its order, chain and cycle index are worked out when first asked for.
 */

import type { ReadFile } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import { lazy } from "../base/lazy.ts";
import { once, runNow, type Progress } from "../base/progress.ts";
import { range } from "../base/range.ts";
import { chainOrder, type Chain } from "./chain.ts";
import { productIndex, requireFewTypes, type CycleIndex } from "./cycle-index.ts";
import { generatedCycleIndexSteps, elementsRunThrough } from "./generated-cycle-index.ts";
import {
  DEGREE_LIMIT,
  namedGroup,
  parseGroupExpression,
  printGroupExpression,
  type Factor,
  type GroupExpression,
} from "./expression.ts";
import { parseGenerators } from "./generators-file.ts";
import { orbits } from "./orbits.ts";
import { compose, equal, type Permutation } from "./permutation.ts";
import { liftGenerators, productLevels } from "./product-action.ts";
import { schreierSims, schreierSimsSteps } from "./schreier-sims.ts";

/** One factor of a product. */
export interface Component {
  readonly name: string;
  readonly degree: number;
  /** Named kind and size; absent for generators from a file. */
  readonly named?: { readonly kind: string; readonly n: number };
  readonly generators: readonly Permutation[];
  abelian(): boolean;
  readonly transitive: boolean;
  order(): bigint;
  chain(): Chain;
  cycleIndex(): CycleIndex;
  /** As `chain` and `cycleIndex`, reporting how far the first of them that is asked for is. */
  chainSteps(): Generator<Progress, Chain>;
  cycleIndexSteps(): Generator<Progress, CycleIndex>;
  /** How many elements `cycleIndex` has to run through; 0 for named groups. */
  elementsRunThrough(): bigint;
  /** How many cycle types there are at most, known without listing them. */
  cycleTypes(): number;
}

/** A permutation group: a name, generators, and what is worked out of them when it is asked for. */
export interface PermutationGroup extends Component {
  /** Its name, from which `parseGroup` makes it again. */
  readonly name: string;
  /** The product's factors; the group itself if there is one. */
  readonly components: readonly Component[];
}

/**
 * The group of a name.
 * @param text e.g. `cyclic:12`, `cyclic:4xdihedral:5`, `file:generators.json`
 * @param readFile gives the text of generator files; without it they are refused
 * @throws InputError for unknown kinds, degrees above the limits, files that hold no permutations
 */
export function parseGroup(text: string, readFile?: ReadFile, where = "group"): PermutationGroup {
  return buildGroup(parseGroupExpression(text, where), readFile, where);
}

/** The group of a parsed expression, its files read. @throws InputError above the limits, or for unfit files */
export function buildGroup(
  expression: GroupExpression,
  readFile?: ReadFile,
  where = "group",
): PermutationGroup {
  const components = expression.map((factor) => component(factor, readFile, where));
  const degree = components.reduce((product, c) => product * c.degree, 1);
  const name = printGroupExpression(expression);
  if (degree > DEGREE_LIMIT)
    reject({ where, what: `${name} moves ${degree} points`, allowed: `degree at most ${DEGREE_LIMIT}` });
  if (components.length === 1) return { ...components[0], components };
  return product(name, degree, components);
}

/** The group that permutations of 0..degree-1 generate, under a name of your own. */
export function generatedGroup(
  name: string,
  degree: number,
  generators: readonly Permutation[],
): PermutationGroup {
  const only = generatedComponent(name, degree, generators);
  return { ...only, components: [only] };
}

function component(factor: Factor, readFile: ReadFile | undefined, where: string): Component {
  if (factor.kind === "named") return namedComponent(factor.group, factor.n);
  const name = printGroupExpression([factor]);
  if (readFile === undefined)
    return reject({ where, what: `${name} cannot be read here`, allowed: "named groups" });
  const { degree, generators } = parseGenerators(readFile(factor.name), factor.name);
  return generatedComponent(name, degree, generators);
}

function namedComponent(kind: string, n: number): Component {
  const group = namedGroup(kind);
  if (group === undefined) throw new RangeError(`no group of kind ${kind}`);
  const chain = lazy(() => ({ degree: n, levels: group.levels(n) }));
  const cycleIndex = lazy(() => group.cycleIndex(n));
  return {
    name: `${kind}:${n}`,
    degree: n,
    named: { kind, n },
    generators: group.generators(n),
    abelian: () => group.abelian(n),
    transitive: group.transitive(n),
    order: lazy(() => group.order(n)),
    chain,
    cycleTypes: () => group.cycleTypes(n),
    cycleIndex,
    ...atOnce(chain, cycleIndex),
    elementsRunThrough: () => 0n,
  };
}

/** Steps of what takes no time worth reporting. */
const atOnce = (chain: () => Chain, cycleIndex: () => CycleIndex) => ({
  // oxlint-disable-next-line require-yield
  *chainSteps(): Generator<Progress, Chain> {
    return chain();
  },
  // oxlint-disable-next-line require-yield
  *cycleIndexSteps(): Generator<Progress, CycleIndex> {
    return cycleIndex();
  },
});

function generatedComponent(name: string, degree: number, generators: readonly Permutation[]): Component {
  const chainSteps = once(() => schreierSimsSteps(generators, degree));
  const cycleIndexSteps = once(function* () {
    return yield* generatedCycleIndexSteps(name, yield* chainSteps(), generators);
  });
  const chain = (): Chain => runNow(chainSteps());
  const cycleIndex = (): CycleIndex => runNow(cycleIndexSteps());
  const order = lazy(() => chainOrder(chain()));
  return {
    name,
    degree,
    generators,
    abelian: lazy(() => commute(generators)),
    transitive: orbits(generators, degree).length === 1,
    order,
    chain,
    cycleIndex,
    chainSteps,
    cycleIndexSteps,
    elementsRunThrough: lazy(() => elementsRunThrough(chain(), generators)),
    cycleTypes: () => cycleIndex().terms.length,
  };
}

function product(name: string, degree: number, components: readonly Component[]): PermutationGroup {
  const degrees = components.map((c) => c.degree);
  const cycleIndexSteps = once(() => productOfIndices(name, components));
  const chain = lazy(() => ({
    degree,
    levels: productLevels(
      degrees,
      components.map((c) => c.chain()),
    ),
  }));
  return {
    name,
    degree,
    components,
    generators: components.flatMap((c, f) => liftGenerators(degrees, f, c.generators)),
    abelian: () => components.every((c) => c.abelian()),
    transitive: components.every((c) => c.transitive),
    order: lazy(() => components.reduce((order, c) => order * c.order(), 1n)),
    chain,
    *chainSteps() {
      for (const c of components) yield* c.chainSteps();
      return chain();
    },
    elementsRunThrough: () => components.reduce((sum, c) => sum + c.elementsRunThrough(), 0n),
    cycleTypes: () => components.reduce((count, c) => count * c.cycleTypes(), 1),
    cycleIndex: () => runNow(cycleIndexSteps()),
    cycleIndexSteps,
  };
}

/** How many cycle types a product has at most. Only groups given by generators have to be run through for it. */
export function* countCycleTypes(components: readonly Component[]): Generator<Progress, number> {
  for (const c of components) if (c.named === undefined) yield* c.cycleIndexSteps();
  return components.reduce((count, c) => count * c.cycleTypes(), 1);
}

/**
 * The cycle index of a product of components.
 * @throws InputError where there are too many cycle types to list
 */
export function* productOfIndices(
  name: string,
  components: readonly Component[],
): Generator<Progress, CycleIndex> {
  requireFewTypes(yield* countCycleTypes(components), name);
  return components.map((c) => c.cycleIndex()).reduce(productIndex);
}

/**
 * A chain of the group whose base begins with the given points.
 * @throws InputError above GENERATED_DEGREE_LIMIT points
 */
export function chainFrom(group: PermutationGroup, points: ArrayLike<number>): Chain {
  const first = Array.from(points);
  const rest = range(group.degree).filter((i) => !first.includes(i));
  return schreierSims(group.generators, group.degree, { base: [...first, ...rest], order: group.order() });
}

/** The elements that fix `point`, as a chain; `chainGenerators` gives generators. */
export function pointStabiliser(group: PermutationGroup, point: number): Chain {
  const chain = chainFrom(group, [point]);
  const moved = chain.levels.length > 0 && chain.levels[0].point === point;
  return moved ? { degree: chain.degree, levels: chain.levels.slice(1) } : chain;
}

function commute(generators: readonly Permutation[]): boolean {
  return generators.every((g, i) =>
    generators.slice(i + 1).every((h) => equal(compose(g, h), compose(h, g))),
  );
}
