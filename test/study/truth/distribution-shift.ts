import { allComputed } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Shift {
  readonly n: number;
  readonly degrees: readonly number[];
  readonly steps: number;
  readonly width: number;
  readonly batch: number;
  readonly runs: readonly {
    readonly labels: string;
    readonly trainedOn: string;
    readonly accuracies: readonly (number | null)[];
    readonly standardErrors: readonly (number | null)[];
  }[];
  readonly linear: readonly { readonly p: number; readonly share: number }[];
}

export const distributionShift: Truth = {
  definitions: [
    "1/2 in three of ten",
    "beside training on p = 1/2 itself",
    "curacy of .9.",
    "speaks of queries at p = 1/2 alone",
  ],
  rules: (told) => [
    rule("all judged at p = 1/2. {}. A training ends", () => [
      allComputed<Shift>(told)
        .map((set) => {
          const [mixed, half] = ["mixture", "p = 1/2"].map((on) =>
            set.runs.find((r) => r.labels === "degree parity" && r.trainedOn === on)!,
          );
          // by more than three standard errors of the difference
          const z = mixed.accuracies.flatMap((a, i) => {
            const [b, s, t] = [half.accuracies[i], mixed.standardErrors[i], half.standardErrors[i]];
            return a === null || b === null || s === null || t === null ? [] : [(a - b) / Math.hypot(s, t)];
          });
          const best = set.linear.reduce((a, b) => (b.share > a.share ? b : a));
          const atHalf = set.linear.find((l) => l.p === 0.5)!;
          return [
            `n = ${set.n}, S = {${set.degrees.join(",")}}, at most ${set.steps} steps of ${set.batch}, width ${set.width}:`,
            `the mixture better in ${z.filter((x) => x > 3).length} of ${z.length} seeds,`,
            `worse in ${z.filter((x) => x < -3).length};`,
            `a linear function of the counts has ${best.share.toFixed(2)} of the parity's variance at p = ${best.p},`,
            `${atHalf.share.toFixed(3)} at 1/2`,
          ].join(" ");
        })
        .join(". "),
    ]),
  ],
};
