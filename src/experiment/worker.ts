/** The worker thread's entry. */

import { isMainThread } from "node:worker_threads";

if (isMainThread) throw new Error("the worker is started by the runner");
