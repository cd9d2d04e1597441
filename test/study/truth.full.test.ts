/** The gate at its widest: a laptop run that nobody made, and every number of the kept run's sentences changed. */

import { describe, expect, it } from "vitest";
import { keptBeside, readKept } from "../../src/study/kept.ts";
import { matrix } from "../../src/study/matrix/study.ts";
import { builtIn } from "../../src/study/registry.ts";
import { inventedReport } from "./invented.ts";
import { doubtsOf, gateOf, ruled, sayingsOf } from "./truth/gate.ts";
import { altered, numbersAt } from "./truth/texts.ts";

const scope = { scale: "laptop", catalogue: builtIn } as const;

describe("every number in a sentence", () => {
  it("of a laptop run that nobody made is computed again", async () => {
    const run = inventedReport("laptop", 1);
    const said = await sayingsOf(ruled, run, scope);
    expect(doubtsOf(said, run, scope)).toEqual([]);
  });

  it("of the kept matrix of scale paper is computed again", async () => {
    const { records } = keptBeside("laptop").find(({ study }) => study === "matrix")!;
    const paper = { ...scope, scale: "paper" } as const;
    const said = await sayingsOf([matrix], records, paper);
    expect(said.flatMap(({ texts }) => texts.flatMap(numbersAt)).length).toBeGreaterThan(30);
    expect(doubtsOf(said, records, paper)).toEqual([]);
  });

  it("of the kept run is found with any digit at its end changed (negative control)", async () => {
    const { records } = readKept()!;
    for (const saying of await sayingsOf(ruled, records, scope)) {
      const gate = gateOf(saying, records, scope);
      const changed = saying.texts.flatMap((text) => numbersAt(text).map((at) => altered(text, at)));
      expect(changed.filter((text) => gate([text]).length === 0)).toEqual([]);
    }
  });
});
