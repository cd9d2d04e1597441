import { computedIn } from "./computed.ts";
import { average, rule, type Truth } from "./rule.ts";

interface Spectral {
  readonly groups: readonly {
    readonly group: string;
    readonly functions: number;
    readonly invariant: number;
    readonly samples: readonly {
      readonly samples: number;
      readonly plain: readonly number[];
      readonly invariant: readonly number[];
    }[];
    readonly averagedDifference: number | null;
  }[];
}

export const spectralAveraging: Truth = {
  rules(told) {
    const { groups } = computedIn<Spectral>(told);
    const differences = groups.flatMap((g) => g.averagedDifference ?? []);
    return [
      rule("falls with the number of functions: {}. It is", () => [
        groups
          .map(({ group, functions, invariant, samples }) => {
            const most = samples.reduce((a, b) => (b.samples > a.samples ? b : a));
            const measured = average(most.plain) / average(most.invariant);
            return [
              `${group}: ${functions} functions to ${invariant}, a factor ${(functions / invariant).toPrecision(2)},`,
              `measured ${measured.toPrecision(2)}`,
            ].join(" ");
          })
          .join("; "),
      ]),
      rule("the average over all elements, to {}, at the cost", () => [
        Math.max(...differences).toExponential(0),
      ]),
    ];
  },
};
