import { computedIn } from "./computed.ts";
import { different, rule, type Truth } from "./rule.ts";
import { slopeOf } from "./slope.ts";

interface Planes {
  readonly spreads: readonly { readonly d: number; readonly k: number; readonly rootMeanSquare: number }[];
  readonly growths: readonly {
    readonly d: number;
    readonly k: number;
    readonly count: number;
    readonly effective: number;
    readonly harmonicDimension: number;
  }[];
  readonly heat: { readonly d: number; readonly k: number; readonly gram: readonly (readonly number[])[] };
}

export const planes: Truth = {
  definitions: ["1/sqrt(dim H_k)", "the diagonal, 1, is grey"],
  rules(told) {
    const { spreads, growths, heat } = computedIn<Planes>(told);
    const orders = different(spreads.map((s) => s.k));
    const slope = (k: number): string =>
      slopeOf(
        spreads.filter((s) => s.k === k).map((s) => [Math.log(s.d), Math.log(s.rootMeanSquare)]),
      ).toFixed(2);
    const ds = spreads.map((s) => s.d);
    const longest = Math.max(...growths.map((g) => g.count));
    const ends = growths.filter((g) => g.count === longest);
    const least = Math.min(...ends.map((g) => g.effective / g.harmonicDimension));
    const pairs = heat.gram.flatMap((row, i) => row.slice(0, i));
    return [
      rule("Random planes correlate less the more features there are: slope {}$", () => [
        orders.map((k) => `${slope(k)} at k = ${k}`).join(", "),
      ]),
      rule("Planes drawn uniformly, d = {} to {},", () => [Math.min(...ds), Math.max(...ds)]),
      // planes in R^d: the root mean square falls as d^(-k/2)
      rule("Slopes by least squares over all of these d: {}. Dashed", () => [
        orders.map((k) => `${slope(k)} at k = ${k} (proved ${-k / 2})`).join(", "),
      ]),
      rule("Lists of {} planes certify at least {} of what", () => [longest, least.toFixed(2)]),
      rule("comes up to it from below: {} at D = {}.", () => [
        ends.map((g) => `${g.effective.toFixed(1)} of ${g.harmonicDimension}`).join(", "),
        longest,
      ]),
      rule("Of {} planes, d = {}, k = {}, no two correlate by more than {}$", () => [
        heat.gram.length,
        heat.d,
        heat.k,
        Math.max(...pairs.map(Math.abs)).toFixed(2),
      ]),
      rule("Correlations of {} random planes", () => [heat.gram.length]),
    ];
  },
};
