import { allComputed } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Accuracy {
  readonly n: number;
  readonly degrees: readonly number[];
  readonly labellings: readonly {
    readonly labels: string;
    readonly correlation: number;
    readonly permuted: number;
  }[];
}

export const graphAccuracy: Truth = {
  rules: (told) => [
    rule("Correlation with the logarithm of the ratio: {}. Graphs", () => [
      allComputed<Accuracy>(told)
        .flatMap(({ n, degrees, labellings }) =>
          labellings.map(
            (l) =>
              `n = ${n}, S = {${degrees.join(",")}}, ${l.labels}: ${l.correlation.toFixed(2)} ` +
              `(permuted ${l.permuted.toFixed(2)})`,
          ),
        )
        .join("; "),
    ]),
  ],
};
