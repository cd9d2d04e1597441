// Builds the lab into lab/dist: the page, and beside it the documentation with the library's reference. By itself or
// through `buildLabIfStale`, by what packs the program and by `equihard lab` in a checkout; nothing else waits for it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
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
  const made = mkdtempSync(join(root, ".lab-"));
  const reference = join(made, "reference");
  try {
    await Promise.all([buildPages(join(made, "site")), writeApi(reference)]);
    const { writeDocs } = await import("./lab-docs.mjs");
    writeDocs(join(root, "docs"), join(made, "site", "docs"));
    const { writeReference } = await import("./lab-reference.mjs");
    writeReference(reference, join(made, "site", "docs", "api"));
    rmSync(out, { recursive: true, force: true });
    renameSync(join(made, "site"), out);
    writeFileSync(stamp, readFileSync(stamp)); // after all else: what was just put there is newer than what it holds
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** The page as files, and as a single one. */
async function buildPages(folder) {
  const { build } = await import("vite");
  const quiet = { configFile: join(lab, "vite.config.ts"), logLevel: "error" };
  await build({ ...quiet, build: { outDir: folder, emptyOutDir: true } });
  const single = join(folder, "single");
  await build({ ...quiet, mode: "single", build: { outDir: single, emptyOutDir: true } });
  renameSync(join(single, "index.html"), join(folder, "equihard-lab.html"));
  rmSync(single, { recursive: true });
  // what the room of results asks for; who serves the page with results lists them there
  mkdirSync(join(folder, "results"));
  writeFileSync(join(folder, "results", "index.json"), "[]\n");
}

/** The reference as Markdown, by a process beside the build. What it complains of is no output of a command's. */
async function writeApi(folder) {
  const program = join(root, "scripts", "api.mjs");
  const child = spawn(process.execPath, [program, folder], { stdio: ["ignore", 2, 2] });
  const [status] = await once(child, "exit");
  if (status !== 0) throw new Error("the reference cannot be written");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildLab();
