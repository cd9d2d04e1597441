/** A new worker, from the page itself. */

import InlineWorker from "./worker.ts?worker&inline";

export const spawn = (): Worker => new InlineWorker();
