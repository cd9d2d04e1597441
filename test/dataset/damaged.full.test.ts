/** 10,000 damaged files of graph6 lines: examples or one complaint, and never anything else. */

import { expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { keyFor, stream, type Stream } from "../../src/base/random.ts";
import { graph6 } from "../../src/dataset/graph6.ts";
import { labelledIn } from "../../src/dataset/labelled.ts";

const count = 60;
const lines = Array.from({ length: count }, (_, i) => {
  const adjacency = Uint8Array.from({ length: 16 }, (_, at) =>
    Math.floor(at / 4) !== at % 4 && (i + Math.floor(at / 4) + (at % 4)) % 3 === 0 ? 1 : 0,
  );
  return `${graph6(adjacency, 4)}\t${i % 2}`;
});
const text = new TextEncoder().encode(lines.join("\n"));

/** Cut, stretched, or with some bytes changed; one in fifty as it was. */
function damaged(whole: Uint8Array, { below }: Stream): Uint8Array {
  if (below(50) === 0) return whole;
  const size = below(4) === 0 ? below(whole.length + 1) : whole.length;
  const out = new Uint8Array(size + (below(8) === 0 ? below(40) : 0));
  out.set(whole.subarray(0, size));
  for (let i = below(6); i >= 0; i--) if (out.length > 0) out[below(out.length)] = below(256);
  return out;
}

it("graph6", async () => {
  const draws = stream(keyFor("damaged files", "graph6"));
  let [read, refused, slowest] = [0, 0, 0];
  for (let i = 0; i < 10_000; i++) {
    const bytes = damaged(text, draws);
    const begun = performance.now();
    try {
      const { count: found } = await labelledIn(bytes, "data", { most: 1000, seed: 0 });
      expect(found).toBeGreaterThan(0);
      read++;
    } catch (error) {
      expect(error, String(error)).toBeInstanceOf(InputError);
      expect(String((error as InputError).message)).not.toContain("\n");
      refused++;
    }
    slowest = Math.max(slowest, performance.now() - begun);
  }
  console.error(`graph6: ${read} read, ${refused} refused, the slowest in ${slowest.toFixed(0)} ms`);
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
  expect(slowest).toBeLessThan(5000);
}, 240_000);
