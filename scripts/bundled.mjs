// Bundles a TypeScript program of the repository beside the built one and runs it with the given arguments.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * @param entry the program's source, from the repository's root
 * @param name of the bundle in dist/, which is removed afterwards
 */
export async function runBundled(entry, name) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  // a name of its own: what runs at the same time may not find it half written
  const outfile = fileURLToPath(new URL(`../dist/${name}-${process.pid}.mjs`, import.meta.url));
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  rmSync(outfile);
  process.exitCode = status ?? 1;
}
