import { allComputed } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";
import { slopeOf } from "./slope.ts";

interface Need {
  readonly learner: string;
  readonly parameter: string;
  readonly seeds: number;
  readonly against?: "value";
  readonly points: readonly {
    readonly value: number;
    readonly samples: number | null;
    readonly tried: readonly { readonly samples: number; readonly successes: number }[];
  }[];
}

/** Of the logarithms over what was needed, by the value's or the value itself. */
function slope({ points, against }: Need): number {
  const found = points.flatMap(({ value, samples }) =>
    samples === null ? [] : [[against === "value" ? value : Math.log10(value), Math.log10(samples)] as const],
  );
  return slopeOf(found);
}

export const sampleNeed: Truth = {
  definitions: ["about 1 is linear", "coefficients within 5 %", "(.99 of them)", "of log10)"],
  rules(told) {
    const needs = allComputed<Need>(told);
    const [degrees, sizes] = [true, false].map((d) => needs.filter((n) => (n.against === "value") === d));
    return [
      rule("Examples that the ways round need: {}$", () => [
        sizes.map((n) => `${n.parameter}^${slope(n).toFixed(2)} by ${n.learner}`).join("; "),
      ]),
      rule("Examples needed as the terms' degree grows: {}$", () => [
        degrees.map((n) => `10^(${slope(n).toFixed(2)} ${n.parameter}) by ${n.learner}`).join("; "),
      ]),
      rule("with coefficients within 5 %. {}. Growing-Basis takes", () => [
        degrees
          .map((n) => {
            const factor = (10 ** slope(n)).toPrecision(2);
            const missing = n.points.flatMap(({ value, samples, tried }) => {
              const last = tried[tried.length - 1];
              const most = last.samples.toLocaleString("en");
              return samples === null
                ? [
                    `degree ${value} succeeded in ${last.successes} of ${n.seeds} seeds with ${most}, the most tried`,
                  ]
                : [];
            });
            const fit = `a factor ${factor} a degree (slope ${slope(n).toFixed(2)} of log10)`;
            return [`${n.learner}: ${fit}`, ...missing].join("; ");
          })
          .join(". "),
      ]),
    ];
  },
};
