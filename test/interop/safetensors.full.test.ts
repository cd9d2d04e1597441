import fc from "fast-check";
import { expect, it } from "vitest";
import { processorTime } from "../processor-time.ts";
import { damaged, survives } from "./damage.ts";

it("10,000 safetensors files of every damage: arrays or one complaint, at once", () => {
  const counts = { read: 0, refused: 0 };
  let slowest = 0;
  const one = (bytes: Uint8Array): void => {
    const start = processorTime();
    counts[survives(bytes) ? "read" : "refused"]++;
    slowest = Math.max(slowest, processorTime() - start);
  };
  fc.assert(fc.property(damaged, one), { numRuns: 10_000 });
  expect(counts.read).toBeGreaterThan(100);
  expect(counts.refused).toBeGreaterThan(1000);
  expect(slowest).toBeLessThan(2000);
});
