import { recordsOf } from "../../../src/run/record.ts";
import { rule, type Truth } from "./rule.ts";

interface Time {
  readonly vertices: number;
  readonly seconds: number;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}

export const reductionTimes: Truth = {
  definitions: ["as hard as 2-colouring", "3-uniform hypergraphs"],
  rules: ({ own }) => {
    const times = recordsOf(own, "recipe").flatMap((r) => r.measurement["times"] as unknown as Time[]);
    const sizes = times.map((t) => t.vertices);
    const at = (n: number): string =>
      median(times.filter((t) => t.vertices === n).map((t) => t.seconds)).toPrecision(2);
    return [
      rule("takes {} s at {} vertices, {} s at {}, in the median", () => {
        const [small, large] = [Math.min(...sizes), Math.max(...sizes)];
        return [at(small), small, at(large), large];
      }),
    ];
  },
};
