import { computedIn } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Averages {
  readonly cases: readonly {
    readonly group: string;
    readonly order: number;
    readonly subset: readonly number[];
    readonly orbit: number;
    readonly points: readonly {
      readonly elements: number;
      readonly exact: number;
      readonly simulated: number;
    }[];
  }[];
}

export const averagingComplexity: Truth = {
  rules: (told) => [
    rule("Over half of the group the relative squared error is {}. Averages", () => [
      computedIn<Averages>(told)
        .cases.flatMap(({ group, order, subset, orbit, points }) =>
          points
            .filter((p) => p.elements === order / 2)
            .map(
              (p) =>
                `${p.exact.toFixed(2)} in closed form, ${p.simulated.toFixed(2)} drawn (${group}, ` +
                `S = {${subset.join(",")}}, orbit ${orbit})`,
            ),
        )
        .join("; "),
    ]),
  ],
};
