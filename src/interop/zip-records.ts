/**
 * The records of a zip archive (PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.5): what stands before a member, what
 * the directory says of it, and the end. Numbers beyond 32 bits go to zip64 fields, and only they. The bytes depend on
 * the members only: times are those of the format's epoch, 1 January 1980.
 */

import { joined } from "../base/bytes.ts";
import { reject } from "../base/errors.ts";

export const [endSignature, directorySignature, localSignature] = [0x06054b50, 0x02014b50, 0x04034b50];
export const [end64Signature, locator64Signature] = [0x06064b50, 0x07064b50];
export const [endSize, directorySize, localSize, end64Size, locator64Size] = [22, 46, 30, 56, 20];
/** In a field of 32 bits: the number is in a zip64 field, made for archives above 4 GiB, used by some for all. */
export const elsewhere = 0xffffffff;
export const [stored, deflated] = [0, 8];

/** A member as the records describe it. */
export interface Member {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  /** Bytes in the archive, and after unpacking. */
  readonly packedSize: number;
  readonly size: number;
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const plainVersion = 20;
const zip64Version = 45;
const namesInUtf8 = 0x800;
const firstDay = 0x21;

const isLarge = (x: number): boolean => x >= elsewhere;
/** Neither folders nor drives nor control characters: others may extract what is written. */
const plainName = (name: string): boolean => /^[^\p{Cc}\ufffd/\\:]{1,200}$/u.test(name);

/** What stands before a member's bytes. @throws InputError for a name that is none, or looks like a path */
export function localHeader(member: Member): Uint8Array {
  const large = isLarge(member.size) || isLarge(member.packedSize);
  const extra = large ? zip64Extra([member.size, member.packedSize]) : new Uint8Array(0);
  const [size, packedSize] = large ? [elsewhere, elsewhere] : [member.size, member.packedSize];
  const { fields, name } = shared({ ...member, size, packedSize }, extra);
  return joined([word(localSignature), fields, name, extra]);
}

/** What the directory says of a member whose local header is at byte `at`. */
export function directoryRecord(member: Member, at: number): Uint8Array {
  const numbers = { size: member.size, packedSize: member.packedSize, at };
  const large = Object.values(numbers).filter(isLarge);
  const extra = large.length === 0 ? new Uint8Array(0) : zip64Extra(large);
  const { fields, name } = shared({ ...member, ...clipped(numbers) }, extra);
  const madeBy = large.length === 0 ? plainVersion : zip64Version;
  const rest = [new Uint8Array(10), word(clipped(numbers).at), name, extra];
  return joined([word(directorySignature), Uint8Array.of(madeBy, 0), fields, ...rest]);
}

/** What ends an archive of so many members, whose directory takes the bytes from `at` to `end`. */
export function endRecords(count: number, at: number, end: number): Uint8Array {
  const last = new Uint8Array(endSize);
  const view = viewOf(last);
  view.setUint32(0, endSignature, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, Math.min(end - at, elsewhere), true);
  view.setUint32(16, Math.min(at, elsewhere), true);
  if (!isLarge(at) && !isLarge(end - at)) return last;
  const summary = new Uint8Array(end64Size + locator64Size);
  const more = viewOf(summary);
  const longs = { 4: end64Size - 12, 24: count, 32: count, 40: end - at, 48: at };
  more.setUint32(0, end64Signature, true);
  more.setUint16(12, zip64Version, true);
  more.setUint16(14, zip64Version, true);
  for (const [place, value] of Object.entries(longs)) more.setBigUint64(Number(place), BigInt(value), true);
  more.setUint32(end64Size, locator64Signature, true);
  more.setBigUint64(end64Size + 8, BigInt(end), true);
  more.setUint32(end64Size + 16, 1, true);
  return joined([summary, last]);
}

const clipped = <N extends Readonly<Record<string, number>>>(numbers: N): N =>
  Object.fromEntries(Object.entries(numbers).map(([key, x]) => [key, Math.min(x, elsewhere)])) as N;

/** What both records of a member have: version needed, flags, method, time, date, checksum, sizes, lengths. */
function shared(member: Member, extra: Uint8Array): { fields: Uint8Array; name: Uint8Array } {
  const { method, crc, packedSize, size } = member;
  if (!plainName(member.name)) reject({ where: "zip", what: `"${member.name}" is no plain name` });
  const name = new TextEncoder().encode(member.name);
  const fields = new Uint8Array(26);
  const view = viewOf(fields);
  const version = extra.length === 0 ? plainVersion : zip64Version;
  [version, namesInUtf8, method, 0, firstDay].forEach((x, i) => view.setUint16(2 * i, x, true));
  [crc, packedSize, size].forEach((x, i) => view.setUint32(10 + 4 * i, x, true));
  view.setUint16(22, name.length, true);
  view.setUint16(24, extra.length, true);
  return { fields, name };
}

function zip64Extra(numbers: readonly number[]): Uint8Array {
  const extra = new Uint8Array(4 + 8 * numbers.length);
  const view = viewOf(extra);
  view.setUint16(0, 1, true);
  view.setUint16(2, 8 * numbers.length, true);
  numbers.forEach((x, i) => view.setBigUint64(4 + 8 * i, BigInt(x), true));
  return extra;
}

function word(x: number): Uint8Array {
  const out = new Uint8Array(4);
  viewOf(out).setUint32(0, x, true);
  return out;
}
