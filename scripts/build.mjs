// Builds dist/: src/ file by file, so that a user's bundler leaves out what is not used and a command loads only what
// it needs.
// Run directly (with the types), or through `buildIfStale` by the programs that need dist/ (install scripts do not run
// here).
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { newest } from "./newest.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampName = ".built";
const stamp = join(root, "dist", stampName);

const builtAt = () => statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds where the sources have changed since the last build, or where that left out the types and they are asked for.
 */
export async function buildIfStale({ types = false } = {}) {
  const whole = !types || existsSync(join(root, "dist", "index.d.ts"));
  const sources = Math.max(newest(join(root, "src")), statSync(join(root, "docs", "theory.md")).mtimeMs);
  if (!whole || builtAt() < sources) await build({ types });
}

/** Each import of a file is kept, under the name it is written to. */
const fileByFile = {
  name: "file by file",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
      kind === "entry-point" ? undefined : { path: path.replace(/\.ts$/, ".js"), external: true },
    );
  },
};

/**
 * Builds into a folder of its own, and puts the files into their places one by one. Processes that build at once from
 * the same sources put the same files there, and one that reads meanwhile never finds one missing or half-written.
 */
export async function build({ types = false } = {}) {
  const { build: bundle } = await import("esbuild");
  const { liveScript } = await import("./live.mjs"); // it, too, loads esbuild
  const { theoryPage } = await import("./lab-docs.mjs");
  const time = new Date();
  const out = mkdtempSync(join(root, ".dist-"));
  try {
    const sources = readdirSync(join(root, "src"), { recursive: true }).filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".d.ts"),
    );
    await bundle({
      absWorkingDir: root,
      entryPoints: sources.map((file) => join("src", file)),
      outbase: "src",
      outdir: out,
      bundle: true,
      plugins: [fileByFile],
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      logLevel: "error",
    });
    writeFileSync(
      join(out, "report", "live", "script.js"),
      `export const pageScript = ${JSON.stringify(await liveScript(root))};\n`,
    );
    writeFileSync(
      join(out, "report", "theory.js"),
      `export const theoryHtml = ${JSON.stringify(theoryPage(root))};\n`,
    );
    writeHelp(out);
    if (types) emitTypes(out);
    writeFileSync(join(out, stampName), "");
    utimesSync(join(out, stampName), time, time);
    publish(out, join(root, "dist"));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Every file of a folder, as a path from there. */
const filesOf = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));

/** The stamp goes last: before it, the build counts as the old one. What is not built any more goes. */
function publish(from, to) {
  const files = filesOf(from);
  const stampLast = [...files.filter((file) => file !== stampName), stampName];
  for (const file of stampLast) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    renameSync(join(from, file), join(to, file));
  }
  const kept = new Set(files);
  for (const file of filesOf(to)) if (!kept.has(file)) rmSync(join(to, file), { force: true });
}

/** What `--help` prints, into the program. */
function writeHelp(out) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "help.mjs"), out], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the pages of --help cannot be written:\n${stderr}`);
}

/** The declarations, each beside its file. */
function emitTypes(out) {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", join(root, "tsconfig.types.json"), "--outDir", out];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`the declarations cannot be written:\n${stdout}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await build({ types: true });
  await (await import("./lab.mjs")).buildLabIfStale();
}
