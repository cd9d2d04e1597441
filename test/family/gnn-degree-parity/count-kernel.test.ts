import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { floatArithmetic, integerArithmetic, type Pair } from "../../../src/family/gnn-degree-parity/count-arithmetic.ts"; // prettier-ignore
import { countKernel } from "../../../src/family/gnn-degree-parity/count-kernel.ts";

interface Move {
  readonly source: number;
  readonly degree: number;
  readonly ways: number;
}
/** The moves to each target, and the factors its states are multiplied by. */
interface Target {
  readonly moves: readonly Move[];
  readonly factors: Pair;
}

const bits = 4;

/** As the kernel is told to compute, in integers of any length, for one modulus. */
function byHand(layers: readonly (readonly Target[])[], modulus: bigint, lane: 0 | 1): bigint[] {
  let states = [new Map([[0, 1n]])];
  for (const layer of layers)
    states = layer.map(({ moves, factors }) => {
      const sums = new Map<number, bigint>();
      for (const { source, degree, ways } of moves)
        for (const [vector, count] of states[source]) {
          const at = vector ^ ((1 << degree) >>> 2);
          sums.set(at, (sums.get(at) ?? 0n) + BigInt(ways) * count);
        }
      for (const [vector, sum] of sums) sums.set(vector, (sum * factors[lane]) % modulus);
      return sums;
    });
  return Array.from({ length: 2 ** bits }, (_, v) => states[0].get(v) ?? 0n);
}

/** Layers of histograms, of which the last has one, with sums that come as near to their limit as they may. */
function layersOf(moduli: Pair, most: number, weighted: boolean): fc.Arbitrary<Target[][]> {
  const one = fc.constant<Pair>([1n, 1n]);
  const below = (m: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: m - 1n });
  const factors = weighted ? fc.oneof(one, fc.tuple(below(moduli[0]), below(moduli[1]))) : one;
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
      factors,
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
    { moduli: [2n ** 64n, 2n ** 51n - 1n], most: 2 ** 12 },
    { moduli: [2n ** 49n - 1n, 2n ** 48n - 1n], most: 2 ** 14 },
    { moduli: [2n ** 26n, 2n ** 26n - 27n], most: 2 ** 15 },
    { moduli: [5n, 3n], most: 2 ** 12 },
  ] as const)("compute in integers modulo $moduli", ({ moduli, most }) => {
    const weighted = moduli[0] <= 2n ** 26n;
    const arithmetic = (weighted ? floatArithmetic : integerArithmetic)(moduli);
    fc.assert(
      fc.property(layersOf(moduli, most, weighted), (layers) => {
        const kernel = countKernel(bits, arithmetic);
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
          for (const target of targets) kernel.finish(target.moves.length, target.factors);
        }
        const found = kernel.remainders();
        for (const lane of [0, 1] as const) {
          const own = Array.from(found.filter((_, i) => i % 2 === lane));
          expect(own.map((x) => x % moduli[lane])).toEqual(byHand(layers, moduli[lane], lane));
        }
      }),
    );
  });
});
