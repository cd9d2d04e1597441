// Builds the lab into lab/dist: the page, and the documentation beside it. By itself or through `buildLabIfStale`, by
// what packs the program and by `equihard lab` in a checkout; nothing else waits for it.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { newest } from "./newest.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const lab = join(root, "lab");
const out = join(lab, "dist");
const stamp = join(out, "index.html");

/** Builds where the page, what it computes with or its documentation has changed since. */
export async function buildLabIfStale() {
  const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed = Math.max(...["src", "lab", "docs"].map((folder) => newest(join(root, folder))));
  if (built < changed) await buildLab();
}

/** Into a folder of its own, which is then put in the place of the last build. */
async function buildLab() {
  const { build } = await import("vite");
  const made = mkdtempSync(join(root, ".lab-"));
  const quiet = { configFile: join(lab, "vite.config.ts"), logLevel: "error" };
  try {
    await build({ ...quiet, build: { outDir: made, emptyOutDir: true } });
    await build({ ...quiet, mode: "single", build: { outDir: join(made, "single"), emptyOutDir: true } });
    renameSync(join(made, "single", "index.html"), join(made, "equihard-lab.html"));
    rmSync(join(made, "single"), { recursive: true });
    const { writeDocs } = await import("./lab-docs.mjs");
    await writeDocs(join(root, "docs"), join(made, "docs"));
    writeFileSync(join(made, "index.html"), readFileSync(join(made, "index.html"))); // the stamp, after all else
    rmSync(out, { recursive: true, force: true });
    renameSync(made, out);
  } finally {
    if (existsSync(made)) rmSync(made, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildLab();
