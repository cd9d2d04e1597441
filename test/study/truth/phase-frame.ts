import { computedIn } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Phases {
  readonly length: number;
  readonly signals: number;
  readonly perturbation: { readonly size: number; readonly general: number; readonly nearZero: number };
}

export const phaseFrame: Truth = {
  rules(told) {
    const { length, signals, perturbation: p } = computedIn<Phases>(told, "signals");
    const [size, general, near] = [p.size, p.general, p.nearZero].map((x) => x.toExponential(1));
    return [
      rule("Signals of length {} with", () => [length]),
      rule("by Newton steps; {} signals", () => [signals]),
      rule("A perturbation of {} moves the function by {} on average, and by {} where", () => [
        size,
        general,
        near,
      ]),
    ];
  },
};
