/** A folder for sweeps, the program run in it, and small specs. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { programIn } from "./program.ts";

export const dir = mkdtempSync(join(tmpdir(), "equihard-sweep-"));
afterAll(() => rmSync(dir, { recursive: true }));

export const equihard = programIn(dir);
export const json = (...args: string[]): Record<string, unknown> => {
  const { stdout, stderr } = equihard(...args, "--json", "--quiet");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>;
};
export const spec = (name: string, seeds: number, more = "", n = "[6, 8]"): string => {
  const train = "{ steps: 10, batch: 32, width: [8, 16], testSamples: 100 }";
  writeFileSync(
    join(dir, name),
    `family: gnn-degree-parity\nparameters: { n: ${n} }\ntrain: ${train}\nseeds: ${seeds}\n${more}`,
  );
  return name;
};
