/** The compact protocol: structs as they are written, and bytes that ask for more than they are. */

import { describe, expect, it } from "vitest";
import { readStruct, readVarint } from "../../../src/interop/parquet/compact.ts";

const read = (...bytes: number[]) => readStruct(Uint8Array.from(bytes), 0);

describe("the compact protocol", () => {
  it("reads numbers, texts, lists, truth values and structs by field", () => {
    // fields 1: i32 -3, 2: i64 300, 3: "ab", 4: [1, 2] of bytes, 5: true, 20: {1: false}
    const bytes = [0x15, 5, 0x16, 0xd8, 4, 0x18, 2, 97, 98, 0x19, 0x23, 1, 2, 0x11, 0x0c, 40, 0x12, 0, 0];
    const { value, end } = read(...bytes, 99);
    expect(end).toBe(bytes.length);
    expect(Array.from(value.keys())).toEqual([1, 2, 3, 4, 5, 20]);
    expect([value.get(1), value.get(2), value.get(4), value.get(5)]).toEqual([-3, 300, [1, 2], 1]);
    expect(value.get(3)).toEqual(Uint8Array.of(97, 98));
    expect(value.get(20)).toEqual(new Map([[1, 0]]));
    expect(readVarint(Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff, 15), 1)).toEqual({
      value: 2 ** 32 - 1,
      end: 6,
    });
  });

  it.each<[string, number[], RegExp]>([
    ["a list of thousands of millions", [0x19, 0xf5, 255, 255, 255, 255, 7, 1], /a list longer/],
    ["lists in lists without end", Array.from({ length: 100 }, () => 0x19), /nested too deeply/],
    ["structs in structs without end", Array.from({ length: 100 }, () => 0x1c), /nested too deeply/],
    ["a number without end", [0x16, ...Array.from({ length: 1000 }, () => 255)], /a number too long/],
    ["a text longer than the bytes", [0x18, 9, 97], /bytes are missing/],
    ["a struct without end", [0x15, 2], /bytes are missing/],
    ["a map", [0x1b, 0, 0], /type 11/],
    ["nothing", [], /bytes are missing/],
  ])("refuses %s", (_, bytes, complaint) => expect(() => read(...bytes)).toThrow(complaint));
});
