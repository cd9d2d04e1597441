/**
 * Thrift's compact protocol, in which Parquet writes its footer and page headers, read from bytes of unknown origin:
 * no list is longer than the bytes that are left, no number longer than its type, nothing is nested without end.
 */

/** Fields by number; booleans are 0 and 1. */
export type Struct = ReadonlyMap<number, Value>;
export type Value = number | Uint8Array | readonly Value[] | Struct;

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

const deepest = 16;
/** Most bytes of a number of 32 and of 64 bits, 7 bits a byte. */
const [bytes32, bytes64] = [5, 10];

/** @throws Error for bytes that are no struct; `end` is behind it */
export function readStruct(bytes: Uint8Array, at: number): { readonly value: Struct; readonly end: number } {
  const cursor = { bytes, at };
  return { value: struct(cursor, 0), end: cursor.at };
}

/** An unsigned number of 32 bits. @throws Error for a longer one, and at the end of the bytes */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  const cursor = { bytes, at };
  return { value: varint(cursor, bytes32), end: cursor.at };
}

function byteOf(cursor: Cursor): number {
  if (cursor.at >= cursor.bytes.length) throw new Error("bytes are missing");
  return cursor.bytes[cursor.at++];
}

/** In floating point: what is rounded is beyond every limit. */
function varint(cursor: Cursor, most: number): number {
  let value = 0;
  for (let i = 0; i < most; i++) {
    const byte = byteOf(cursor);
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return value;
  }
  throw new Error("a number too long");
}

function zigzag(cursor: Cursor, most: number): number {
  const value = varint(cursor, most);
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function struct(cursor: Cursor, depth: number): Struct {
  if (depth > deepest) throw new Error("nested too deeply");
  const fields = new Map<number, Value>();
  for (let id = 0; ;) {
    const byte = byteOf(cursor);
    const [delta, type] = [byte >> 4, byte & 15];
    if (type === 0) return fields;
    id = delta > 0 ? id + delta : zigzag(cursor, bytes32);
    fields.set(id, type <= 2 ? 2 - type : element(cursor, type, depth));
  }
}

function element(cursor: Cursor, type: number, depth: number): Value {
  switch (type) {
    case 1:
    case 2:
    case 3:
      return byteOf(cursor);
    case 4:
    case 5:
      return zigzag(cursor, bytes32);
    case 6:
      return zigzag(cursor, bytes64);
    case 7:
      return skipped(cursor, 8).length;
    case 8:
      return skipped(cursor, varint(cursor, bytes32));
    case 9:
      return list(cursor, depth + 1);
    case 12:
      return struct(cursor, depth + 1);
    default:
      throw new Error(`type ${type}`);
  }
}

function skipped(cursor: Cursor, length: number): Uint8Array {
  if (length > cursor.bytes.length - cursor.at) throw new Error("bytes are missing");
  return cursor.bytes.subarray(cursor.at, (cursor.at += length));
}

function list(cursor: Cursor, depth: number): readonly Value[] {
  if (depth > deepest) throw new Error("nested too deeply");
  const byte = byteOf(cursor);
  const size = byte >> 4 === 15 ? varint(cursor, bytes32) : byte >> 4;
  if (size > cursor.bytes.length - cursor.at) throw new Error("a list longer than its bytes");
  return Array.from({ length: size }, () => element(cursor, byte & 15, depth));
}
