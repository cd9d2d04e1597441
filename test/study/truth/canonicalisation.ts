import { computedIn } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Canonicalisation {
  readonly exponents: readonly { readonly map: string; readonly pooled: number }[];
  readonly contrasts: readonly {
    readonly target: string;
    readonly curves: readonly {
      readonly model: string;
      readonly parameters: number;
      readonly points: readonly { readonly samples: number; readonly risk: number }[];
    }[];
    readonly crossover: { readonly predicted: number | null; readonly measured: number | null };
  }[];
}

export const canonicalisation: Truth = {
  definitions: ["bias^2 + (noise^2 + bias^2) p / (N - p - 1)"],
  rules(told) {
    const { exponents, contrasts } = computedIn<Canonicalisation>(told);
    // 1 is that of jumps, 2 that of smooth functions
    const jumps = (e: { readonly pooled: number }): boolean => e.pooled - 1 < 2 - e.pooled;
    const named = (jump: boolean): string =>
      exponents
        .filter((e) => jumps(e) === jump)
        .map((e) => `${e.map} (${e.pooled.toFixed(2)})`)
        .join("; ");
    const near = (x: number | null): string => (x === null ? "never" : `near ${x.toFixed(0)}`);
    const parameters = (model: string): number =>
      contrasts[0].curves.find((c) => c.model === model)!.parameters;
    return [
      rule("{} of {} ways of imposing a symmetry leave", () => [
        exponents.filter((e) => !jumps(e)).length,
        exponents.length,
      ]),
      rule("Jumps: {}. Continuous: {}. A random", () => [named(true), named(false)]),
      {
        pattern: /^.*(?=\. Dots: measured)/g,
        again: () =>
          contrasts
            .map(({ target, curves, crossover: { predicted, measured } }) => {
              const risk = (model: string): number =>
                curves
                  .find((c) => c.model === model)!
                  .points.reduce((a, b) => (b.samples > a.samples ? b : a)).risk;
              const crossing =
                predicted === null && measured === null
                  ? "averaging ahead throughout"
                  : `crossing predicted ${near(predicted)} examples, seen ${near(measured)}`;
              const ratio = (risk("canonicalised") / risk("averaged")).toPrecision(2);
              return `${target}: ${crossing}, error canonicalised over averaged ${ratio} at the most examples`;
            })
            .join("; ")
            .replace(/^./, (letter) => letter.toUpperCase()),
      },
      rule("with p {} averaged, {} canonicalised, {} without symmetry", () => [
        parameters("averaged"),
        parameters("canonicalised"),
        parameters("none"),
      ]),
    ];
  },
};
