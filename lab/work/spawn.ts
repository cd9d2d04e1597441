/** A new worker, from a file of its own. The single-file page has `spawn-inline.ts` in its place. */

export const spawn = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
