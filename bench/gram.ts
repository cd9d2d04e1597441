/** The Gram matrix of drawn planes (`gnn-hidden-plane`, one node) against a vectorised NumPy program, one thread each. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyFor, normals } from "../src/base/random.ts";
import { matmul64 } from "../src/engine/run/matmul.ts";
import { drawPlane } from "../src/family/plane/plane.ts";
import { runSteps } from "../src/base/progress.ts";
import { gramProduct, planeGram, type PlaneGram } from "../src/family/plane/plane-gram.ts";
import { median } from "../src/base/statistics.ts";
import { closing, used } from "./contender.ts";
import { kernelsOf, kernelVariable, tuned, type BlasKernel } from "./peers/blas.ts";
import { peerScript, python, startProcess } from "./peers/process.ts";
import type { Row } from "./report.ts";

export const numpyHint = "apt-get install python3-numpy libopenblas0 (another interpreter: PYTHON=...)";

const [d, k] = [256, 4];

export interface GramRace {
  readonly count: number;
  readonly version: string;
  /** Processor time of every round, seconds. */
  readonly own: readonly number[];
  readonly numpy: readonly number[];
  /** The same with OpenBLAS's fastest kernel, where that is not its own choice. */
  readonly numpyTuned: readonly number[];
  /** What of equihard's the products of the planes' vectors take, seconds. */
  readonly products: number;
  /** Largest difference of two entries of the first row, and what equihard's own bound allows. */
  readonly difference: number;
  readonly bound: number;
}

/** Null without NumPy. */
export async function gramRace(count: number, rounds: number, blas: BlasKernel | null): Promise<GramRace | null> {
  const planes = Array.from({ length: count }, (_, i) => drawPlane(keyFor("bench planes", i), d));
  const folder = mkdtempSync(join(tmpdir(), "equihard-bench-"));
  writeFileSync(join(folder, "planes.f64"), Buffer.concat(planes.map((p) => Buffer.from(p.buffer))));
  writeFileSync(join(folder, "sizes.json"), JSON.stringify({ d, k }));
  const peerWith = (kernel?: string) => startProcess("NumPy", python, [peerScript("gram_numpy.py"), folder], 1, kernelVariable(kernel));
  const peers = (await Promise.all(kernelsOf(blas).map(peerWith))).filter((p) => p !== null);
  if (peers.length === 0) return null;
  return closing(peers, async () => {
    const product = gramProduct(k, [{ correlation: 1, weight: 1 }], count);
    const own: number[] = [];
    const theirs: number[][] = peers.map(() => []);
    let [difference, bound] = [0, 0];
    for (let round = -1; round < rounds; round++) {
      const start = process.cpuUsage();
      const gram: PlaneGram = await runSteps(planeGram(product, d, count, (i) => planes[i]));
      const seconds = used(start);
      // both round to the same type
      bound = gram.entryError + 2 * gram.relativeError * gram.maxAbsCorrelation;
      for (const [i, peer] of peers.entries()) {
        const answer = (await peer.ask(count)) as { cpuSeconds: number; entries: number[] };
        difference = Math.max(difference, ...answer.entries.map((x, j) => Math.abs(x - gram.matrix[j])));
        if (round >= 0) theirs[i].push(answer.cpuSeconds);
      }
      if (round >= 0) own.push(seconds); // after warming up
    }
    rmSync(folder, { recursive: true });
    const products = await productSeconds(count);
    return { count, version: peers[0].version, own, numpy: theirs[0], numpyTuned: theirs[1] ?? [], products, difference, bound };
  });
} // prettier-ignore

/** All pairs' overlaps by products of 512 x 512, as the Gram matrix has them. */
async function productSeconds(count: number): Promise<number> {
  const side = 512;
  const into = new Float64Array(side * side);
  const rows = Array.from({ length: 20 }, (_, i) =>
    normals(keyFor("bench rows", i), new Float64Array(side * d)),
  );
  const start = process.cpuUsage();
  const calls = 100;
  for (let i = 0; i < calls; i++)
    await matmul64(rows[i % 20], rows[(7 * i) % 20], side, d, side, { transposeB: true, into });
  const pairsOfSides = (2 * count) ** 2 / side ** 2 / 2;
  return (used(start) / calls) * pairsOfSides;
}

export function gramRow({ count, own, numpy, numpyTuned, products, difference, bound }: GramRace, blas: BlasKernel | null): Row {
  const ratio = (theirs: readonly number[]): number => median(theirs.map((seconds, i) => seconds / own[i]));
  const number = ratio(numpy);
  const better = numpyTuned.length === 0 ? undefined : ratio(numpyTuned);
  const agree = `first rows differ by ${difference.toExponential(0)}${difference > bound ? ", MORE THAN" : ", within"} ${bound.toExponential(0)}`;
  const value = `${number.toFixed(2)} x (${median(own).toFixed(2)} against ${median(numpy).toFixed(2)} s${tuned(better, blas)}; products alone take ${products.toFixed(2)} s; ${agree})`;
  return { measure: `Gram matrix of ${count} planes, d = ${d}, k = ${k}, against NumPy`, value, number, target: { atLeast: 5 }, unit: "x" };
} // prettier-ignore
