/** The page on diagnosing data: its commands run as they stand, and print what it says. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
// @ts-expect-error a build script without types
import { buildIfStale } from "../../scripts/build.mjs";
import { environment, workplace } from "./execute.ts";
import { blocksOf } from "./page.ts";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/diagnose-your-data.md"), "utf8");
const dir = mkdtempSync(join(tmpdir(), "equihard-diagnose-"));
afterAll(() => rmSync(dir, { recursive: true }));

const blocks = blocksOf(page);
/** A block of commands, and the text that follows it. */
const pairs = blocks.flatMap(({ language, text }, i) =>
  language === "sh" && blocks[i + 1]?.language === "text"
    ? [[text, blocks[i + 1].text.trim().split("\n")] as const]
    : [],
);
/** Debian's Python, which has its packages: another one may come first on the path. */
const python = "/usr/bin/python3";
const has = (module: string): boolean => spawnSync(python, ["-c", `import ${module}`]).status === 0;
const required = process.env["CI"] !== undefined && process.env["CI"] !== "";
const needs: readonly (readonly [pattern: RegExp, present: boolean])[] = [
  [/sklearn/, has("sklearn")],
  [/sagemath/, existsSync("/usr/share/sagemath/graphs/graphs.db")],
  [/numpy/, has("numpy")],
];

beforeAll(async () => {
  await (buildIfStale as () => Promise<void>)();
  workplace(dir);
});

describe("docs/diagnose-your-data.md", () => {
  it("has its examples", () => expect(pairs).toHaveLength(5));

  for (const [at, [commands, lines]] of pairs.entries())
    it.skipIf(!required && needs.some(([pattern, present]) => pattern.test(commands) && !present))(
      `example ${at + 1}: ${lines[0]}`,
      () => {
        const { stdout, stderr, status } = spawnSync(
          "sh",
          ["-e", "-c", commands.replaceAll("diagnose ", "diagnose --quiet ")],
          { cwd: dir, env: environment(dir), encoding: "utf8" },
        );
        expect(status, stderr).toBe(0);
        let from = 0;
        for (const line of lines) {
          const found = stdout.indexOf(line, from);
          expect(found, `${line} after character ${from} of\n${stdout}`).toBeGreaterThanOrEqual(0);
          from = found + line.length;
        }
      },
    );
});
