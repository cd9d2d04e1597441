import { computedIn } from "./computed.ts";
import { different, rule, type Truth } from "./rule.ts";
import { slopeOf } from "./slope.ts";

interface Frames {
  readonly dimensions: readonly {
    readonly family: string;
    readonly n: number;
    readonly k: number;
    readonly series: string;
    readonly log2Dimension: number;
  }[];
  readonly norms: readonly { readonly group: string; readonly order: number; readonly mean: number }[];
  readonly correlations: readonly {
    readonly n: number;
    readonly k: number;
    readonly planes: number;
    readonly largest: number;
  }[];
}

/** Orders in words are fixed; the last series has k as it grows. */
const fixedOrder = (series: string): boolean => /^k = \d+$/.test(series);

export const frames: Truth = {
  definitions: [
    "about 1/|G|",
    "about 1 over its order",
    " -1 for groups small",
    "nearest log2 n no power",
    "stays correlated: use k >= 4.",
    "n^(-(k-1)/2)",
    "about n^(k-1)",
    "dimension n^(k-1)",
  ],
  rules(told) {
    const { dimensions, norms, correlations } = computedIn<Frames>(told);
    const series = different(
      dimensions.filter((d) => fixedOrder(d.series)).map((d) => `${d.family}, ${d.series}`),
    ).map((name) => {
      const own = dimensions.filter((d) => `${d.family}, ${d.series}` === name);
      const slope = slopeOf(own.map((d) => [Math.log2(d.n), d.log2Dimension]));
      return { name, slope, proved: own[0].k - 1 };
    });
    const slopes = series.map((s) => s.slope);
    const proved = series.map((s) => s.proved);
    const norm = slopeOf(norms.map((x) => [Math.log(x.order), Math.log(x.mean)])).toFixed(2);
    const falls = different(correlations.map((c) => c.k)).map((k) => {
      const own = correlations.filter((c) => c.k === k);
      const slope = slopeOf(own.map((c) => [Math.log(c.n), Math.log(c.largest)])).toFixed(2);
      return { slope, k, expected: -(k - 1) / 2 };
    });
    return [
      rule("as a power of n, with slopes {} to {} where {} to {} are proved", () => [
        Math.min(...slopes).toFixed(2),
        Math.max(...slopes).toFixed(2),
        Math.min(...proved),
        Math.max(...proved),
      ]),
      rule("For fixed k about n^(k-1): {}. Slopes", () => [
        series.map((s) => `${s.name}: slope ${s.slope.toFixed(2)}, proved ${s.proved}`).join("; "),
      ]),
      rule("of the squared norm: slope {}$", () => [norm]),
      rule("Groups {}. Averaging", () => [norms.map((x) => x.group).join(", ")]),
      rule("(slope by least squares over all of them {}, proved", () => [norm]),
      rule("under cyclic shifts falls with n: slope {}$", () => [
        falls.map((s) => `${s.slope} at k = ${s.k}`).join(", "),
      ]),
      rule("The largest of all pairs of {} random planes", () => [
        different(correlations.map((c) => String(c.planes))).join(" or "),
      ]),
      rule("slopes by least squares over all n: {}. k = 2", () => [
        falls.map((s) => `${s.slope} at k = ${s.k} (expected ${s.expected})`).join(", "),
      ]),
    ];
  },
};
