import type { Stream } from "../../src/base/random.ts";

/** Cut, stretched, or with some bytes changed; one in fifty as it was. */
export function damaged(whole: Uint8Array, { below }: Stream): Uint8Array {
  if (below(50) === 0) return whole;
  const size = below(4) === 0 ? below(whole.length + 1) : whole.length;
  const out = new Uint8Array(size + (below(8) === 0 ? below(40) : 0));
  out.set(whole.subarray(0, size));
  for (let i = below(6); i >= 0; i--) if (out.length > 0) out[below(out.length)] = below(256);
  return out;
}
