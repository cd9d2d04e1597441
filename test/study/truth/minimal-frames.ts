import { computedIn } from "./computed.ts";
import { average, rule, type Truth } from "./rule.ts";

interface Frames {
  readonly graphs: readonly {
    readonly n: number;
    readonly sizes: readonly number[];
    readonly exact: number;
    readonly mismatches: number;
  }[];
  readonly regular: readonly {
    readonly graph: string;
    readonly elements: number;
    readonly wholeFrame: number;
    readonly oneElement: number;
  }[];
  readonly clouds: readonly { readonly group: string; readonly moved: number; readonly outside: number }[];
  readonly collinear: readonly { readonly distance: number; readonly error: number }[];
}

const power = (x: number): string => x.toExponential(0);

export const minimalFrames: Truth = {
  rules(told) {
    const { graphs, regular, clouds, collinear } = computedIn<Frames>(told);
    const last = graphs.reduce((a, b) => (b.n > a.n ? b : a));
    const wrong = graphs.reduce((sum, g) => sum + g.mismatches, 0);
    const series = graphs.reduce((sum, g) => sum + g.sizes.length, 0);
    return [
      rule(
        "for uniform graphs on {} nodes {} network passes on average, exactly, {} measured, in place of {}!",
        () => [last.n, last.exact.toPrecision(4), average(last.sizes).toPrecision(4), last.n],
      ),
      rule("Every canonical form was the same after relabelling ({} series", () =>
        wrong === 0 ? [series] : undefined,
      ),
      rule("{} canonical forms changed", () => [wrong]),
      rule("the whole frame is needed: {}. Points", () => [
        regular
          .map(
            (r) =>
              `${r.graph}, ${r.elements} elements: change ${power(r.wholeFrame)}, of one element ${power(r.oneElement)}`,
          )
          .join("; "),
      ]),
      rule("by Gram-Schmidt, one element: {}; nearly collinear points lose it: {}. After", () => [
        clouds
          .map((c) => `${c.group} ${power(c.moved)}, moved by another group ${power(c.outside)}`)
          .join("; "),
        collinear.map((c) => `${power(c.error)} at distance ${power(c.distance)}`).join(", "),
      ]),
    ];
  },
};
