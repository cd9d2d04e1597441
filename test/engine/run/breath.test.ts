import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { breather } from "../../../src/engine/run/breath.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

it("lets the event loop turn while something computes without waiting", async () => {
  const breathe = breather();
  let turned = 0;
  const timer = setInterval(() => turned++, 1);
  /** Steps of a hundredth of a second each. */
  const compute = async (steps: number, rest: () => Promise<void> | undefined): Promise<number> => {
    const before = turned;
    for (let step = 0; step < steps; step++) {
      vi.advanceTimersByTime(10);
      await rest();
    }
    return turned - before;
  };
  expect(await compute(70, () => undefined)).toBe(0); // the control: awaiting nothing does not let it turn
  const turns = await compute(70, breathe);
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(2);
  expect(turns).toBeLessThanOrEqual(10); // rarely enough to cost little
});
