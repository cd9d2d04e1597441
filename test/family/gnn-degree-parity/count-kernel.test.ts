import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countKernel, largestModulus } from "../../../src/family/gnn-degree-parity/count-kernel.ts";

interface Move {
  readonly source: number;
  readonly degree: number;
  readonly ways: number;
}
/** The moves to each target, and the factor its states are multiplied by. */
interface Target {
  readonly moves: readonly Move[];
  readonly factor: readonly [number, number] | null;
}

const bits = 4;

/** As the kernel is told to compute, in integers of any length, for one modulus. */
function byHand(layers: readonly (readonly Target[])[], modulus: number, lane: 0 | 1): number[] {
  let states = [new Map([[0, 1n]])];
  for (const layer of layers)
    states = layer.map(({ moves, factor }) => {
      const sums = new Map<number, bigint>();
      for (const { source, degree, ways } of moves)
        for (const [vector, count] of states[source]) {
          const at = vector ^ ((1 << degree) >>> 2);
          sums.set(at, (sums.get(at) ?? 0n) + BigInt(ways) * count);
        }
      for (const [vector, sum] of sums)
        sums.set(vector, (sum * BigInt(factor?.[lane] ?? 1)) % BigInt(modulus));
      return sums;
    });
  return Array.from({ length: 2 ** bits }, (_, v) => Number(states[0].get(v) ?? 0n));
}

/** Layers of histograms, of which the last has one, with sums that come as near to 2^53 as they may. */
function layersOf(moduli: readonly [number, number], most: number): fc.Arbitrary<Target[][]> {
  const factor = fc.option(fc.tuple(fc.nat(moduli[0] - 1), fc.nat(moduli[1] - 1)));
  const target = (sources: number): fc.Arbitrary<Target> =>
    fc.record({
      moves: fc.array(
        fc.record({
          source: fc.nat(sources - 1),
          degree: fc.nat(bits + 1),
          ways: fc.integer({ min: Math.ceil(most / 8), max: Math.floor(most / 4) }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      factor: moduli[0] <= largestModulus.weighted ? factor : fc.constant(null),
    });
  return fc
    .array(fc.integer({ min: 1, max: 3 }), { maxLength: 7 })
    .chain((sizes) =>
      fc.tuple(
        ...[...sizes, 1].map((size, i) =>
          fc.array(target(i === 0 ? 1 : sizes[i - 1]), { minLength: size, maxLength: size }),
        ),
      ),
    );
}

describe("the loops of the counts", () => {
  it.each([
    { moduli: [2 ** 41, 2 ** 41 - 1], most: 2 ** 12 },
    { moduli: [2 ** 38 - 1, 2 ** 38], most: 2 ** 15 },
    { moduli: [2 ** 26, 2 ** 26 - 27], most: 2 ** 15 },
    { moduli: [5, 3], most: 2 ** 12 },
  ] as const)("compute in integers modulo $moduli", ({ moduli, most }) => {
    fc.assert(
      fc.property(layersOf(moduli, most), (layers) => {
        const kernel = countKernel(bits, moduli);
        for (const targets of layers) {
          const moves = targets.flatMap((target) => target.moves);
          const first = [0];
          for (const target of targets) first.push(first[first.length - 1] + target.moves.length);
          kernel.begin({
            sources: 0,
            targets: targets.length,
            first: Int32Array.from(first),
            source: Int32Array.from(moves, (m) => m.source),
            degree: Uint8Array.from(moves, (m) => m.degree),
            edges: new Uint8Array(moves.length),
            ways: Float64Array.from(moves, (m) => m.ways),
          });
          for (const target of targets) kernel.finish(target.moves.length, target.factor);
        }
        const found = kernel.remainders();
        for (const lane of [0, 1] as const)
          expect(Array.from(found.filter((_, i) => i % 2 === lane))).toEqual(
            byHand(layers, moduli[lane], lane),
          );
      }),
    );
  });
});
