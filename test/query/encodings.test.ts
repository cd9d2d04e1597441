/** Parameters have one form in documents: what is written otherwise is another document, and refused. */

import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { familyById } from "../../src/family/registry.ts";
import { certifyLabels } from "../../src/query/own-class/class-of-your-own.ts";

const turn = { degree: 6, generators: [[1, 2, 0, 4, 5, 3]] };
const edges = { n: 3, d: 6, k: 4 };

/** Two ways to say the same; the first is that of documents. */
const aliases: [family: string, written: object, otherwise: object][] = [
  ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }, { group: "cyclic:08" }],
  ["cnn-hidden-plane", { group: "cyclic:4xcyclic:3", k: 4 }, { group: "cyclic:04xcyclic:3" }],
  ["frame-parity", { group: "cyclic:8", k: 2 }, { group: "cyclic:008" }],
  [
    "frame-parity",
    { group: "file:a", files: { a: turn }, k: 2 },
    { group: 'file:"a"', files: { a: turn } },
  ],
  ["frame-parity", { group: "cyclic:8", k: 2 }, { files: { junk: turn } }],
  ["frame-parity", { group: "cyclic:8", k: 2 }, { files: {} }],
  ["frame-parity", { group: "file:a", files: { a: turn }, k: 2 }, { files: { a: turn, b: turn } }],
  ["cnn-hidden-plane", { group: "file:a", files: { a: turn }, k: 4 }, { files: { a: turn, b: turn } }],
  ["gnn-hidden-plane", { d: 6, k: 4, graph: "er:1" }, { graph: "er:0x1" }],
  ["gnn-hidden-plane", { d: 6, k: 4, graph: "er:0.5" }, { graph: "er:.5" }],
  ["gnn-hidden-plane", { d: 6, k: 4, graph: "er:0.5" }, { graph: "er:+5e-1" }],
  ["gnn-hidden-plane", { d: 6, k: 4, graph: "er:0.5" }, { graph: "er: 0.50 " }],
  ["gnn-hidden-plane", { ...edges, graph: { edges: [[0, 1], [1, 2]] } }, { graph: { edges: [[1, 2], [0, 1]] } }],
  ["gnn-hidden-plane", { ...edges, graph: { edges: [[0, 1]] } }, { graph: { edges: [[1, 0]] } }],
  ["invariant-polynomial", { invariants: "rotations:3", variables: 8, terms: 2 }, { invariants: "rotations:03" }],
]; // prettier-ignore

/** Names that are no names at all. */
const nonsense: [family: string, written: object, otherwise: object][] = [
  ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }, { group: "Cyclic:8" }],
  ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }, { group: "cyclic:+8" }],
  ["cnn-hidden-plane", { group: "cyclic:8", k: 4 }, { group: "cyclic:8 " }],
  ["frame-parity", { group: "cyclic:8", k: 2 }, { group: "cyclic:0x8" }],
  ["frame-parity", { group: "cyclic:8", k: 2 }, { frame: "Reynolds" }],
  ["gnn-hidden-plane", { d: 6, k: 4, graph: "cycle" }, { graph: "Cycle" }],
  ["gnn-hidden-plane", { d: 6, k: 4, graph: "er:0.5" }, { graph: "ER:0.5" }],
  ["invariant-polynomial", { invariants: "hermite", variables: 8 }, { invariants: "hermite:" }],
  ["gnn-degree-parity", { n: 6 }, { edges: "Undirected" }],
  ["gnn-degree-parity", { n: 6 }, { bit: 0 }],
];

describe("aliases", () => {
  it.each(aliases)("%s: %j, not %j", async (id, written, otherwise) => {
    const { parse } = familyById(id);
    const canonical = parse(written).json;
    // the command line may be given either, and writes the first
    expect(parse({ ...written, ...otherwise }).json).toEqual(canonical);
    expect(parse(canonical).json).toEqual(canonical);
    const honest = await certify(id, { ...written, ...otherwise });
    expect(honest).toEqual(await certify(id, written));
    expect((await verify(honest)).valid).toBe(true);
    const refused = await verify(forge(honest, {}, otherwise));
    expect([refused.valid, refused.route]).toEqual([false, "form of the document"]);
  });

  it.each(nonsense)("%s: %j, not %j", async (id, written, otherwise) => {
    const honest = await certify(id, written);
    const refused = await verify(forge(honest, {}, otherwise));
    expect([refused.valid, refused.route]).toEqual([false, "form of the document"]);
    if (!("bit" in otherwise))
      expect(() => familyById(id).parse({ ...written, ...otherwise })).toThrow(InputError);
  });

  it("of numbers of a class of one's own: an exponent where none is needed", async () => {
    const labels = { functions: 2, samples: 4, values: Int8Array.of(1, -1, 1, 1, 1, 1, -1, 1) };
    const honest = await certifyLabels(labels);
    expect((await verify(honest, { labels })).valid).toBe(true);
    const { lambda, lambdaEstimate, meanSquare } = honest.evidence as Record<string, number>;
    const half = { lambda: lambda / 4, lambdaEstimate: lambdaEstimate / 4, meanSquare: meanSquare / 4 };
    for (const evidence of [{ exponent: 0 }, { exponent: 1, ...half }]) {
      const same = forge(honest, evidence);
      expect(same.dimension).toEqual(honest.dimension);
      const { checks } = await verify(same, { labels });
      expect(checks.filter((c) => !c.ok).map((c) => c.name)).toEqual(["exponent"]);
    }
  });
});
