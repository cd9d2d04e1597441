/** A learner holds the oracle's functions only: nothing reachable from them is the target. */

import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { studentOf } from "../../../src/family/family.ts";
import type { Instance } from "../../../src/family/instance.ts";
import { gnnDegreeParity } from "../../../src/family/gnn-degree-parity/index.ts";
import { adversary } from "../../../src/query/oracle/adversary.ts";
import { membersOn } from "../../../src/query/oracle/members.ts";
import type { Oracle } from "../../../src/query/oracle/oracle.ts";
import { samplePopulation } from "../../../src/query/oracle/population.ts";
import { populationOracle, samplingOracle } from "../../../src/query/oracle/target-oracle.ts";

/** Everything reachable by properties, getters and symbols included, prototypes up to the built-in ones. */
function reachable(root: unknown): Set<unknown> {
  const seen = new Set<unknown>();
  const builtIn = new Set<unknown>([Object.prototype, Function.prototype, Array.prototype, Object.getPrototypeOf(async () => {})]); // prettier-ignore
  const walk = (value: unknown): void => {
    if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
    if (seen.has(value) || builtIn.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value)) return;
    for (const name of Reflect.ownKeys(value)) {
      if (typeof value === "function" && (name === "arguments" || name === "caller")) continue;
      walk((value as Record<PropertyKey, unknown>)[name]);
    }
    walk(Object.getPrototypeOf(value));
  };
  walk(root);
  return seen;
}

/** Whether the target or what it is made of can be reached. */
function leaks(root: unknown, instance: Instance): boolean {
  const secret = new Set<unknown>([
    instance,
    instance.hidden,
    instance.hard,
    instance.hard.label,
    instance.easy,
  ]);
  const degrees = JSON.stringify(instance.hidden["degrees"]);
  return [...reachable(root)].some((value) => secret.has(value) || (Array.isArray(value) && JSON.stringify(value) === degrees)); // prettier-ignore
}

const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n: 8, degrees: [1, 3, 4] }), 0);
const target = { label: instance.hard.label, signs: true };
const key = keyFor("access");
const population = samplePopulation(instance.law, key, 2000);
const list = gnnDegreeParity.members!(instance.params, { seed: 0 });
const oracles: [string, Oracle][] = [
  ["exact", populationOracle(target, population, { tolerance: 0, noise: "none", key })],
  ["noisy", populationOracle(target, population, { tolerance: 0.1, noise: "gaussian", key })],
  ["sampling", samplingOracle(target, population, { law: instance.law, batch: 100, key })],
  ["adversarial", adversary(await membersOn(list, population), 0.1, true).oracle],
];

describe("the oracle a learner holds", () => {
  it.each(oracles)("%s: no target in anything reachable from it, and nothing to replace", (_, oracle) => {
    expect(leaks(oracle, instance)).toBe(false);
    expect(Object.values(oracle).every((v) => typeof v === "function" || typeof v === "number")).toBe(true);
    expect(Object.isFrozen(oracle)).toBe(true);
    const student = studentOf(gnnDegreeParity, instance, { layers: 2, width: 4, readoutLayers: 1, pool: "mean" }); // prettier-ignore
    expect(leaks({ oracle, student }, instance)).toBe(false);
  });

  it("the walk finds a target wherever one is put (negative control)", () => {
    const [, oracle] = oracles[0];
    expect(leaks({ ...oracle, target }, instance)).toBe(true);
    expect(
      leaks(
        Object.assign(() => 0, { hint: { deep: [instance.hidden] } }),
        instance,
      ),
    ).toBe(true);
    expect(leaks({ oracle, degrees: [1, 3, 4] }, instance)).toBe(true);
    expect(leaks(Object.create({ instance }), instance)).toBe(true);
  });
});

/** Looks for a label function instead of asking; guesses without one. */
function cheat(access: unknown): (samples: typeof population.points) => ArrayLike<number> {
  for (const value of reachable(access)) {
    const { label } = value as { label?: unknown };
    if (typeof label === "function") return label as ReturnType<typeof cheat>;
  }
  return (samples) => new Float64Array(samples.count).fill(1);
}

it("a cheating learner fails on the oracle, and would not on a leaky one", () => {
  const truth = target.label(population.points);
  const accuracy = (h: ReturnType<typeof cheat>): number => {
    const guess = h(population.points);
    return truth.reduce((hits, y, i) => hits + (guess[i] === y ? 1 : 0), 0) / truth.length;
  };
  for (const [, oracle] of oracles) expect(accuracy(cheat(oracle))).toBeLessThan(0.6);
  expect(accuracy(cheat({ oracle: oracles[0][1], target }))).toBe(1);
});
