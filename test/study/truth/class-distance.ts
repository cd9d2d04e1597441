import { computedIn } from "./computed.ts";
import { average, different, rule, type Truth } from "./rule.ts";

interface Distances {
  readonly distances: readonly {
    readonly n: number;
    readonly labels: string;
    readonly ratios: readonly (number | null)[];
    readonly accuracies: readonly (number | null)[];
    readonly repeated: number;
  }[];
}

const mean = (values: readonly (number | null)[]): string =>
  average(values.flatMap((x) => x ?? [])).toFixed(2);

export const classDistance: Truth = {
  definitions: ["of 1 says"],
  rules(told) {
    const { distances } = computedIn<Distances>(told);
    const sizes = different(distances.map((d) => d.n));
    const largest = Math.max(...sizes);
    const at = (n: number, labels: string) => distances.find((d) => d.n === n && d.labels === labels)!;
    return [
      rule("over that to the own, {} nodes: {}$", () => [
        largest,
        distances
          .filter((d) => d.n === largest)
          .map((d) => `${mean(d.ratios)} for ${d.labels}`)
          .join(", "),
      ]),
      rule("are left out of the ratio. {}. A ratio", () => [
        sizes
          .map((n) => {
            const [hard, twin] = [at(n, "degree parity"), at(n, "easy twin")];
            return [
              `n = ${n}: ratio ${mean(hard.ratios)} against ${mean(twin.ratios)} of the twin, nearest neighbour right`,
              `on ${mean(hard.accuracies)} against ${mean(twin.accuracies)},`,
              `${(100 * hard.repeated).toFixed(0)} % of the graphs repeated`,
            ].join(" ");
          })
          .join("; "),
      ]),
    ];
  },
};
