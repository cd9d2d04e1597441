import { setFlagsFromString } from "node:v8";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const { Module } = WebAssembly;
const kernels: Uint8Array[] = [];
beforeEach(() => {
  if (Number(process.versions.node.split(".")[0]) < 22)
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  kernels.length = 0;
  WebAssembly.Module = class extends Module {
    constructor(bytes: Uint8Array<ArrayBuffer>) {
      kernels.push(bytes);
      super(bytes);
    }
  } as typeof Module;
  vi.resetModules(); // jax-js asks once
});
afterEach(() => void (WebAssembly.Module = Module));

/** f32x4.relaxed_madd among the bytes. */
const fuses = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes(Buffer.from([0xfd, 0x85, 0x02]));

/** Multiplies two matrices in jax-js, and says whether a kernel of it fuses. */
async function fused(unfusedFirst: boolean): Promise<boolean> {
  const { init, numpy: np, defaultDevice } = await import("../../../src/engine/lower/jax.ts");
  await init("wasm");
  defaultDevice("wasm");
  if (unfusedFirst) (await import("../../../src/engine/lower/unfused.ts")).unfused();
  const matrix = () => np.array(Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i))).reshape([64, 64]);
  np.matmul(matrix(), matrix()).dataSync();
  return kernels.some(fuses);
}

it("has no kernel of jax-js fuse products with sums, which it does by itself where WebAssembly can", async () => {
  expect(await fused(false)).toBe(true);
  kernels.length = 0;
  vi.resetModules();
  expect(await fused(true)).toBe(false);
  expect(kernels.length).toBeGreaterThan(0);
});

it("leaves the browser's own question alone", async () => {
  const { validate } = WebAssembly;
  const { startJax } = await import("../../../src/engine/run/program.ts");
  await startJax();
  expect(WebAssembly.validate).toBe(validate);
});
