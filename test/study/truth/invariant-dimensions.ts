import { computedIn } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";
import { slopeOf } from "./slope.ts";

interface Dimensions {
  readonly series: readonly {
    readonly degree: number | string;
    readonly points: readonly { readonly variables: number; readonly log2Dimension: number }[];
  }[];
}

export const invariantDimensions: Truth = {
  definitions: ["nearest log2 m no power"],
  rules(told) {
    const { series } = computedIn<Dimensions>(told);
    return [
      rule("grows with the number of invariants m: slope {}$", () => [
        series
          .map(({ degree, points }) => {
            const upper = points.toSorted((a, b) => a.variables - b.variables).slice(points.length / 2);
            const slope = slopeOf(upper.map((p) => [Math.log2(p.variables), p.log2Dimension]));
            return `${slope.toFixed(2)} for k = ${degree}`;
          })
          .join(", "),
      ]),
    ];
  },
};
