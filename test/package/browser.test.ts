import { describe, expect, it } from "vitest";
import { bundleForBrowser, largest, type Bundle } from "./bundle.ts";
import { doors } from "./doors.ts";

const src = new URL("../../src", import.meta.url).pathname;

const whole = (door: string): Promise<Bundle> =>
  bundleForBrowser(`export * from ${JSON.stringify(doors()[door])};`, src);

/** Fails with the list of what is large. */
function expectAtMost(bundle: Bundle, kibibytes: number): void {
  const size = bundle.bytes / 1024;
  expect(size, `${size.toFixed(1)} KiB, the largest inputs:\n${largest(bundle)}`).toBeLessThanOrEqual(
    kibibytes,
  );
}

describe("in a browser", () => {
  it("the main entry is at most 650 KiB, everything that it can load included", async () => {
    expectAtMost(await whole("equihard"), 650);
  });

  it("no entry but equihard/node reaches a module of Node's", async () => {
    const portable = Object.keys(doors()).filter((door) => door !== "equihard/node");
    expect(portable).toContain("equihard");
    for (const door of portable) {
      const { node } = await whole(door);
      const ours = node.filter((line) => !line.startsWith("node_modules/highs/")); // which asks where it runs first
      expect([door, ours]).toEqual([door, []]);
    }
    expect((await whole("equihard/node")).node).toContain("src/run/pull.ts imports node:os"); // the negative control
  });

  it("what is not used is left out", async () => {
    const group = await bundleForBrowser(
      'import { parseGroup } from "./index.ts"; console.log(parseGroup);',
      src,
    );
    expectAtMost(group, 80);
    expect(group.inputs.map(([name]) => name).filter((name) => name.includes("jax"))).toEqual([]);
    const certify = await bundleForBrowser(
      'import { certify } from "./index.ts"; console.log(certify);',
      src,
    );
    expect(certify.bytes).toBeGreaterThan(group.bytes);
    expectAtMost(await whole("equihard/symmetry"), 100);
  });

  it("nothing that works by being imported is lost: the package has none of that", async () => {
    const { code } = await bundleForBrowser(
      'import { lowerToOnnx } from "./interop/index.ts"; console.log(lowerToOnnx);',
      src,
    );
    expect(code).toMatch(/Float16Array\?\?=/); // what jax-js needs on Node 20
  });

  it("what is too large is told by its inputs (negative control)", async () => {
    const bundle = await bundleForBrowser('import { z } from "zod/mini"; console.log(z);', src);
    expect(() => expectAtMost(bundle, 10)).toThrow(/KiB, the largest inputs:\n.*zod/);
  });
});
