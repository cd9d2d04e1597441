import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { isAbsent, missing, optionalPackages } from "../../src/base/optional.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-optional-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** What Node throws for `import(name)` in that folder. */
function failure(name: string): Error {
  const script = `import("${name}").catch(({ code, message }) => console.log(JSON.stringify({ code, message })))`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: dir,
    encoding: "utf8",
  });
  const { code, message } = JSON.parse(stdout) as { code?: string; message: string };
  return Object.assign(new Error(message), { code });
}

/** A package in that folder with one module. */
function install(name: string, source: string): void {
  mkdirSync(join(dir, "node_modules", name), { recursive: true });
  const manifest = { name, version: "1.0.0", type: "module", exports: "./index.js" };
  writeFileSync(join(dir, "node_modules", name, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(dir, "node_modules", name, "index.js"), source);
}

describe("a failed import", () => {
  it("of what is not there names the command that adds it", () => {
    const error = failure("highs");
    expect(isAbsent("highs", error)).toBe(true);
    expect(() => missing("highs")(error)).toThrow(
      "highs: is not installed; add it with: npm install highs@1.15",
    );
  });

  it("of what is there and does not work says why (negative control)", () => {
    install("linkedom", 'import "a-part-of-it";');
    const error = failure("linkedom");
    expect(isAbsent("linkedom", error)).toBe(false);
    expect(() => missing("linkedom", "@observablehq/plot")(error)).toThrow(
      /^linkedom: does not load \(Cannot find package 'a-part-of-it'.*\); install it anew with: npm install linkedom@0.18 @observablehq\/plot@0.6$/,
    );
    install("@observablehq/plot", "throw new Error('broken\\nbadly');");
    expect(() => missing("@observablehq/plot")(undefined)).toThrow("does not load (undefined)");
    expect(isAbsent("@observablehq/plot", failure("@observablehq/plot"))).toBe(false);
  });
});

/** A release is taken with its fixes, what comes before a release exactly. */
const pinned = (of: string): string => (of.includes("-") ? of : `~${of}`);

it("are the packages that package.json holds optional, in the same versions, and at hand in a checkout", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8");
  const manifest = JSON.parse(text) as Record<string, Record<string, unknown>>;
  const peers = manifest["peerDependencies"];
  const installed = Object.fromEntries(
    Object.entries(optionalPackages).map(([name, v]) => [name, pinned(v)]),
  );
  expect({ ...peers, "onnxruntime-node": "~1.30.0" }).toEqual(installed);
  expect(manifest["optionalDependencies"]).toEqual({ "onnxruntime-node": "1.30.0" });
  for (const name of Object.keys(peers)) {
    expect(manifest["peerDependenciesMeta"][name]).toEqual({ optional: true });
    expect(manifest["devDependencies"][name]).toBe(peers[name]);
    expect(manifest["dependencies"]).not.toHaveProperty(name);
  }
});
