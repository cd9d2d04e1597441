/** What is loaded before the program has said what it does. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/main.ts";
import { families } from "../../src/family/registry.ts";

const root = resolve(import.meta.dirname, "../..");
const bin = join(root, "bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-help-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** The files that the program loads, from the repository's root. */
function loadedBy(...args: string[]): string[] {
  const list = join(dir, "loaded");
  rmSync(list, { force: true });
  const hook = join(import.meta.dirname, "loaded.mjs");
  const { status } = spawnSync(process.execPath, ["--import", hook, bin, ...args], {
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

/** Bytes of all that prints: most are the pages themselves. */
const PRINTING = 250_000;

/** What is loaded is the command line itself: no package, and of the program only what prints. */
function expectOnlyPrinting(files: readonly string[]): void {
  expect(packages(files)).toEqual([]);
  const parts = files.filter((file) => file.startsWith("dist/"));
  expect(parts).toContain("dist/program/main.js");
  expect(parts.filter((file) => !file.startsWith("dist/program/"))).toEqual([]);
  expect(parts.length).toBeLessThan(10);
  expect(parts.reduce((sum, file) => sum + statSync(join(root, file)).size, 0)).toBeLessThan(PRINTING);
}

it.each(["--help", "--version"])("%s loads no package and none of the program but what prints", (option) => {
  expectOnlyPrinting(loadedBy(option));
});

it.each(Object.keys(commands))("%s --help neither", (command) =>
  expectOnlyPrinting(loadedBy(command, "--help")),
);

it.each([
  ["help", "certify", "custom"],
  ["train", "-h", "gnn-hidden-plane"],
])("%s %s %s neither", (...words) => expectOnlyPrinting(loadedBy(...words)));

it("what a command does load is seen (negative control)", () => {
  expect(packages(loadedBy("certify", "gnn-degree-parity", "--n", "5"))).toEqual(
    expect.arrayContaining(["commander", "@jax-js/jax"]),
  );
  expect(() => expectOnlyPrinting(loadedBy("certify", "--quiet", "--help"))).toThrow("commander");
});

describe("what the build has written down", () => {
  const perFamily = ["certify", "train", "learn", "play"];
  const pages = [
    ...Object.keys(commands),
    ...perFamily.flatMap((command) => families.map(({ id }) => `${command} ${id}`)),
    "certify custom",
  ];
  const text = (...args: string[]): string =>
    spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" }).stdout;

  it("is a page for every command, and for every family in those that take its parameters", async () => {
    const { helpPages } = (await import(join(root, "dist/cli/help-pages.js"))) as { helpPages: object };
    expect(Object.keys(helpPages)).toEqual(expect.arrayContaining(pages));
  });

  it.each(["certify", "certify custom", "train gnn-degree-parity", "reproduce"])(
    "%s: what it prints itself",
    (page) => {
      const words = page.split(" ");
      expect(text(...words, "--help")).toBe(text(...words, "--quiet", "--help")); // with an option it is asked itself
    },
  );
});
