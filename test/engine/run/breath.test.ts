import { expect, it } from "vitest";
import { breather } from "../../../src/engine/run/breath.ts";

it("lets the event loop turn while something computes without waiting", async () => {
  const breathe = breather();
  let turned = 0;
  const timer = setInterval(() => turned++, 1);
  const compute = async (rest: () => Promise<void> | undefined): Promise<number> => {
    const before = turned;
    for (const end = performance.now() + 700; performance.now() < end;) await rest();
    return turned - before;
  };
  expect(await compute(() => undefined)).toBe(0); // the control: awaiting nothing does not let it turn
  const turns = await compute(breathe);
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(2);
  expect(turns).toBeLessThanOrEqual(10); // rarely enough to cost little
});
