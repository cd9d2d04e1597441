/** A checkout whose build is stale, used by several processes at once. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const checkout = mkdtempSync(join(tmpdir(), "equihard-checkout-"));
afterAll(() => rmSync(checkout, { recursive: true }));

beforeAll(() => {
  for (const part of ["src", "docs", "bin", "scripts", "package.json"])
    cpSync(join(root, part), join(checkout, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
});

async function equihard(...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [join(checkout, "bin/equihard"), ...args]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (output += String(part)));
  const [code] = (await once(child, "close")) as [number];
  return { code, output };
}

/** Looks again and again, until `work` is done, which of the files is not there. */
async function missingDuring(work: Promise<unknown>, files: readonly string[]): Promise<string[]> {
  const missing = new Set<string>();
  const state = { done: false };
  const ended = work.finally(() => (state.done = true));
  while (!state.done) {
    for (const file of files) if (!existsSync(join(checkout, file))) missing.add(file);
    await new Promise((next) => setImmediate(next));
  }
  await ended;
  return [...missing];
}

const clean = ["bin", "dist", "docs", "node_modules", "package.json", "scripts", "src"];

it("processes that find no build at once build it and go on", async () => {
  const both = await Promise.all([equihard("--version"), equihard("groups", "cyclic:4")]);
  expect(both).toMatchObject([
    { code: 0 },
    { code: 0, output: expect.stringContaining("cyclic:4") as string },
  ]);
  expect(readdirSync(checkout).sort()).toEqual(clean);
});

it("a build takes no file away from a process that reads the one before, but for what has no source", async () => {
  const files = ["dist/program/main.js", "dist/family/registry.js", "dist/cli/help-pages.js", "dist/.built"];
  cpSync(join(checkout, "dist/index.js"), join(checkout, "dist/gone.js"));
  utimesSync(join(checkout, "src/index.ts"), new Date(), new Date());
  const missing = await missingDuring(equihard("--version"), [...files, "dist/never.js"]);
  expect(missing).toEqual(["dist/never.js"]); // the negative control
  expect(existsSync(join(checkout, "dist/gone.js"))).toBe(false);
});

it("a build leaves the program's files of the one before, which a process may still load, and the next takes them", async () => {
  const [old, stamp] = ["dist/program/OLD.js", "dist/.built"].map((file) => join(checkout, file));
  writeFileSync(old, "");
  writeFileSync(stamp, JSON.stringify([...(JSON.parse(readFileSync(stamp, "utf8")) as string[]), "OLD.js"]));
  const rebuild = async (): Promise<boolean> => {
    const soon = new Date(Date.now() + 1000); // later than the stamp, which has just been written
    utimesSync(join(checkout, "src/index.ts"), soon, soon);
    expect(await equihard("--version")).toMatchObject({ code: 0 });
    return existsSync(old);
  };
  expect([await rebuild(), await rebuild()]).toEqual([true, false]);
});
