/** `learn FAMILY --learner ID` */

import { availableParallelism } from "node:os";
import { workerProcess } from "../run/worker-process.ts";

export async function run(args: readonly string[]): Promise<number> {
  const worker = workerProcess(undefined, availableParallelism());
  worker.start(); // before all else: it loads its part while this process loads what reads the options
  try {
    const { learnInstance } = await import("./learn-instance.ts");
    return await learnInstance(args, worker);
  } finally {
    worker.end();
  }
}
