/**
 * Keeps jax-js from fusing products with sums where WebAssembly has an instruction for both (relaxed SIMD: Chromium
 * and Node 22 have it, Firefox 128 and Node 20 do not). Whether it rounds once or twice is left to the processor, and
 * a training would give other numbers in a page than on the command line. Without it a training in Chromium took as
 * long: 16.5 and 16.9 s of processor time.
 */

import { numpy as np } from "./jax.ts";

/** Has jax-js write its first kernel, which is when it asks once and for all, where the answer is no. */
export function unfused(): void {
  const { validate } = WebAssembly;
  WebAssembly.validate = () => false;
  try {
    np.array(Float32Array.of(1, 2), { device: "wasm" }).mul(2).dataSync();
  } finally {
    WebAssembly.validate = validate;
  }
}
