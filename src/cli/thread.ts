/** What runs in a thread: pieces of work of one kind, one after the other. Only what that kind needs is loaded. */

import { parentPort, workerData } from "node:worker_threads";
import { buffersOf } from "../base/buffers.ts";
import { useCores } from "../base/cores.ts";
import { runSteps, type Work } from "../base/progress.ts";
import type { ThreadData, ThreadMessage, ThreadOrder } from "./threads.ts";

const kinds: Readonly<Record<string, () => Promise<Work<never, unknown>>>> = {
  "counts of parity vectors": async () =>
    (await import("../family/gnn-degree-parity/degree-counts.ts")).countsModuloPair,
  "half the law of parity vectors, for a check": async () =>
    (await import("../family/gnn-degree-parity/verify-counts.ts")).halfLawModuloPrimes,
  "second moments": async () => {
    const { familyById } = await import("../family/registry.ts");
    return (await import("../learner/second-moments.ts")).secondMoments(familyById);
  },
  "batches of a training": async () => {
    const { loadFamily } = await import("../family/built-in.ts");
    return (await import("../learner/filled-batches.ts")).filledBatches(loadFamily);
  },
  "inner products of members": async () => {
    const { listNamed } = await import("../study/play/list.ts");
    return (await import("../query/oracle/population-gram.ts")).gramSums(listNamed);
  },
};

const { work, cores } = workerData as ThreadData;
useCores(cores);
const named = kinds[work]?.();
if (named === undefined) throw new Error(`no work of the name ${work}`);
const tell = (message: ThreadMessage, moved: ArrayBuffer[] = []): void =>
  parentPort?.postMessage(message, moved);

parentPort?.on("message", (order: ThreadOrder) => {
  // between two pieces of native code: one that is ended within them takes the whole program with it
  if ("stop" in order) process.exit();
  void carryOut(order.job);
});

async function carryOut(job: unknown): Promise<void> {
  const result = await runSteps((await named!).run(job as never), tell);
  tell({ result }, buffersOf(result));
}
