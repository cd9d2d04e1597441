// Builds dist/ with esbuild: one bundle an entry, shared chunks, dependencies left external.
// Run directly, or through `buildIfStale` by the programs that need dist/ (install scripts do not run here).
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist", ".built");

function newest(dir) {
  let time = 0;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

const builtAt = () => statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Builds when a source file is newer than the last build. */
export async function buildIfStale() {
  if (builtAt() < newest(join(root, "src"))) await build();
}

/** Builds into a folder of its own and swaps it in, so that a concurrent reader never sees half a build. */
export async function build() {
  const { build: bundle } = await import("esbuild");
  const time = new Date();
  const out = mkdtempSync(join(root, ".dist-"));
  try {
    await bundle({
      absWorkingDir: root,
      entryPoints: { cli: "src/cli/main.ts", worker: "src/experiment/worker.ts", index: "src/index.ts" },
      outdir: out,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      sourcemap: "linked",
      logLevel: "error",
    });
    writeFileSync(join(out, ".built"), "");
    const { utimesSync } = await import("node:fs");
    utimesSync(join(out, ".built"), time, time);
    rmSync(join(root, "dist"), { recursive: true, force: true });
    try {
      renameSync(out, join(root, "dist"));
    } catch (error) {
      if (builtAt() === 0) throw error; // otherwise another process was first with the same sources
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await build();
