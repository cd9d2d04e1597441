import { allComputed } from "./computed.ts";
import { different, rule, type Truth } from "./rule.ts";

interface Curve {
  readonly family: string;
  readonly learner: string;
  readonly points: readonly { readonly samples: number; readonly seed: number; readonly explained: number }[];
}

/** The fewest examples from which the worst seed explains 0.99. */
function enough({ points }: Curve): number | undefined {
  const worst = new Map<number, number>();
  for (const { samples, explained } of points)
    worst.set(samples, Math.min(worst.get(samples) ?? Infinity, explained));
  const good = [...worst].filter(([, least]) => least >= 0.99).map(([samples]) => samples);
  return good.length === 0 ? undefined : Math.min(...good);
}

export const sampleCurve: Truth = {
  rules(told) {
    const curves = allComputed<Curve>(told);
    return [
      rule("With enough examples {} of {} ways round explain 0.99 with every seed", () => [
        curves.filter((c) => enough(c) !== undefined).length,
        curves.length,
      ]),
      rule("values below -0.1 are drawn there. {}. None", () => [
        curves
          .map((c) => {
            const seeds = different(c.points.map((p) => p.seed)).length;
            const from = enough(c);
            const said =
              from === undefined
                ? "not all at 0.99 with any of the sizes tried"
                : `all above 0.99 from ${from.toLocaleString("en")} examples on`;
            return `${c.learner} on ${c.family} (${seeds} seeds): ${said}`;
          })
          .join("; "),
      ]),
    ];
  },
};
