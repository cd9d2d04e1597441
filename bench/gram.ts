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
import { kernelVariable, measurable, type Blas } from "./peers/blas.ts";
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
  /** What of equihard's the products of the planes' vectors take, seconds. */
  readonly products: number;
  /** Largest difference of two entries of the first row, and what equihard's own bound allows. */
  readonly difference: number;
  readonly bound: number;
}

/** Null without NumPy, or where it multiplies too slowly. */
export async function gramRace(
  count: number,
  rounds: number,
  blas: Blas,
  refused: Map<string, string>,
): Promise<GramRace | null> {
  const planes = Array.from({ length: count }, (_, i) => drawPlane(keyFor("bench planes", i), d));
  const folder = mkdtempSync(join(tmpdir(), "equihard-bench-"));
  writeFileSync(join(folder, "planes.f64"), Buffer.concat(planes.map((p) => Buffer.from(p.buffer))));
  writeFileSync(join(folder, "sizes.json"), JSON.stringify({ d, k }));
  const args = [peerScript("gram_numpy.py"), folder];
  const started = await startProcess("NumPy", python, args, 1, kernelVariable(blas.kernel));
  const peer = await measurable(started, blas, refused);
  if (peer === null) return null;
  return closing([peer], async () => {
    const product = gramProduct(k, [{ correlation: 1, weight: 1 }], count);
    const [own, numpy]: number[][] = [[], []];
    let [difference, bound] = [0, 0];
    for (let round = -1; round < rounds; round++) {
      const start = process.cpuUsage();
      const gram: PlaneGram = await runSteps(planeGram(product, d, count, (i) => planes[i]));
      const seconds = used(start);
      // both round to the same type
      bound = gram.entryError + 2 * gram.relativeError * gram.maxAbsCorrelation;
      const answer = (await peer.ask(count)) as { cpuSeconds: number; entries: number[] };
      difference = Math.max(difference, ...answer.entries.map((x, j) => Math.abs(x - gram.matrix[j])));
      if (round < 0) continue; // warming up
      numpy.push(answer.cpuSeconds);
      own.push(seconds);
    }
    rmSync(folder, { recursive: true });
    const products = await productSeconds(count);
    return { count, version: peer.version, own, numpy, products, difference, bound };
  });
}

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

export function gramRow({ count, own, numpy, products, difference, bound }: GramRace): Row {
  const number = median(numpy.map((seconds, i) => seconds / own[i]));
  const agree = `first rows differ by ${difference.toExponential(0)}${difference > bound ? ", MORE THAN" : ", within"} ${bound.toExponential(0)}`;
  const seconds = `${median(own).toFixed(2)} against ${median(numpy).toFixed(2)} s`;
  const value = `${number.toFixed(2)} x (${seconds}; products alone take ${products.toFixed(2)} s; ${agree})`;
  const measure = `Gram matrix of ${count} planes, d = ${d}, k = ${k}, against NumPy`;
  return { measure, value, number, target: { atLeast: 5 }, unit: "x" };
}
