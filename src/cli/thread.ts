/** What runs in a thread: pieces of work of one kind, one after the other. */

import { parentPort, workerData } from "node:worker_threads";
import { useCores } from "../base/cores.ts";
import { runSteps, type Work } from "../base/progress.ts";
import { familyById } from "../family/registry.ts";
import { countsModuloPrimes } from "../family/gnn-degree-parity/degree-counts.ts";
import { halfLawModuloPrimes } from "../family/gnn-degree-parity/verify-counts.ts";
import { secondMoments } from "../learner/second-moments.ts";
import { gramSums } from "../query/oracle/population-gram.ts";
import { listNamed } from "../study/play/list.ts";
import type { ThreadData, ThreadMessage, ThreadOrder } from "./threads.ts";

const known: readonly Work<never, unknown>[] = [
  countsModuloPrimes,
  halfLawModuloPrimes,
  secondMoments(familyById),
  gramSums(listNamed),
];

const { work, cores } = workerData as ThreadData;
useCores(cores);
const named = known.find((k) => k.name === work);
if (named === undefined) throw new Error(`no work of the name ${work}`);
const tell = (message: ThreadMessage, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);

parentPort?.on("message", (order: ThreadOrder) => {
  // between two pieces of native code: one that is ended within them takes the whole program with it
  if ("stop" in order) process.exit();
  void runSteps(named.run(order.job as never), tell).then((result) => tell({ result }, buffersOf(result)));
});

/** The memory of a result's arrays, which is handed over and not copied. */
const buffersOf = (result: unknown): ArrayBuffer[] =>
  ArrayBuffer.isView(result)
    ? [result.buffer as ArrayBuffer]
    : Object.values(result as object).filter(ArrayBuffer.isView).map(({ buffer }) => buffer as ArrayBuffer);
