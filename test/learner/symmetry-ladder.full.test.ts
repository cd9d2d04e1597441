import { expect, it } from "vitest";
import { gradientNeed } from "./symmetry-ladder.ts";

it("gradient descent needs more examples than there are functions, and not many more", async () => {
  const sizes = { seeds: 1, most: 200, steps: 2000, width: 64, lr: 3e-3 };
  const [need] = await gradientNeed("symmetric:6", 2, sizes);
  expect(need).toBeGreaterThanOrEqual(4);
  expect(need).toBeLessThanOrEqual(128);
  expect(await gradientNeed("symmetric:6", 2, { ...sizes, most: 4 })).toEqual([null]);
});
