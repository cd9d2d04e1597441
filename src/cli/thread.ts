/** What runs in a thread: one piece of work. */

import { parentPort, workerData } from "node:worker_threads";
import { runNow, type Work } from "../base/progress.ts";
import { countsModuloPrimes } from "../family/gnn-degree-parity/degree-counts.ts";
import { halfLawModuloPrimes } from "../family/gnn-degree-parity/verify-counts.ts";
import type { ThreadData, ThreadMessage } from "./threads.ts";

const known: readonly Work<never, unknown>[] = [countsModuloPrimes, halfLawModuloPrimes];

const { work, job } = workerData as ThreadData;
const tell = (message: ThreadMessage): void => parentPort?.postMessage(message, []);
const named = known.find((k) => k.name === work);
if (named === undefined) throw new Error(`no work of the name ${work}`);
tell({ result: runNow(named.run(job as never), tell) });
