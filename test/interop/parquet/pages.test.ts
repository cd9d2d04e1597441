/** Pages that ask for more than they hold are refused before they are decoded. */

import { describe, expect, it } from "vitest";
import { checkPages } from "../../../src/interop/parquet/pages.ts";
import type { Chunk } from "../../../src/interop/parquet/footer.ts";

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
/** Fields from 1 on, each a number of 32 bits or a struct; null where one is left out. */
function struct(...fields: (number | number[] | null)[]): number[] {
  let delta = 0;
  const bytes = fields.flatMap((field) => {
    delta++;
    if (field === null) return [];
    const head = 16 * delta;
    delta = 0;
    return typeof field === "number"
      ? [head + 5, ...varint(field < 0 ? -2 * field - 1 : 2 * field)]
      : [head + 12, ...field];
  });
  return [...bytes, 0];
}

const [plain, dictionary] = [0, 8];
const page = (body: number[], count: number, encoding: number, size = body.length): number[] => [
  ...struct(0, size, body.length, null, struct(count, encoding, 3, 3)),
  ...body,
];
const number = { path: ["y"], type: "INT32", definition: 0, repetition: 0, plain: true };
const listed = { ...number, definition: 1, repetition: 1 };

/** @throws Error as the check does */
function check(
  bytes: number[],
  values: number,
  { codec = "UNCOMPRESSED", leaf = number as Chunk["leaf"], encrypted = false } = {},
) {
  checkPages(Uint8Array.from(bytes), { leaf, codec, encrypted, from: 0, to: bytes.length, values });
}

/** A run of one value, two bytes wide at most. */
const run = (count: number): number[] => [...varint(2 * count), 1];
const levels = (...runs: number[]): number[] => [runs.length, 0, 0, 0, ...runs];

describe("pages", () => {
  it("that hold what they declare pass", () => {
    check(page([1, 0, 0, 0], 1, plain), 1);
    check(page([1, ...run(5)], 5, dictionary), 5);
    check([...page([1, ...run(5)], 5, dictionary), ...page([1, ...run(2)], 2, dictionary)], 7);
    check(page([1, 3, 255], 5, dictionary), 5); // eight bits in a byte, three of them filled up
    check(page([...levels(...run(5)), ...levels(...run(5)), 1, ...run(5)], 5, dictionary), 5, {
      leaf: listed,
    });
  });

  it.each<[string, () => void, RegExp]>([
    ["a run of a thousand million", () => check(page([1, ...run(1e9)], 5, dictionary), 5), /a run longer/],
    ["bits of nothing, without end", () => check(page([0, ...varint(2 ** 30 + 1)], 5, dictionary), 5), /a run longer/],
    ["more values than the column", () => check(page([1, ...run(6)], 6, dictionary), 5), /6 values/],
    ["fewer than none", () => check(page([1, ...run(5)], -5, dictionary), 5), /-5 values/],
    ["fewer values than the column", () => check(page([1, ...run(4)], 4, dictionary), 5), /bytes are missing/],
    ["levels that end early", () => check(page([...levels(...run(4)), ...levels(...run(5))], 5, plain), 5, { leaf: listed }), /levels are missing/],
    ["levels outside their page", () => check(page([255, 255, 0, 0, 1], 5, plain), 5, { leaf: listed }), /outside their page/],
    ["bytes behind the last page of a list", () => check([...page([...levels(...run(5)), ...levels(...run(5))], 5, plain), 1, 2, 3], 5, { leaf: listed }), /behind the last page/],
    ["a page that unpacks a thousandfold", () => check(page([1, 2, 3], 5, plain, 3000), 5, { codec: "SNAPPY" }), /a page of 3000 bytes/],
    ["another codec", () => check(page([1], 1, plain), 1, { codec: "ZSTD" }), /columns packed by ZSTD/],
    ["an encoding of differences", () => check(page([1], 1, 5), 1), /encoding 5/],
    ["a column of another kind", () => check(page([1], 1, plain), 1, { leaf: { ...number, plain: false } }), /neither numbers nor text/],
    ["an encrypted column", () => check(page([1], 1, plain), 1, { encrypted: true }), /an encrypted column/],
    ["lists of lists", () => check(page([1], 1, plain), 1, { leaf: { ...listed, repetition: 2 } }), /lists of lists/],
  ])("refuses %s", (_, checked, complaint) => expect(checked).toThrow(complaint)); // prettier-ignore
});
