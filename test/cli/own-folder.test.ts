/** What `export --layout hf` writes into: what is its own, broken off or not, and nothing of others. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { requireOwnFolder } from "../../src/cli/own-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "equihard-folder-"));
const out = join(folder, "hub");
const train = "train-00000-of-00001.parquet";
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, "data"), { recursive: true });
});
const put = (name: string, text = ""): void => writeFileSync(join(out, name), text);
const check = () => requireOwnFolder(out, [train]);

it("takes a new folder, an empty one, an export's and one that was broken off", () => {
  requireOwnFolder(join(folder, "none"), [train]);
  check();
  put(`data/.equihard-${"0".repeat(24)}.tmp`);
  put(`data/${train}`);
  check();
  for (const name of ["croissant.json", ".gitattributes"]) put(name);
  put("README.md", "made by equihard");
  check();
});

it.each([
  ["thesis.tex", ""],
  ["data/mine.parquet", ""],
  ["data/test-00000-of-00001.parquet", "a split that would be left over"],
  ["README.md", "# Mine"],
])("refuses %s", (name, text) => {
  put(name, text);
  expect(check).toThrow(`hub holds other files: ${name.replace("data/", "")}`);
});
