/** The label, and functions of it, against invariant polynomials degree by degree. */

import { foldIn, type Key } from "../base/random.ts";
import { part, type Examples } from "./action.ts";
import { energyOf, type Energy } from "./energy.ts";
import { labelTransforms, standardised, type TransformName } from "./labels.ts";
import { separated } from "./overlap.ts";
import {
  coordinatesOf,
  invariants,
  mostProducts,
  productCount,
  productOrbits,
  productsOf,
  type Coordinates,
} from "./polynomials.ts";

/** One test: a function of the label against all invariant polynomials of one degree. */
export interface DegreeTest {
  readonly transform: TransformName;
  readonly degree: number;
  /** Invariant polynomials, and the products that they are sums of. */
  readonly functions: number;
  readonly products: number;
  /** Examples that were used: fewer where there are many functions. */
  readonly examples: number;
  /** Whether the polynomials overlap, so that the sum of squared correlations is no share of the label. */
  readonly overlapping: boolean;
  readonly energy: Energy;
}

/** Why no further degree was looked at. */
export interface DegreeTests {
  readonly tests: readonly DegreeTest[];
  /** The largest degree tested. */
  readonly degree: number;
  /** What stood in the way of the next one; absent where the degree asked for was reached. */
  readonly limit?: string;
}

/** Functions times examples of one test, at most. */
const mostValues = 2 ** 23;
/** Multiplications for the values of all products, at most. */
const mostWork = 3e9;
/** Numbers of the coordinates' polynomials, at most. */
const mostTable = 2 ** 25;
/** Below so many examples a further degree is not looked at, unless there are no more. */
const leastExamples = 1000;

/**
 * @param most the largest degree
 * @param told how far it is, 0 to 1
 */
export async function degreeTests(
  examples: Examples,
  most: number,
  key: Key,
  told: (text: string, fraction: number) => void,
): Promise<DegreeTests> {
  const laws = coordinatesOf(examples, most);
  const tests: DegreeTest[] = [];
  for (let degree = 1; degree <= most; degree++) {
    const plan = planned(examples, laws, degree);
    if (typeof plan === "string") return { tests, degree: degree - 1, limit: plan };
    const of = part(examples, 0, plan.examples);
    const given = invariants(of, laws, plan.orbits);
    if (given.count === 0) return { tests, degree: degree - 1, limit: "there are no further polynomials" };
    const { functions, overlapping } = await separated(given);
    const transforms = labelTransforms(standardised(of.y));
    for (const [t, { name, values }] of transforms.entries()) {
      told(`degree ${degree}: ${name}`, (degree - 1 + t / transforms.length) / most);
      const energy = await energyOf(functions, values, foldIn(foldIn(key, degree), name));
      const { count } = functions;
      tests.push({
        transform: name,
        degree,
        functions: count,
        products: plan.products,
        examples: plan.examples,
        overlapping,
        energy,
      });
    }
  }
  return { tests, degree: most };
}

/** The orbits of a degree and the examples that they are evaluated on; a text says why there are too many. */
function planned({ dimension, count, group }: Examples, laws: Coordinates, degree: number) {
  const products = productCount(dimension, degree);
  if (products > mostProducts) return `degree ${degree} has ${products} products, more than ${mostProducts}`;
  const listed = productsOf(laws, degree);
  const orbits = productOrbits(listed, group.generators);
  const affordable = affordableExamples(dimension, degree, listed.length, orbits.length);
  if (affordable < Math.min(count, leastExamples))
    return `degree ${degree} has ${orbits.length} polynomials, too many for ${leastExamples} examples`;
  return { orbits, products: listed.length, examples: Math.min(count, affordable) };
}

/** How many examples so many products of a degree, and so many sums of them, are evaluated on at most. */
export const affordableExamples = (
  dimension: number,
  degree: number,
  products: number,
  functions: number,
): number =>
  Math.floor(
    Math.min(
      mostValues / Math.max(1, functions),
      mostWork / Math.max(1, products * degree),
      mostTable / (dimension * (degree + 1)),
    ),
  );
