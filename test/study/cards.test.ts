/** Cards and the first screen: all from data, the drawings' numbers too. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { boardOf, cardOf } from "../../src/study/cards.ts";
import { instanceCell } from "../../src/study/cell.ts";
import { allChecks, checks } from "../../src/study/checks.ts";
import { keyHtml } from "../../src/report/board.ts";
import { pictures } from "../../src/study/picture/index.ts";
import { builtIn } from "../../src/study/registry.ts";
import { scoreboard, strongest } from "../../src/study/scoreboard.ts";
import { statements } from "../../src/study/statements.ts";
import type { Study } from "../../src/study/study.ts";
import type { VerdictKind } from "../../src/study/verdict.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const { document } = parseHTML("<html><body></body></html>");
const context = { byId: new Map(), document, theory: "docs/theory.md" };

/** A board on which the second result has a verdict. */
function board(kind: VerdictKind, because = "of a test") {
  const made = allChecks({
    twin: { says: "2 of 2", holds: true, records: [] },
    rate: { says: "1", holds: false, records: [] },
  });
  const cell = { ...instanceCell({ row: "features", at: "here", holds: true, because }), checks: made };
  const study: Study = {
    id: "shown",
    tasks: () => ({}),
    read: () => null,
    sections: () => Promise.resolve([]),
    evidence: () => [{ ...cell, verdict: { kind, because } }],
  };
  return scoreboard([study], [], scope);
}

describe("the first screen", () => {
  it("says the verdicts that the records give, by number, and changes with them", () => {
    const key = (kind: VerdictKind) => boardOf(board(kind)).key.map(({ sign, rows }) => ({ sign, rows }));
    const others = { sign: "absent", rows: [1, 3, 4, 5, 6, 7, 8] };
    expect(key("covered")).toEqual([{ sign: "proved", rows: [2] }, others]);
    expect(key("open")).toEqual([{ sign: "open", rows: [2] }, others]);
    const row = (kind: VerdictKind) => boardOf(board(kind)).rows[1];
    const kinds = ["covered", "below", "holds", "unexplained", "open", "learned", "absent"] as const;
    const signs = kinds.map((kind) => row(kind).sign);
    expect(new Set(signs).size, "each has a sign of its own").toBe(kinds.length);
    expect(keyHtml(boardOf(board("covered")))).toMatch(
      /data-sign="●">fails; covered by the theorem<\/span>: <b>2<\/b>/,
    );
    expect(row("open").facts.at(-1)?.word).toBe(`2 of ${checks.length}`);
  });

  it("takes a result from the run beside it only where that says more, and says so", () => {
    const [weak, strong] = [board("open"), board("below")];
    expect(strongest(weak, strong, "laptop run")[1].origin).toBe("laptop run");
    expect(strongest(strong, weak, "laptop run")[1].origin).toBeUndefined();
    expect(strongest(weak, weak, "laptop run")[1].origin).toBeUndefined();
    expect(boardOf(strongest(weak, strong, "laptop run")).rows[1].at).toBe("here; laptop run");
  });
});

describe("a card", () => {
  it("has a chip for each check, an empty one where it was not made", () => {
    const card = cardOf(board("open")[1], context);
    expect(card.chips.map((c) => c.name)).toEqual(checks.map((c) => c.name));
    const states = Object.fromEntries(card.chips.map((c) => [c.name, c.state]));
    expect([states["easy twin"], states["learning rate"], states["width"]]).toEqual([
      "holds",
      "against",
      "missing",
    ]);
    expect(cardOf(board("open")[5], context)).toMatchObject({ chips: [], strip: null });
  });

  it("leads to a heading that docs/theory.md has", () => {
    const text = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/theory.md"), "utf8");
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const { anchor } of Object.values(statements)) expect(headings).toContain(anchor);
    expect(cardOf(board("open")[1], { ...context, theory: null }).theory.href).toBeNull();
  });
});

describe("the drawings", () => {
  it("say numbers that hold: the parity of a graph, the mean of shifts, no colouring of the Fano plane", () => {
    const graph = pictures.nodes();
    const hidden = /S = \{([\d, ]*)\}/.exec(graph.caption)?.[1].split(", ") ?? [];
    const degrees = [...graph.svg.matchAll(/>(\d)<\/text>/g)].map((m) => m[1]);
    const counted = degrees.filter((d) => hidden.includes(d)).length;
    expect(graph.caption).toContain(`${counted} nodes have a degree in S`);
    expect(graph.caption).toContain(counted % 2 === 0 ? "y = +1" : "y = −1");
    expect(pictures.proper().caption).toContain("Of its 128 colourings by two colours 0 leave no line");
    expect(pictures.features().caption).toContain("12 changes of sign");
  });

  it("have a name for those who do not see them, and no word smaller than 11 pixels", () => {
    for (const make of Object.values(pictures)) {
      const { svg, caption } = make();
      expect(svg).toContain('role="img" aria-label="');
      expect(caption.length).toBeGreaterThan(40);
      for (const [, size] of svg.matchAll(/font-size="(\d+)"/g))
        expect(Number(size)).toBeGreaterThanOrEqual(11);
    }
  });
});
