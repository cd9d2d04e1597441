/** Leaves out what package.json says is for Node alone: onnxruntime and what talks to it. */

import type { Plugin } from "vite";

export const leftOut = (): Plugin => ({
  name: "what is for Node alone",
  enforce: "pre",
  resolveId: (path) => (/session\.node\.ts$|^onnxruntime-node$|\.node\.ts$/.test(path) ? "\0left out" : null),
  load: (id) => (id === "\0left out" ? "export {};" : null),
});
