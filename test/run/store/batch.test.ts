/** Batches: published first-one-wins, damaged in part only, and nothing lost without a word. */

import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { numerics } from "../../../src/base/version.ts";
import type { StoredRecord } from "../../../src/run/record.ts";
import { printBatch, readBatch } from "../../../src/run/store/batch.ts";
import { openStore, readContents, setAside, type Store } from "../../../src/run/store/files.ts";
import { watchResults } from "../../../src/run/store/finished.ts";
import { trainedRecord } from "../../study/records.ts";

let dir = "";
let store: Store;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "equihard-batch-"));
  store = openStore(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

const records = Array.from({ length: 8 }, (_, seed) =>
  trainedRecord(
    { kind: "train", family: "gnn-degree-parity", params: { n: 6 }, seed, easy: false, options: {} },
    { loss: seed },
  ),
);
const ids = (of: readonly StoredRecord[]): string[] => of.map(({ id }) => id).sort();
const piece = records[0].id;
const file = (name = `${piece}.jsonl`): string => join(dir, "results", name);

describe("a batch", () => {
  it("holds its records as they were, and says by its head which", () => {
    store.publishBatch(piece, records);
    expect(readdirSync(join(dir, "results"))).toEqual([`${piece}.jsonl`]);
    expect(new Set(store.records())).toEqual(new Set(records));
    expect([...watchResults(dir)().keys()].sort()).toEqual(ids(records));
    expect([...store.held([piece, "another"])]).toEqual([piece]);
  });

  it("of a piece that was interrupted has parts; what is there stays, byte for byte", () => {
    store.publishBatch(piece, records.slice(0, 3));
    const before = readFileSync(file());
    store.publishBatch(piece, records);
    expect(readFileSync(file())).toEqual(before);
    expect(ids(readBatch(file(`${piece}.2.jsonl`)).records)).toEqual(ids(records.slice(3)));
    store.publishBatch(piece, records.slice(2, 5));
    expect(readdirSync(join(dir, "results"))).toHaveLength(2);
    expect(ids(store.records())).toEqual(ids(records));
  });

  it("whose end is missing loses that alone: it is set aside, and the rest is published anew", () => {
    store.publishBatch(piece, records);
    const text = readFileSync(file(), "utf8");
    writeFileSync(file(), text.slice(0, text.lastIndexOf("\n", text.length - 2) - 40));
    expect(readContents(dir).damaged).toEqual([
      { name: `${piece}.jsonl`, problem: "line 8 is damaged, 2 of its 8 records lost" },
    ]);
    expect(setAside(dir, `${piece}.jsonl`)).toBe(join(dir, "damaged"));
    expect(readContents(dir).damaged).toEqual([]);
    expect(ids(store.records())).toEqual(ids(records.slice(0, 6)));
    expect(readdirSync(join(dir, "damaged"))).toEqual([`${piece}.jsonl`]);
    store.publishBatch(piece, records);
    expect(ids(store.records())).toEqual(ids(records));
  });

  it("of another numerics version is intact, counts as not done and is kept apart whole", () => {
    const of = (record: StoredRecord): StoredRecord => ({
      ...record,
      measurement: { numerics: numerics + 1 },
    });
    writeFileSync(file(), printBatch(records.map(of)));
    const { foreign, foreignFiles, damaged } = readContents(dir);
    expect([foreign.length, foreignFiles, damaged]).toEqual([8, [`${piece}.jsonl`], []]);
    setAside(dir, foreignFiles[0]);
    expect(readdirSync(join(dir, `numerics-${numerics + 1}`))).toEqual(foreignFiles);
    expect(readdirSync(join(dir, "results"))).toEqual([]);
  });

  it("may stand beside single records of the same work: each counts once", () => {
    store.publishBatch(piece, records);
    store.publish(records[3]);
    expect(ids(store.records())).toEqual(ids(records));
  });
});

it("however bytes are changed, cut off or put in, every record is there or its loss is told", () => {
  const whole = Buffer.from(printBatch(records));
  const change = fc.record({
    at: fc.nat(whole.length - 1),
    byte: fc.nat(255),
    cut: fc.boolean(),
    put: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      let bytes = whole;
      for (const { at, byte, cut, put } of changes) {
        const rest = bytes.subarray(put ? at : at + 1);
        bytes = cut
          ? bytes.subarray(0, at)
          : Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), rest]);
      }
      writeFileSync(file(), bytes);
      const { records: found, problem } = readBatch(file());
      for (const record of found) expect(records).toContainEqual(record);
      if (problem === undefined) expect(found).toHaveLength(records.length);
    }),
    { numRuns: 100 },
  );
});

it("looks again: what has been published since, and what is there no more", () => {
  const look = watchResults(dir);
  expect(look().size).toBe(0);
  store.publishBatch(piece, records);
  expect(look().size).toBe(8);
  renameSync(file(), join(dir, "elsewhere"));
  expect(look().size).toBe(0);
});
