/** Builds the page: as files for any static host, or (`--mode single`) as one file that holds everything. */

import { defineConfig } from "vite";
import { leftOut } from "./build/left-out.ts";
import { oneFile } from "./build/one-file.ts";
import { policy } from "./build/policy.ts";

export default defineConfig(({ mode }) => {
  const single = mode === "single";
  return {
    root: import.meta.dirname,
    base: "./",
    publicDir: false,
    plugins: [leftOut(), ...(single ? [oneFile()] : [policy()])],
    ...(single
      ? { resolve: { alias: { "./spawn.ts": `${import.meta.dirname}/work/spawn-inline.ts` } } }
      : {}),
    build: {
      outDir: single ? "dist-single" : "dist",
      target: "es2023",
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: { output: single ? { inlineDynamicImports: true } : {} },
    },
    worker: {
      format: "es",
      plugins: () => [leftOut()],
      rollupOptions: { output: single ? { inlineDynamicImports: true } : {} },
    },
  };
});
