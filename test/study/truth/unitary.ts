import { computedIn } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Depths {
  readonly nodes: number;
  readonly networks: readonly {
    readonly network: string;
    readonly layers: readonly { readonly depth: number; readonly rayleigh: number; readonly norm: number }[];
  }[];
  readonly truncation: readonly { readonly terms: number; readonly error: number }[];
  readonly unnormalised: { readonly norm: number; readonly ratio: number };
}

export const unitary: Truth = {
  rules(told) {
    const { nodes, networks, truncation, unnormalised: u } = computedIn<Depths>(told);
    const deepest = networks.map(({ network, layers }) => ({
      network,
      ...layers.reduce((a, b) => (b.depth > a.depth ? b : a)),
    }));
    return [
      rule("Do nodes stay different? Rayleigh quotients at {} layers: {}$", () => [
        deepest[0].depth,
        ["convolution", "unitary", "Lie"]
          .map((kind) => {
            const own = deepest.filter((d) => d.network.startsWith(kind)).map((d) => d.rayleigh);
            return `${kind} ${Math.min(...own).toPrecision(2)} to ${Math.max(...own).toPrecision(2)}`;
          })
          .join(", "),
      ]),
      rule(
        "Uniform graphs on {} nodes, random features, no trained weights, means over seeds: {}. Unitary",
        () => [
          nodes,
          deepest
            .map(
              (d) =>
                `${d.network} ${d.rayleigh.toPrecision(2)}, norm ${d.norm.toPrecision(2)} (${d.depth} layers)`,
            )
            .join("; "),
        ],
      ),
      rule(
        "is off an isometry by {}; of the adjacency matrix itself, norm {}, ten terms multiply norms by {}:",
        () => [
          truncation.map((t) => `${t.error.toExponential(0)} (${t.terms} terms)`).join(", "),
          u.norm.toFixed(1),
          u.ratio.toFixed(1),
        ],
      ),
    ];
  },
};
