// Builds dist/: src/ file by file, so that a user's bundler leaves out what is not used and a command loads only what
// it needs.
// Run directly (with the types), or through `buildIfStale` by the programs that need dist/ (install scripts do not run
// here).
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "dist", ".built");

/** When something below a folder was last written, added or removed. */
function newest(dir) {
  let time = statSync(dir).mtimeMs;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

const builtAt = () => statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds where the sources have changed since the last build, or where that left out the types and they are asked for.
 */
export async function buildIfStale({ types = false } = {}) {
  const whole = !types || existsSync(join(root, "dist", "index.d.ts"));
  if (!whole || builtAt() < newest(join(root, "src"))) await build({ types });
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

/** Builds into a folder of its own and swaps it in, so that a concurrent reader never sees half a build. */
export async function build({ types = false } = {}) {
  const { build: bundle } = await import("esbuild");
  const time = new Date();
  const out = mkdtempSync(join(root, ".dist-"));
  try {
    const sources = readdirSync(join(root, "src"), { recursive: true }).filter((file) =>
      file.endsWith(".ts"),
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
    writeHelp(out);
    if (types) emitTypes(out);
    writeFileSync(join(out, ".built"), "");
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await build({ types: true });
