/**
 * The pages of a column, walked before they are decoded: a decoder that trusts the counts in them can be told to
 * repeat one value two thousand million times by five bytes.
 */

import { snappyUncompress } from "hyparquet";
import { readStruct, readVarint, type Struct } from "./compact.ts";
import type { Chunk } from "./footer.ts";

/** Most bytes of one unpacked page; Snappy copies at most 64 bytes by three. */
const [largestPage, mostExpansion] = [2 ** 27, 22];

/** Numbers that the last run of a page may have beyond what is used. */
const mostFilled = 511;

/** Page types and encodings by Parquet's numbers. */
const [dataPage, dictionaryPage, dataPage2] = [0, 2, 3];
const [plain, plainDictionary, runLengths, dictionary] = [0, 2, 3, 8];

/** What is in order, but not read here: its writer can write it otherwise. */
export class Unread extends Error {}

/** @throws Error for a page whose bytes cannot hold what it declares */
export function unpackSnappy(packed: Uint8Array, size: number): Uint8Array {
  if (!(size >= 0 && size <= largestPage && size <= mostExpansion * packed.length))
    throw new Error(`a page of ${size} bytes`);
  const out = new Uint8Array(size);
  snappyUncompress(packed, out);
  return out;
}

const numberIn = (fields: Struct, id: number): number => {
  const value = fields.get(id);
  if (typeof value !== "number") throw new Error(`field ${id} is missing`);
  return value;
};

function structIn(fields: Struct, id: number): Struct {
  const value = fields.get(id);
  if (!(value instanceof Map)) throw new Error(`field ${id} is missing`);
  return value;
}

/** A count from a page header. @throws Error for one beyond `most` */
function countIn(fields: Struct, id: number, most: number): number {
  const count = numberIn(fields, id);
  if (!(count >= 0 && count <= most)) throw new Error(`${count} values`);
  return count;
}

/** Levels from 0 to `most`, one a value. */
function checkLevels(
  bytes: Uint8Array,
  [from, to]: readonly [number, number],
  most: number,
  count: number,
): void {
  if (checkRuns(bytes, [from, to], 32 - Math.clz32(most), count) < count)
    throw new Error("levels are missing");
}

/** @throws Error for pages that do not hold the chunk's values, or not in bounded time */
export function checkPages(file: Uint8Array, chunk: Chunk): void {
  if (chunk.encrypted) throw new Unread("an encrypted column");
  if (!chunk.leaf.plain) throw new Unread("a column that is neither numbers nor text");
  if (chunk.leaf.repetition > 1) throw new Unread("lists of lists");
  const bytes = file.subarray(chunk.from, chunk.to);
  let [at, left, dictionaryLeft] = [0, chunk.values, chunk.values + bytes.length];
  while (left > 0) {
    const { value: header, end } = readStruct(bytes, at);
    const size = countIn(header, 3, bytes.length - end);
    const packed = bytes.subarray(end, end + size);
    const type = numberIn(header, 1);
    if (type === dataPage) left -= checkDataPage(packed, header, chunk, left);
    else if (type === dataPage2) left -= checkDataPage2(packed, header, chunk, left);
    else if (type === dictionaryPage) dictionaryLeft -= countIn(structIn(header, 7), 1, dictionaryLeft);
    else throw new Error(`a page of type ${type}`);
    at = end + size;
  }
  if (chunk.leaf.repetition > 0 && at < bytes.length - 1) throw new Error("bytes behind the last page");
}

function unpacked(packed: Uint8Array, size: number, { codec }: Chunk): Uint8Array {
  if (codec === "SNAPPY") return unpackSnappy(packed, size);
  if (codec !== "UNCOMPRESSED") throw new Unread(`columns packed by ${codec}`);
  if (size !== packed.length) throw new Error("a page of another size");
  return packed;
}

/** @returns the number of values */
function checkDataPage(packed: Uint8Array, header: Struct, chunk: Chunk, left: number): number {
  const page = structIn(header, 5);
  const count = countIn(page, 1, left);
  const bytes = unpacked(packed, numberIn(header, 2), chunk);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  for (const levels of [chunk.leaf.repetition, chunk.leaf.definition]) {
    if (levels === 0) continue;
    const end = at + 4 + view.getUint32(at, true);
    checkLevels(bytes, [at + 4, end], levels, count);
    at = end;
  }
  checkValues(bytes.subarray(at), numberIn(page, 2), count, chunk);
  return count;
}

/** The same for the second form, whose levels stand outside what is packed. */
function checkDataPage2(packed: Uint8Array, header: Struct, chunk: Chunk, left: number): number {
  const page = structIn(header, 8);
  const count = countIn(page, 1, left);
  countIn(page, 2, count);
  countIn(page, 3, count);
  const [definition, repetition] = [5, 6].map((id) => countIn(page, id, packed.length));
  const values = definition + repetition;
  const { leaf } = chunk;
  if (leaf.repetition > 0) checkLevels(packed, [0, repetition], leaf.repetition, count);
  if (leaf.definition > 0) checkLevels(packed, [repetition, values], leaf.definition, count);
  const isPacked = page.get(7) !== 0;
  const size = numberIn(header, 2) - values;
  const bytes = isPacked ? unpacked(packed.subarray(values), size, chunk) : packed.subarray(values);
  checkValues(bytes, numberIn(page, 4), count, chunk);
  return count;
}

function checkValues(bytes: Uint8Array, encoding: number, count: number, { leaf }: Chunk): void {
  if (encoding === plain) return; // reads as many bytes as it makes values of
  if (encoding === runLengths && leaf.type === "BOOLEAN") checkRuns(bytes, [4, bytes.length], 1, count);
  else if (encoding === dictionary || encoding === plainDictionary)
    checkRuns(bytes, [1, bytes.length], bytes[0] ?? 0, count);
  else throw new Unread(`a page of encoding ${encoding}`);
}

/**
 * Runs of numbers of `bits` bits: none is longer than what is left of `count` numbers, but for the last, which may be
 * filled up.
 * @returns how many numbers they are, from `count` on no more are looked at
 */
function checkRuns(
  bytes: Uint8Array,
  [from, to]: readonly [number, number],
  bits: number,
  count: number,
): number {
  if (to > bytes.length || bits > 32) throw new Error("runs outside their page");
  let seen = 0;
  for (let at = from; seen < count && at < to;) {
    const { value: run, end } = readVarint(bytes, at);
    const isPacked = run % 2 === 1;
    const length = isPacked ? 4 * (run - 1) : run / 2;
    if (length > count - seen + (isPacked ? mostFilled : 0)) throw new Error("a run longer than its page");
    at = end + (isPacked ? (length / 8) * bits : Math.ceil(bits / 8));
    seen += length;
  }
  return seen;
}
