/** Bundled files joined into fewer: the program does as before. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
// @ts-expect-error a build script, without types
import { buildIfStale } from "../../scripts/build.mjs";
// @ts-expect-error a build script, without types
import { gathered as gatheredOf } from "../../scripts/gather.mjs";

const gathered = gatheredOf as (bundle: unknown, built: unknown) => Promise<Map<string, string>>;
const dir = mkdtempSync(join(tmpdir(), "equihard-gather-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** Three programs that share parts with the same names in them; each part says when it is evaluated. */
const sources: Readonly<Record<string, string>> = {
  "one.js": `import { name } from "./a.js"; import { name as b } from "./b.js"; import { d } from "./d.js";
    console.log("one", name, b, d()); console.log((await import("./later.js")).default(name));`,
  "two.js": `import { name } from "./b.js"; console.log("two", name, Object.keys(await import("./c.js")));`,
  "three.js": `import { name } from "./c.js"; import { d } from "./d.js"; console.log("three", name, d());`,
  "a.js": `import { name as of } from "./b.js"; console.log("a"); export const name = "a" + of;`,
  "b.js": `import { name as of } from "./c.js"; console.log("b"); export const name = "b" + of;`,
  "c.js": `console.log("c"); export const name = "c"; export let used = 0; export const use = () => ++used;`,
  "d.js": `import { use, used } from "./c.js"; console.log("d"); export const d = () => [use(), used].join();`,
  "later.js": `import { use, used } from "./c.js"; import { d } from "./d.js"; console.log("later");
    export default (name) => [name, use(), used, d()].join();`,
};

const programs = ["one", "two", "three"];

beforeAll(async () => {
  mkdirSync(join(dir, "source"));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(dir, "source", name), text);
  writeFileSync(join(dir, "package.json"), '{"type":"module"}');
  const built = await build({
    entryPoints: programs.map((name) => join(dir, "source", `${name}.js`)),
    outdir: join(dir, "bundled"),
    chunkNames: "[hash]",
    bundle: true,
    splitting: true,
    minifyWhitespace: true,
    format: "esm",
    platform: "node",
    write: false,
    metafile: true,
  });
  for (const folder of ["bundled", "gathered"]) mkdirSync(join(dir, folder));
  for (const { path, text } of built.outputFiles) writeFileSync(path, text);
  for (const [name, text] of await gathered(build, built)) writeFileSync(join(dir, "gathered", name), text);
});

function printed(folder: string, name: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(dir, folder, `${name}.js`)], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

/** What a part prints when it is evaluated, and what else is printed. */
const [evaluated, said] = [
  (line: string): boolean => /^\w+$/.test(line),
  (line: string) => !/^\w+$/.test(line),
];

it.each(programs)("program %s prints the same from fewer files, each part evaluated once", (name) => {
  const [before, after] = ["source", "gathered"].map((folder) => printed(folder, name).trim().split("\n"));
  expect(after.filter(said)).toEqual(before.filter(said));
  const parts = after.filter(evaluated);
  expect(new Set(parts).size).toBe(parts.length);
  expect(parts).toEqual(expect.arrayContaining(before.filter(evaluated)));
});

it("there are fewer files", () => {
  const count = (folder: string): number => readdirSync(join(dir, folder)).length;
  expect(count("gathered")).toBeLessThan(count("bundled"));
});

/** The files of a built folder that one imports before it is evaluated. */
const needsOf = (folder: string, name: string): string[] =>
  [
    ...readFileSync(join(folder, name), "utf8").matchAll(
      /(?:^|;)(?:import|export)(?:\{[^}]*\}from)?"\.\/([^"]+)"/g,
    ),
  ].map(([, needed]) => needed);

it("the program's worker loads few files, and none of the program needs itself by way of others", async () => {
  await buildIfStale();
  const program = resolve(import.meta.dirname, "../../dist/program");
  const closed = new Set<string>();
  const visit = (name: string, open: readonly string[]): void => {
    expect(open).not.toContain(name);
    if (closed.has(name)) return;
    for (const needed of needsOf(program, name)) visit(needed, [...open, name]);
    closed.add(name);
  };
  visit("worker.js", []);
  expect(closed.size).toBeGreaterThan(5);
  expect(closed.size).toBeLessThan(50);
  for (const name of readdirSync(program)) if (name.endsWith(".js")) visit(name, []);
});
