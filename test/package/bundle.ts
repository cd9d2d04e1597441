/** What a user's bundler makes of the package for a browser. */

import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");

export interface Bundle {
  readonly bytes: number;
  readonly code: string;
  /** The inputs with the bytes they take up, largest first. */
  readonly inputs: readonly (readonly [name: string, bytes: number])[];
  /** Node's own modules that are reached, each with the file that imports it. */
  readonly node: readonly string[];
}

/** The sources of what package.json leaves out of bundles for browsers. */
const leftOut = new Set(
  Object.keys(
    (JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { browser: Record<string, false> })
      .browser,
  ).map((file) => resolve(root, file.replace(/^\.\/dist/, "src").replace(/\.js$/, ".ts"))),
);

/** What jax-js loads to compute by WebGL, which `engine/run/program.ts` never asks for: no page loads it. */
const neverLoaded = /^\.\/webgl-/;

const isNodes = (path: string): boolean =>
  path.startsWith("node:") || builtinModules.includes(path.split("/")[0]);

/**
 * One minified file with everything that is reached, on demand or not.
 * @param source a module's text, which imports from the folder
 * @param from the folder
 */
export async function bundleForBrowser(source: string, from: string): Promise<Bundle> {
  const node: string[] = [];
  const { metafile, outputFiles } = await build({
    stdin: { contents: source, resolveDir: from, loader: "ts" },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: "browser",
    format: "esm",
    target: "es2023",
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: [
      {
        name: "Node's modules, and what is for Node alone",
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /.*/ }, ({ path, importer }) => {
            if (!isNodes(path)) return undefined;
            node.push(`${importer.slice(root.length + 1)} imports ${path}`);
            return { path, external: true };
          });
          onResolve({ filter: /^\./ }, ({ path, resolveDir }) =>
            leftOut.has(resolve(resolveDir, path)) || neverLoaded.test(path)
              ? { path, namespace: "left out" }
              : undefined,
          );
          onLoad({ filter: /.*/, namespace: "left out" }, () => ({ contents: "" }));
        },
      },
    ],
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output.inputs).map(
    ([name, { bytesInOutput }]) => [name, bytesInOutput] as const,
  );
  return {
    bytes: output.bytes,
    code: outputFiles[0].text,
    inputs: inputs.sort(([, a], [, b]) => b - a),
    node,
  };
}

/** The largest inputs in words. */
export const largest = ({ inputs }: Bundle, count = 25): string =>
  inputs
    .slice(0, count)
    .map(([name, bytes]) => `${(bytes / 1024).toFixed(1)} KiB  ${name}`)
    .join("\n");
