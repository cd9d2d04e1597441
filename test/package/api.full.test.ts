/** The reference of the package's doors is written, without a complaint, and has what they export. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const dir = mkdtempSync(join(tmpdir(), "equihard-api-"));
afterAll(() => rmSync(dir, { recursive: true }));

it("npm run api", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/api.mjs"), dir], {
    encoding: "utf8",
  });
  expect([status, stdout, stderr]).toEqual([0, "", ""]);
  const page = (name: string): string => readFileSync(join(dir, name), "utf8");
  expect(page("README.md")).toContain("[equihard/symmetry](equihard.symmetry.md)");
  const section = (text: string, name: string): string =>
    text.split("\n### ").find((part) => part.startsWith(`${name}()\n`)) ?? "";
  expect(section(page("equihard.md"), "certify")).toContain("#### Parameters");
  expect(section(page("equihard.symmetry.md"), "pairOrbits")).toContain("InputError");
  expect(page("equihard.oracle.md")).toMatch(/^# equihard\/oracle\n+Oracles: honest ones/);
});
