/**
 * A turn of the event loop now and then, for what computes without ever waiting, as jax-js does on WebAssembly:
 * without one no signal or message is read, and nothing is freed that V8 frees in a task of its own. jax-js makes an
 * instance of a module for each kernel that it runs; Chromium 156 keeps some 50 bytes of each until that task comes,
 * 240 MiB of five million, and has no growth with it.
 */

/** Milliseconds between two turns: a timer of a browser takes up to four. */
const apart = 200;

/** What is to be awaited after each step: it comes back at once unless a turn is due. */
export function breather(): () => Promise<void> | undefined {
  let last = performance.now();
  return () => (performance.now() - last < apart ? undefined : turn());

  async function turn(): Promise<void> {
    await new Promise<void>((resolve) => void setTimeout(resolve));
    last = performance.now();
  }
}
