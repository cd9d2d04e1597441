/** The Gram matrix of drawn planes (`gnn-hidden-plane`, one node) against a vectorised NumPy program, one thread each. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyFor } from "../src/base/random.ts";
import { drawPlane } from "../src/family/plane.ts";
import { runSteps } from "../src/numeric/progress.ts";
import { gramProduct, planeGram, type PlaneGram } from "../src/query/plane-gram.ts";
import { closing, median, used } from "./contender.ts";
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
  /** Largest difference of two entries of the first row, and what equihard's own bound allows. */
  readonly difference: number;
  readonly bound: number;
}

/** Null without NumPy. */
export async function gramRace(count: number, rounds: number): Promise<GramRace | null> {
  const planes = Array.from({ length: count }, (_, i) => drawPlane(keyFor("bench planes", i), d));
  const folder = mkdtempSync(join(tmpdir(), "equihard-bench-"));
  writeFileSync(join(folder, "planes.f64"), Buffer.concat(planes.map((p) => Buffer.from(p.buffer))));
  writeFileSync(join(folder, "sizes.json"), JSON.stringify({ d, k }));
  const peer = await startProcess("NumPy", python, [peerScript("gram_numpy.py"), folder], 1);
  if (peer === null) return null;
  return closing([peer], async () => {
    const product = gramProduct(k, [{ correlation: 1, weight: 1 }]);
    const [own, numpy]: number[][] = [[], []];
    let [difference, bound] = [0, 0];
    for (let round = -1; round < rounds; round++) {
      const start = process.cpuUsage();
      const gram: PlaneGram = await runSteps(planeGram(product, d, count, (i) => planes[i]));
      const seconds = used(start);
      const answer = (await peer.ask(count)) as { cpuSeconds: number; entries: number[] };
      difference = Math.max(...answer.entries.map((x, j) => Math.abs(x - gram.matrix[j])));
      // both round to the same type
      bound = gram.entryError + 2 * gram.relativeError * gram.maxAbsCorrelation;
      if (round < 0) continue; // warming up
      own.push(seconds);
      numpy.push(answer.cpuSeconds);
    }
    rmSync(folder, { recursive: true });
    return { count, version: peer.version, own, numpy, difference, bound };
  });
}

export function gramRow({ count, own, numpy, difference, bound }: GramRace): Row {
  const number = median(numpy.map((seconds, i) => seconds / own[i]));
  const agree = `first rows differ by ${difference.toExponential(0)}${difference > bound ? ", MORE THAN" : ", within"} ${bound.toExponential(0)}`; // prettier-ignore
  const value = `${number.toFixed(2)} x (${median(own).toFixed(2)} against ${median(numpy).toFixed(2)} s; ${agree})`;
  return { measure: `Gram matrix of ${count} planes, d = ${d}, k = ${k}, against NumPy`, value, number, target: { atLeast: 5 }, unit: "x" }; // prettier-ignore
}
