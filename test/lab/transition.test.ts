/** Which sizes the room of transitions tries. */

import { expect, it } from "vitest";
import { bracketOf, nextOf, type Tried } from "../../lab/room/transition/fields.ts";

/** Tries sizes until none is left. */
function tried(learns: (size: number) => boolean, least: number, most: number): readonly Tried[] {
  const all: Tried[] = [];
  for (let size = nextOf(all, least, most); size !== null; size = nextOf(all, least, most))
    all.push({ size, explained: learns(size) ? 1 : 0 });
  return all;
}

it("bisects between what is learned and what is not", () => {
  const found = tried((size) => size < 23, 4, 128);
  expect(found.length).toBeLessThan(10);
  const [low, high] = bracketOf(found) ?? expect.fail("no bracket");
  expect([low < 23, high >= 23, high / low < 1.1 || high - low === 1]).toEqual([true, true, true]);
});

it("tries the ends alone where both agree, and where only the larger one is learned", () => {
  for (const learns of [() => true, () => false, (size: number) => size > 50])
    expect(tried(learns, 4, 128).map(({ size }) => size)).toEqual([4, 128]);
});
