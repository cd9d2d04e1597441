/** The large games: whole lists, populations of 100,000 examples (8,000 for the planes, whose Gram matrix is the cost). */

import { expect, it } from "vitest";
import { foldIn, keyFor, stream } from "../../../src/base/random.ts";
import { play } from "../../../src/study/play/play.ts";
import { lineAt, type Play } from "../../../src/study/play/study.ts";
import { familyById } from "../../../src/family/registry.ts";
import { adversary, excludedAtMost } from "../../../src/query/oracle/adversary.ts";
import { valuesOn } from "../../../src/query/members.ts";
import { longMembers } from "../../../src/query/oracle/long-members.ts";
import { spectrumOf } from "../../../src/query/oracle/members.ts";
import type { QueryBlock } from "../../../src/query/oracle/oracle.ts";
import { samplePopulation } from "../../../src/query/oracle/population.ts";

function run(id: string, params: Record<string, unknown>, options: Record<string, unknown>): Promise<Play> {
  const family = familyById(id);
  return play({ family, params: family.parse(params), seed: 0, options });
}

function check({ runs, ...game }: Play): void {
  expect(game.vacuous).toBe(false);
  for (const { strategy, curve } of runs)
    for (const { queries, survivors } of curve)
      expect(survivors, `${strategy} after ${queries}`).toBeGreaterThanOrEqual(lineAt({ ...game }, queries));
  const greedy = runs.find((r) => r.strategy === "greedy")!;
  expect(greedy.survivors).toBeLessThan(game.functions);
}

it("all 1,024 degree parities on 12 nodes", async () => {
  const game = await run("gnn-degree-parity", { n: 12 }, { tau: 0.5, queries: 60 });
  expect(game.functions).toBe(1024);
  check(game);
});

it("all orbits of sets of 4 under 24 cyclic shifts", async () => {
  const game = await run("frame-parity", { group: "cyclic:24", k: 4 }, { tau: 0.25, queries: 4 });
  expect(game.functions).toBe(446);
  check(game);
});

it("10,000 planes", async () => {
  const family = familyById("gnn-hidden-plane");
  const key = keyFor("ten thousand planes");
  const list = family.members!(family.parse({ n: 1, d: 16, k: 4 }), { seed: 0, count: 10_000 });
  const population = samplePopulation(list.law, foldIn(key, "population"), 8000);
  const members = await longMembers(list, population, () => {});
  const { lambda, confidence, estimate } = await spectrumOf(list, members, key);
  expect(confidence).toBe(1);
  expect(lambda).toBeGreaterThan(estimate!);
  expect(lambda).toBeLessThan(1.2 * estimate!);
  const player = adversary(members, 0.25, false);
  const s = stream(foldIn(key, "queries"));
  const asked: { block: QueryBlock; answers: Float64Array }[] = [];
  for (let t = 0; t < 20; t++) {
    const c = new Float64Array(list.count);
    for (let i = 0; i < (t < 10 ? 1 : 12); i++) c[s.below(list.count)] = 1;
    const block = members.combinations(c, 1);
    asked.push({ block, answers: (await player.oracle.correlations(block)).values });
  }
  const excluded = excludedAtMost(lambda, 0.25, members.lost);
  player.history.forEach((left, t) => expect(left).toBeGreaterThanOrEqual(list.count - t * excluded));
  const survivors = player.survivors();
  expect(survivors.length).toBeLessThan(list.count - 9);
  // a drawn hundred of the survivors against every answer, from their values
  const some = Array.from({ length: 100 }, () => survivors[s.below(survivors.length)]);
  const values = await valuesOn(list)(population.points)(some);
  for (const { block, answers } of asked) {
    const h = await block.on(population.points);
    const norm = Math.sqrt(h.reduce((sum, x) => sum + x * x, 0) / h.length);
    for (let i = 0; i < some.length; i++) {
      let inner = 0;
      for (let x = 0; x < h.length; x++) inner += h[x] * values[i * h.length + x];
      expect(Math.abs(inner / h.length / norm - answers[0])).toBeLessThanOrEqual(0.25);
    }
  }
});
