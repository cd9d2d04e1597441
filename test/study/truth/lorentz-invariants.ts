import { computedIn } from "./computed.ts";
import { average, rule, type Truth } from "./rule.ts";

interface Lorentz {
  readonly space: number;
  readonly variables: number;
  readonly degree: number;
  readonly sampled: readonly number[];
  readonly boostError: number;
  readonly euclideanChange: number;
  readonly mean: number;
  readonly variance: number;
}

/** How many subsets of so many there are. */
const subsets = (n: number, k: number): number => (k === 0 ? 1 : (subsets(n - 1, k - 1) * n) / k);

export const lorentzInvariants: Truth = {
  rules(told) {
    const found = computedIn<Lorentz>(told, "samples");
    const { variables, space, degree, sampled } = found;
    const terms = subsets(variables, degree);
    return [
      rule(
        "Minkowski lengths of {} Gaussian vectors in R^{1,{}} are independent (mean {}, variance {})",
        () => [variables, space, found.mean.toFixed(2), found.variance.toFixed(2)],
      ),
      rule("under boosts and rotations to {}, where Euclidean lengths change by up to {}.", () => [
        found.boostError.toExponential(0),
        found.euclideanChange.toPrecision(1),
      ]),
      rule(
        "The {} multilinear terms of degree {} are orthonormal, so d_eff = {} exactly; of a sampled Gram matrix it is {} on",
        () => [terms, degree, terms, average(sampled).toFixed(1)],
      ),
    ];
  },
};
