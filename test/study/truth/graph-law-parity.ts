import { digits } from "./cells.ts";
import { computedIn } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Laws {
  readonly sizes: readonly {
    readonly n: number;
    readonly dimension: number;
    readonly views: readonly { readonly law: string; readonly ranks: readonly number[] }[];
  }[];
}

export const graphLawParity: Truth = {
  definitions: ["(tau/eps)^2", "eps = 1,", "the rank of (pi, 1) is n - 2 in place of n - 1"],
  rules(told) {
    const { sizes } = computedIn<Laws>(told, "seeds");
    return [
      rule("with d_eff at least {}: small numbers", () => [
        sizes.map((s) => `${digits(s.dimension, 3)} at n = ${s.n}`).join(", "),
      ]),
      rule("is the hidden set ({}). A tilt", () => [
        sizes
          .map(({ n, views }) => {
            const { ranks } = views.find((v) => v.law === "tilted by a parity")!;
            return `${ranks.filter((r) => r === n - 2).length} of ${ranks.length} seeds at n = ${n}`;
          })
          .join("; "),
      ]),
    ];
  },
};
