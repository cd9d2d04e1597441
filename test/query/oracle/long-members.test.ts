import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldIn, keyFor, stream, type Key } from "../../../src/base/random.ts";
import type { MemberList } from "../../../src/query/members.ts";
import { gnnHiddenPlane } from "../../../src/family/gnn-hidden-plane/index.ts";
import { largestEigenvalue } from "../../../src/numeric/eigenvalue-bounds.ts";
import { adversary, excludedAtMost } from "../../../src/query/oracle/adversary.ts";
import { LONGEST_LIST, longMembers } from "../../../src/query/oracle/long-members.ts";
import { valuesOn } from "../../../src/query/members.ts";
import { membersOn, spectrumOf, type Members } from "../../../src/query/oracle/members.ts";
import type { Correlations, QueryBlock } from "../../../src/query/oracle/oracle.ts";
import { moments, samplePopulation, type Population } from "../../../src/query/oracle/population.ts";
import { addRow } from "../../../src/query/symmetric-tiles.ts";

const key = keyFor("long members test");
const POINTS = 1300;
const planes = (params: Record<string, unknown>, count: number): MemberList =>
  gnnHiddenPlane.members!(gnnHiddenPlane.parse(params), { seed: 1, count });
/** The same list without what makes it fast. */
const plain = ({ count, law, values, hidden }: MemberList): MemberList => ({ count, law, values, hidden });

const list = planes({ n: 1, d: 5, k: 4 }, 90);
const population = samplePopulation(list.law, key, POINTS);
const weighted: Population = { ...population, weights: Float64Array.from({ length: POINTS }, (_, x) => (2 * (x + 1)) / (POINTS * (POINTS + 1))) }; // prettier-ignore

function gramOf({ points, weights }: Population): Float64Array {
  const values = list.values(points, 0, list.count);
  return Float64Array.from({ length: list.count ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / list.count), at % list.count];
    let sum = 0;
    for (let x = 0; x < POINTS; x++) sum += (weights?.[x] ?? 1 / POINTS) * values[i * POINTS + x] * values[j * POINTS + x]; // prettier-ignore
    return sum;
  });
}

describe("values by matrix products", () => {
  it.each([{ n: 1, d: 5, k: 4 }, { n: 4, d: 3, k: 6, graph: "star" }, { n: 5, d: 4, k: 2, graph: "path" }])(
    "are those of the list: %j",
    async (params) => {
      const some = planes(params, 12);
      const points = some.law.sample(key, 50);
      const [fast, slow] = [valuesOn(some)(points), valuesOn(plain(some))(points)];
      const [a, b] = [await fast([3, 4, 5, 9]), await slow([3, 4, 5, 9])];
      expect(a.length).toBe(200);
      a.forEach((x, i) => expect(Math.abs(x - b[i])).toBeLessThan(1e-6 * (1 + Math.abs(x))));
      expect(a.some((x) => x !== 0)).toBe(true);
    },
  ); // prettier-ignore
});

describe.each([["uniform", population], ["weighted", weighted]])("members held by their Gram matrix, %s population", (_, on) => {
  it("correlate as those whose values are kept, within the stated error", async () => {
    const [long, short] = [await longMembers(list, on, () => {}), await membersOn(list, on)];
    expect(long.gram).toBeDefined();
    expect(short.gram).toBeUndefined();
    const gram = gramOf(on);
    const norm = (i: number): number => Math.sqrt(gram[i * (list.count + 1)]);
    for (let i = 0; i < list.count; i += 7) {
      const row = new Float64Array(list.count);
      addRow(long.gram!, i, 1, row);
      row.forEach((x, j) => expect(Math.abs(x - gram[i * list.count + j])).toBeLessThan(long.gram!.entryError * norm(i) * norm(j) * 1.01)); // prettier-ignore
    }
    const s = stream(key);
    const c = new Float64Array(2 * list.count);
    for (let t = 0; t < 9; t++) c[s.below(c.length)] = s.normal();
    for (const allowed of [0, 0.005]) {
      const a = await long.correlate(long.combinations(c, 2), allowed);
      const b = await short.correlate(short.combinations(c, 2), allowed);
      expect(a.errors === undefined).toBe(allowed === 0);
      a.norms.forEach((x, q) => expect(x).toBeCloseTo(b.norms[q], 5));
      a.inner.forEach((x, at) => expect(Math.abs(x - b.inner[at])).toBeLessThan((a.errors?.[Math.floor(at / list.count)] ?? 0) + 1e-6)); // prettier-ignore
    }
    // an error that is not put up with is not made
    expect((await long.correlate(long.combinations(c, 2), 1e-9)).errors).toBeUndefined();
  });

  it("have a proved largest eigenvalue, closely above the true one", async () => {
    const long = await longMembers(list, on, () => {});
    const { lower } = largestEigenvalue(gramOf(on), list.count);
    const { lambda, confidence, estimate } = await spectrumOf(list, long, key);
    expect(confidence).toBe(1);
    expect(lambda).toBeGreaterThanOrEqual(lower);
    expect(lambda).toBeLessThan(lower * 1.01);
    expect(Math.abs(estimate! / lower - 1)).toBeLessThan(1e-3);
  });
}); // prettier-ignore

/** Blocks of members, sums of members and random features. */
function randomBlocks(members: Members, of: Key): QueryBlock[] {
  const s = stream(of);
  return Array.from({ length: 5 }, (_, kind) => {
    const count = 1 + s.below(3);
    if (kind < 4) {
      const c = new Float64Array(count * list.count);
      for (let q = 0; q < count; q++)
        for (let t = 0; t <= (kind < 2 ? 0 : s.below(9)); t++) c[q * list.count + s.below(list.count)] = s.normal();
      return members.combinations(c, count);
    }
    const w = Float64Array.from({ length: count * 5 }, () => s.normal());
    return { count, on: ({ count: size, data }) => Float32Array.from({ length: count * size }, (_x, at) => Math.max(0, [0, 1, 2, 3, 4].reduce((sum, j) => sum + w[5 * Math.floor(at / size) + j] * data[5 * (at % size) + j], 0))) }; // prettier-ignore
  }); // prettier-ignore
}

it("the adversary keeps above the certified line, and each answer suits each survivor", async () => {
  const long = await longMembers(list, population, () => {});
  const lambda = largestEigenvalue(gramOf(population), list.count).upper;
  const values = list.values(population.points, 0, list.count);
  let shrunk = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(1e6), fc.constantFrom(0.2, 0.4, 0.6), async (seed, tau) => {
      const player = adversary(long, tau, false);
      const asked: { block: QueryBlock; answers: Correlations }[] = [];
      for (const block of randomBlocks(long, foldIn(key, seed)))
        asked.push({ block, answers: await player.oracle.correlations(block) });
      const excluded = excludedAtMost(lambda, tau, long.lost);
      player.history.forEach((left, t) => expect(left).toBeGreaterThanOrEqual(Math.max(1, list.count - t * excluded))); // prettier-ignore
      const survivors = player.survivors();
      if (survivors.length < list.count) shrunk++;
      for (const { block, answers } of asked) {
        const { norms } = await moments(population, block, null);
        const h = await block.on(population.points);
        for (let q = 0; q < block.count; q++)
          for (const i of survivors) {
            let inner = 0;
            for (let x = 0; x < POINTS; x++) inner += h[q * POINTS + x] * values[i * POINTS + x];
            expect(Math.abs(inner / POINTS / norms[q] - answers.values[q])).toBeLessThanOrEqual(tau);
          }
      }
    }),
    { numRuns: 8 },
  );
  expect(shrunk).toBeGreaterThan(3);
});

it("lists beyond the Gram matrix's size are refused, with what is allowed", async () => {
  const many = { ...list, count: LONGEST_LIST + 1 };
  await expect(longMembers(many, population, () => {})).rejects.toThrow(/up to 16384 functions/);
});
