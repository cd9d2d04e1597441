/** The walk-through for an architecture of one's own does what it says. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
// @ts-expect-error a build script without types
import { buildIfStale } from "../../scripts/build.mjs";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/your-network-class.md"), "utf8");
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}.*\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
const dir = mkdtempSync(join(tmpdir(), "equihard-docs-"));
afterAll(() => rmSync(dir, { recursive: true }));

describe("docs/your-network-class.md", () => {
  it("its program runs as it is and prints what the page says", async () => {
    await (buildIfStale as () => Promise<void>)();
    const doors = {
      equihard: "index",
      "equihard/network": "network/index",
      "equihard/prover": "prover/index",
    };
    let source = block("ts");
    for (const [name, file] of Object.entries(doors))
      source = source.replace(`"${name}"`, JSON.stringify(join(root, "dist", `${file}.js`)));
    const file = join(dir, "program.mjs");
    writeFileSync(file, transformSync(source, { loader: "ts", format: "esm" }).code);
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(block("text")).not.toBe("");
    expect(stdout).toBe(block("text"));
  });
});
