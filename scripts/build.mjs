// Builds dist/: src/ file by file, so that a user's bundler leaves out what is not used; and once more for the program,
// in fewer files, as most of a short command's time is that of loading: a command loads only what it needs.
// Run directly (with the types), or through `buildIfStale` by the programs that need dist/ (install scripts do not run
// here).
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative } from "node:path";
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
    runScript(join(root, "scripts", "loaders.mjs"), out);
    runScript(join(root, "scripts", "help.mjs"), out);
    await bundleProgram(bundle, out);
    if (types) emitTypes(out);
    writeFileSync(join(out, stampName), JSON.stringify(filesOf(join(out, "program"))));
    utimesSync(join(out, stampName), time, time);
    publish(out, join(root, "dist"));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Of all packages zod goes into the program: it is a hundred files, of which little is used. */
const withZod = {
  name: "with zod",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || /^zod(\/|$)/.test(path) ? undefined : { path, external: true },
    );
  },
};

/**
 * The program, from what is built: dist/program/, whose files find what lies beside dist/ and beside each other as those
 * of its folders do; dist/worker.js starts the worker there.
 */
async function bundleProgram(bundle, out) {
  const { gathered } = await import("./gather.mjs");
  const program = join(out, "program");
  const entry = (from) => ({ in: join(out, from), out: basename(from, ".js") });
  const built = await bundle({
    absWorkingDir: root,
    entryPoints: ["cli/main.js", "cli/thread.js", "worker.js"].map(entry),
    outdir: program,
    chunkNames: "[hash]",
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [withZod],
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  mkdirSync(program);
  for (const [name, text] of await gathered(bundle, built)) writeFileSync(join(program, name), text);
  copyFileSync(join(root, "node_modules", "zod", "LICENSE"), join(program, "zod-LICENSE"));
  writeFileSync(join(out, "worker.js"), 'import "./program/worker.js";\n');
}

/** Every file of a folder, as a path from there. */
const filesOf = (dir) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)));

/** Removes what else there is in a folder. */
function keepOnly(dir, files) {
  const kept = new Set(files);
  for (const file of filesOf(dir)) if (!kept.has(file)) rmSync(join(dir, file), { force: true });
}

/** The program's files of the last build: their names tell what is in them, and after another a process may still load some. */
function programOf(dist) {
  const text = existsSync(join(dist, stampName)) ? readFileSync(join(dist, stampName), "utf8") : "";
  return text === "" ? [] : JSON.parse(text);
}

/** The stamp goes last: before it, the build counts as the old one. What is not built any more goes, the program's one build later. */
function publish(from, to) {
  const files = filesOf(from);
  const before = programOf(to).map((file) => join("program", file));
  const stampLast = [...files.filter((file) => file !== stampName), stampName];
  for (const file of stampLast) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    renameSync(join(from, file), join(to, file));
  }
  keepOnly(to, [...files, ...before]);
}

/** Removes the program's files of builds before the last. */
export const removeLeftovers = () => keepOnly(join(root, "dist", "program"), programOf(join(root, "dist")));

/** Has a script write into the build what it reads off that. */
function runScript(script, out) {
  const { status, stderr } = spawnSync(process.execPath, [script, out], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${basename(script)} fails:\n${stderr}`);
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
