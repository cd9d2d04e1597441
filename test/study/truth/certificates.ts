import { different, rule, type Truth } from "./rule.ts";
import { recordsOf } from "../../../src/run/record.ts";

/** A fraction in words. */
const fraction = (x: number): string => (1 / x === Math.round(1 / x) ? `1/${1 / x}` : String(x));

export const certificates: Truth = {
  definitions: ["Parity of 2^k relu units"],
  rules({ own }) {
    const stated = recordsOf(own, "certify").map((r) => r.result.statement);
    const [rho, tau] = [stated.map((s) => s.rho), stated.map((s) => s.tau)].map((of) =>
      different(of.map(fraction)).join(" or "),
    );
    return [
      rule("a correlation above rho = {} with every member needs at tolerance tau = {}.", () => [rho, tau]),
    ];
  },
};
