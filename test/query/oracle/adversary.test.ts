import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldIn, keyFor, normals, stream, type Key } from "../../../src/base/random.ts";
import type { Samples } from "../../../src/distribution/law.ts";
import type { MemberList } from "../../../src/query/members.ts";
import { gnnDegreeParity } from "../../../src/family/gnn-degree-parity/index.ts";
import { largestEigenvalue } from "../../../src/numeric/eigenvalue-bounds.ts";
import { adversary, bestAnswer, excludedAtMost } from "../../../src/query/oracle/adversary.ts";
import { membersOn, spectrumOf, type Members } from "../../../src/query/oracle/members.ts";
import type { Correlations, QueryBlock } from "../../../src/query/oracle/oracle.ts";
import { moments, samplePopulation, type Population } from "../../../src/query/oracle/population.ts";

const key = keyFor("adversary test");
const parities = (n: number, edges = "undirected"): MemberList =>
  gnnDegreeParity.members!(gnnDegreeParity.parse({ n, edges }), { seed: 0 });
/** The same list without its fast route. */
const plain = ({ count, law, values, hidden }: MemberList): MemberList => ({ count, law, values, hidden });

/** Real functions on points of R^3, correlated with each other: random quadratic forms. */
function quadratics(count: number): MemberList {
  const forms = normals(foldIn(key, "forms"), new Float64Array(9 * count));
  return {
    count,
    law: { id: "gaussian", shape: [3], sample: (k, size) => ({ count: size, shape: [3], data: normals(k, new Float64Array(3 * size)) }) }, // prettier-ignore
    values(samples: Samples, from, to) {
      const out = new Float32Array((to - from) * samples.count);
      for (let i = from, at = 0; i < to; i++)
        for (let x = 0; x < samples.count; x++, at++)
          for (let a = 0; a < 9; a++)
            out[at] += (forms[9 * i + a] * samples.data[3 * x + (a % 3)] * samples.data[3 * x + Math.floor(a / 3)]) / 6; // prettier-ignore
      return out;
    },
    hidden: (i) => ({ i }),
  };
}

/** Gram matrix under the population's law, by the definition. */
function gramOf(list: MemberList, { points, weights }: Population): Float64Array {
  const values = list.values(points, 0, list.count);
  const m = points.count;
  return Float64Array.from({ length: list.count ** 2 }, (_, at) => {
    const [i, j] = [Math.floor(at / list.count), at % list.count];
    let sum = 0;
    for (let x = 0; x < m; x++) sum += (weights?.[x] ?? 1 / m) * values[i * m + x] * values[j * m + x];
    return sum;
  });
}

describe("concept list of gnn-degree-parity", () => {
  it("holds 2^(n-2) functions (directed 2^N), all different and the target's own", () => {
    expect(parities(6).count).toBe(16);
    expect(parities(6, "directed").count).toBe(32);
    expect(parities(6, "directed-loops").count).toBe(64);
    const points = parities(6).law.sample(key, 4000);
    const rows = parities(6).values(points, 0, 16);
    const seen = new Set<string>();
    for (let i = 0; i < 16; i++) {
      const row = rows.subarray(4000 * i, 4000 * (i + 1));
      const sign = row[0];
      seen.add(row.map((x) => x * sign).join());
      const { degrees } = parities(6).hidden(i) as { degrees: number[] };
      if (i === 0) continue; // the constant is no instance
      const { hard } = gnnDegreeParity.draw(gnnDegreeParity.parse({ n: 6, degrees }), key);
      expect(Array.from(hard.label(points))).toEqual(Array.from(row));
    }
    expect(seen.size).toBe(16);
    expect(() => gnnDegreeParity.members!(gnnDegreeParity.parse({ n: 30 }), { seed: 0 })).toThrow(/too many to list; allowed: .*n up to 16/); // prettier-ignore
    expect(() => gnnDegreeParity.members!(gnnDegreeParity.parse({ n: 6 }), { seed: 0, count: 3 })).toThrow(/all 16/); // prettier-ignore
  });

  it.each(["undirected", "directed-loops"])("characters give what the values give (%s)", async (edges) => {
    const list = parities(7, edges);
    const population = samplePopulation(list.law, key, 3000);
    const s = stream(key);
    const noise = Float32Array.from({ length: 2 * 3000 }, () => s.normal());
    const index = new Map(Array.from({ length: 3 }, (_, c) => [c * 1024 * 49, c * 1024]));
    const block: QueryBlock = { count: 2, on: ({ count, data }) => Float32Array.from({ length: 2 * count }, (_, at) => noise[Math.floor(at / count) * 3000 + index.get(data.byteOffset)! + (at % count)]) }; // prettier-ignore
    const [fast, slow] = [await membersOn(list, population), await membersOn(plain(list), population)];
    const a = await moments(population, block, fast.signals);
    const b = await moments(population, block, slow.signals);
    a.inner.forEach((x, i) => expect(x).toBeCloseTo(b.inner[i], 10));
    const c = Float64Array.from({ length: 2 * list.count }, () => s.normal());
    const [p, q] = await Promise.all([fast, slow].map((m) => m.combinations(c, 2).on(population.points)));
    p.forEach((x, i) => expect(Math.abs(x - q[i])).toBeLessThan(1e-4));
  }); // prettier-ignore
});

describe("spectrum under the population's law", () => {
  it("bounds the Gram matrix's largest eigenvalue from above, closely", async () => {
    for (const list of [parities(7), plain(parities(7)), quadratics(40)]) {
      const population = samplePopulation(list.law, key, 2000);
      const { lower } = largestEigenvalue(gramOf(list, population), list.count);
      const { lambda, confidence } = await spectrumOf(list, await membersOn(list, population), key);
      expect(lambda).toBeGreaterThanOrEqual(lower * (1 - 1e-9));
      expect(lambda).toBeLessThan(lower * 1.1);
      expect(confidence).toBe(list.characters === undefined ? 0.99 : 1);
    }
  });
});

describe("bestAnswer", () => {
  it("keeps as many as any answer could (brute force over all windows)", () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), fc.double({ min: 0.01, max: 0.5, noNaN: true }), (row, reach) => {
        const values = Float64Array.from(row);
        const alive = Int32Array.from(row.keys());
        const kept = (v: number): number => row.filter((x) => Math.abs(x - v) <= reach).length;
        const best = Math.max(kept(0), ...row.map((x) => kept(x + reach * (1 - 1e-9))));
        expect(kept(bestAnswer(values, alive, reach))).toBeGreaterThanOrEqual(best);
        if (row.every((x) => Math.abs(x) <= reach)) expect(bestAnswer(values, alive, reach)).toBe(0);
      }),
    ); // prettier-ignore
  });
});

/** A random learner: blocks of random features, of members, of sums of members, of noise, scaled at will. */
function randomBlocks({ count: functions, combinations, population }: Members, of: Key): QueryBlock[] {
  const s = stream(of);
  return Array.from({ length: 6 }, () => {
    const count = 1 + s.below(4);
    const scale = 10 ** (s.below(5) - 2);
    const kind = s.below(3);
    if (kind < 2) {
      const coefficients = new Float64Array(count * functions);
      for (let q = 0; q < count; q++)
        for (let t = 0; t <= (kind === 0 ? 0 : s.below(12)); t++)
          coefficients[q * functions + s.below(functions)] = scale * (s.below(2) === 0 ? 1 : -1);
      return combinations(coefficients, count);
    }
    const each = population.points.shape.reduce((a, b) => a * b, 1);
    const w = Float64Array.from({ length: count * each }, () => scale * s.normal());
    return {
      count,
      on: ({ count: size, data }) =>
        Float32Array.from({ length: count * size }, (_, at) => {
          const [q, x] = [Math.floor(at / size), at % size];
          let sum = 0;
          for (let j = 0; j < each; j++) sum += w[q * each + j] * data[x * each + j];
          return Math.max(sum, 0);
        }),
    };
  });
}

describe("the adversary", () => {
  const lists: [string, MemberList][] = [["parities", parities(8)], ["quadratic forms", quadratics(60)]]; // prettier-ignore

  it.each(lists)("never falls below the certified line, and each answer suits each survivor: %s", async (_, list) => {
    const population = samplePopulation(list.law, key, 1500);
    const members = await membersOn(list, population);
    const lambda = largestEigenvalue(gramOf(list, population), list.count).upper; // an independent route to lambda
    const values = list.values(population.points, 0, list.count);
    let shrunk = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(1e6), fc.constantFrom(0.1, 0.2, 0.35, 0.6), async (seed, tau) => {
        const player = adversary(members, tau, false);
        const asked: { block: QueryBlock; answers: Correlations }[] = [];
        for (const block of randomBlocks(members, foldIn(key, seed)))
          asked.push({ block, answers: await player.oracle.correlations(block) });
        const { history } = player;
        expect(history.length - 1).toBe(player.oracle.asked());
        history.forEach((left, t) => expect(left).toBeGreaterThanOrEqual(Math.max(1, list.count - t * excludedAtMost(lambda, tau)))); // prettier-ignore
        const survivors = player.survivors();
        expect(survivors.length).toBe(history[history.length - 1]);
        if (survivors.length < list.count) shrunk++;
        for (const { block, answers } of asked) {
          const h = await block.on(population.points);
          for (let q = 0; q < block.count; q++)
            for (const i of survivors) {
              let inner = 0;
              for (let x = 0; x < 1500; x++) inner += h[q * 1500 + x] * values[i * 1500 + x];
              const truth = answers.norms[q] > 0 ? inner / 1500 / answers.norms[q] : 0;
              expect(Math.abs(truth - answers.values[q])).toBeLessThanOrEqual(tau);
            }
        }
      }),
      { numRuns: 12 },
    );
    expect(shrunk).toBeGreaterThan(4); // the players did exclude something
  }); // prettier-ignore

  it("a line that claims too much would be seen (negative control)", async () => {
    const list = parities(8);
    const population = samplePopulation(list.law, key, 1500);
    const members = await membersOn(list, population);
    const player = adversary(members, 0.3, true);
    const s = stream(key);
    for (let t = 0; t < 60; t++) {
      const one = new Float64Array(list.count);
      one[s.below(list.count)] = 1;
      await player.oracle.correlations(members.combinations(one, 1));
    }
    const excluded = excludedAtMost(0.1, 0.3); // as if lambda were far smaller than it is
    expect(player.history.some((left, t) => left < list.count - t * excluded)).toBe(true);
  });

  it("answers statistics: the label-free part exactly, the rest within the tolerance for every survivor", async () => {
    const list = parities(7);
    const population = samplePopulation(list.law, key, 2000);
    const player = adversary(await membersOn(list, population), 0.1, true);
    const f = (s: Samples, i: number): Float32Array => list.values(s, i, i + 1);
    // phi(x, y) = 1[y = f_3(x)] / 2: free part 1/4, phi_1 = f_3 / 4
    const half = (s: Samples, sign: number): Float32Array => f(s, 3).map((x) => (x === sign ? 0.5 : 0));
    const [answer] = await player.oracle.statistics({ count: 1, on: (s) => ({ plus: half(s, 1), minus: half(s, -1) }) }); // prettier-ignore
    expect(player.survivors()).not.toContain(3); // it would have answered 1/2
    const values = list.values(population.points, 0, list.count);
    for (const i of player.survivors()) {
      let hits = 0;
      for (let x = 0; x < 2000; x++) if (values[i * 2000 + x] === values[3 * 2000 + x]) hits++;
      expect(Math.abs(answer - hits / 2 / 2000)).toBeLessThanOrEqual(0.1);
    }
  });

  it("plays all 1024 degree parities on 12 nodes under a population of 10^5 graphs", async () => {
    const list = parities(12);
    const population = samplePopulation(list.law, key, 100_000);
    const members = await membersOn(list, population);
    const { lambda, confidence } = await spectrumOf(list, members, key);
    expect(confidence).toBe(1);
    expect(list.count / lambda).toBeGreaterThan(15);
    const player = adversary(members, 0.5, true);
    const one = new Float64Array(1024);
    one[77] = 1;
    await player.oracle.correlations(members.combinations(one, 1));
    expect(player.history[1]).toBeGreaterThanOrEqual(1024 - excludedAtMost(lambda, 0.5));
    expect(player.survivors()).not.toContain(77);
  });
});
