/** The report's sentences on a run that nobody made: every number is computed again, and a false one is found. */

import { describe, expect, it } from "vitest";
import { parseHTML } from "linkedom";
import { degreeParity } from "../../src/study/degree-parity/study.ts";
import { matrix } from "../../src/study/matrix/study.ts";
import { builtIn } from "../../src/study/registry.ts";
import { plan } from "../../src/study/reproduce.ts";
import { scoreboard } from "../../src/study/scoreboard.ts";
import { inventedRun } from "./invented.ts";
import { doubts, spotChecks, textsOf } from "./truth.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const { document } = parseHTML("<html><body></body></html>");
const [records, others] = [1, 2].map((seed) => inventedRun(plan([degreeParity, matrix], scope), seed));
const read = degreeParity.read(records, scope)!;
const sections = [
  ...(await degreeParity.sections(read, document)),
  ...(await matrix.sections(matrix.read(records, scope)!, document)),
];
const texts = [degreeParity.finding!(read).headline, ...textsOf(sections)];
const cells = scoreboard([degreeParity, matrix], records, scope).flatMap((row) => row.cells);

describe("every number in a sentence", () => {
  it("is computed again from the records", () => {
    expect(texts.filter((t) => /\d/.test(t)).length).toBeGreaterThan(15);
    expect(doubts(texts, records)).toEqual([]);
  });

  it("is found where it is false, or where nothing computes it (negative control)", () => {
    const altered = texts.map((t) => t.replace(/(\d+) of (\d+) runs? learned/, (_, k: string) => `${Number(k) + 1} of 99 runs learned`)); // prettier-ignore
    expect(doubts(altered, records).length).toBeGreaterThan(1);
    expect(doubts(["The escape needs 17 examples."], records)).toMatchObject([{ found: null }]);
    // another run, with the sentences as they were
    expect(doubts(texts, others).length).toBeGreaterThan(10);
  });
});

describe("twenty numbers drawn at random", () => {
  it("are those of the records that they name; of another run's they are not", () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`spot checks with seed ${seed}`);
    const checked = spotChecks(sections, cells, records, { seed, count: 20 });
    expect(checked).toHaveLength(20);
    // shares of labels +-1 are computed here in another order of operations
    for (const { what, said, found } of checked)
      expect(found ?? NaN, `${what}, seed ${seed}`).toBeCloseTo(said, 12);
    // three in ten are alike in both runs, as 0 and 1 are: of 20 drawn half may be, of 200 hardly
    const wrong = spotChecks(sections, cells, others, { seed, count: 200 }).filter(
      (c) => c.found === null || Math.abs(c.found - c.said) > 1e-12,
    );
    expect(wrong.length).toBeGreaterThan(100);
  });
});
