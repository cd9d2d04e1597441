import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { version } from "../../src/base/version.ts";

const file = (name: string): string => readFileSync(resolve(import.meta.dirname, "../..", name), "utf8");

it("is the version of the package and of its citation", () => {
  expect((JSON.parse(file("package.json")) as { version: string }).version).toBe(version);
  expect(file("CITATION.cff")).toContain(`\nversion: ${version}\n`);
});
