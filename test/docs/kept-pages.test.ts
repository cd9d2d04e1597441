/** What pages of the documentation tell of the kept run, told again from its records: each number must stand there. */

import { describe, expect, it } from "vitest";
import { altered, numbersAt } from "../study/truth/texts.ts";
import { checks, pairsOfSets, sizes } from "./kept/degree-parity.ts";
import { checksOfFour, fourFamilies, plainFailure } from "./kept/failures.ts";
import { basisNeeds } from "./kept/growing-basis.ts";
import { comparedLosses, transitionMaps } from "./kept/transition-maps.ts";
import { pages } from "./pages.ts";

/** The sentences of a page, and rows of its tables with columns a space wide. */
const told: Readonly<Record<string, (text: string) => string[] | Promise<string[]>>> = {
  "docs/transition-maps.md": (text) => [
    ...transitionMaps(),
    ...plainFailure(),
    ...fourFamilies(),
    ...checksOfFour(),
    ...comparedLosses(text),
  ],
  "docs/degree-parity.md": async () => [...sizes(), ...(await pairsOfSets()), ...checks()],
  "docs/growing-basis.md": basisNeeds,
};

describe("what a page tells of the kept run", () => {
  it.each(Object.entries(told))("is what the records say: %s", async (name, of) => {
    const [, text] = pages.find(([page]) => page === name)!;
    const page = text.replaceAll(/\s+/g, " ");
    const sentences = await of(text);
    expect(sentences.filter((sentence) => !page.includes(sentence))).toEqual([]);
    // negative control: with another digit none of them would stand there
    const others = sentences.flatMap((sentence) => numbersAt(sentence).map((at) => altered(sentence, at)));
    expect(others.filter((other) => page.includes(other))).toEqual([]);
  });
});
