/** In processes of their own: jax-js asks once in each, and V8 takes the flag only before its first module. */

import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";

const flags = Number(process.versions.node.split(".")[0]) < 22 ? ["--experimental-wasm-relaxed-simd"] : [];

/** Multiplies two matrices in jax-js: how many kernels that took, and whether one has f32x4.relaxed_madd. */
function product(before: string): { readonly kernels: number; readonly fused: boolean } {
  const built = (file: string): string => JSON.stringify(pathToFileURL(`dist/engine/lower/${file}`).href);
  const script = `
    const kernels = [];
    const { Module } = WebAssembly;
    WebAssembly.Module = class extends Module {
      constructor(bytes) {
        kernels.push(Buffer.from(bytes));
        super(bytes);
      }
    };
    const { init, numpy: np, defaultDevice } = await import(${built("jax.js")});
    await init("wasm");
    defaultDevice("wasm");
    ${before}
    const matrix = () => np.array(Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i))).reshape([64, 64]);
    np.matmul(matrix(), matrix()).dataSync();
    const fused = kernels.some((bytes) => bytes.includes(Buffer.from([0xfd, 0x85, 0x02])));
    process.stdout.write(JSON.stringify({ kernels: kernels.length, fused }));
  `.replaceAll("{unfused}", built("unfused.js"));
  return JSON.parse(execFileSync(process.execPath, [...flags, "--input-type=module", "-e", script], { encoding: "utf8" })) as ReturnType<typeof product>; // prettier-ignore
}

it("has no kernel of jax-js fuse products with sums, which it does by itself where WebAssembly can", () => {
  expect(product("").fused).toBe(true);
  const own = product("(await import({unfused})).unfused();");
  expect(own.fused).toBe(false);
  expect(own.kernels).toBeGreaterThan(0);
});

it("leaves the browser's own question alone", async () => {
  const { validate } = WebAssembly;
  const { startJax } = await import("../../../src/engine/run/program.ts");
  await startJax();
  expect(WebAssembly.validate).toBe(validate);
});
