/** What is loaded before the program has said what it does. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "equihard-help-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** The files that the program loads, from the repository's root. */
function loadedBy(...args: string[]): string[] {
  const list = join(dir, "loaded");
  rmSync(list, { force: true });
  const hook = join(import.meta.dirname, "loaded.mjs");
  const { status } = spawnSync(process.execPath, ["--import", hook, join(root, "bin/equihard"), ...args], {
    env: { ...process.env, LOADED_MODULES: list },
  });
  expect(status).toBe(0);
  const urls = readFileSync(list, "utf8").trim().split("\n");
  return urls.filter((url) => url.startsWith("file:")).map((url) => relative(root, fileURLToPath(url)));
}

const packages = (files: readonly string[]): string[] => [
  ...new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])),
];

beforeAll(() => void loadedBy("--version")); // builds what is stale

it.each(["--help", "--version"])("%s loads no package and none of the program but what prints", (option) => {
  const files = loadedBy(option);
  expect(packages(files)).toEqual([]);
  const parts = files.filter((file) => file.startsWith("dist/"));
  expect(parts).toContain("dist/cli/main.js");
  expect(parts.filter((file) => !/^dist\/(base|cli)\//.test(file))).toEqual([]);
  expect(parts.length).toBeLessThan(10);
});

it.each([
  "verify",
  "gram",
  "budget",
  "matrix",
  "reduce",
  "reproduce",
  "families",
  "groups",
  "cite",
  "doctor",
])("%s --help loads no engine", (command) => {
  expect(packages(loadedBy(command, "--help")).sort()).toEqual(["commander", "zod"]);
});

it("what a command does load is seen (negative control)", () => {
  expect(packages(loadedBy("certify", "gnn-degree-parity", "--n", "5"))).toEqual(
    expect.arrayContaining(["commander", "zod", "@jax-js/jax"]),
  );
});
