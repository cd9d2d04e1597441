import { allComputed } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Found {
  readonly instances: readonly { readonly fittable: boolean | null; readonly colourable: boolean }[];
}

export const reductionInstances: Truth = {
  definitions: ["2-colouring a hypergraph"],
  rules: (told) => [
    rule(
      "On {} hypergraphs, the Fano plane first, the solver finds a fit just where trying every colouring finds a proper one in {} ({} can be fitted)",
      (...said) => {
        const found = allComputed<Found>(told).map(({ instances }) => [
          instances.length,
          instances.filter((i) => i.fittable === i.colourable).length,
          instances.filter((i) => i.fittable).length,
        ]);
        return found.find((f) => f.join() === said.join()) ?? found[0];
      },
    ),
  ],
};
