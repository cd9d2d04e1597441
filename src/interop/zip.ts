/**
 * The part of the zip format that npz files use: stored and deflated members, named by the central directory, checked
 * by CRC-32. Written for files of unknown origin: every size is bounded before memory is asked for it, and unpacking
 * stops at the declared size. Names are keys only: nothing is ever extracted to a path, so they may look like one when
 * read, but not when written, as others may extract them.
 *
 * Not supported, and said so: encryption, archives in several parts.
 */

import { reject } from "../base/errors.ts";

export interface ZipMember {
  readonly name: string;
  /** Bytes after unpacking, as the directory declares them. */
  readonly size: number;
}

export interface ZipArchive {
  readonly members: readonly ZipMember[];
  /** Unpacks one member. @throws InputError if its bytes are not what the directory declares */
  read(name: string): Promise<Uint8Array>;
}

interface Entry extends ZipMember {
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly headerAt: number;
}

const [endSignature, directorySignature, localSignature] = [0x06054b50, 0x02014b50, 0x04034b50];
const [end64Signature, locator64Signature] = [0x06064b50, 0x07064b50];
const [endSize, directorySize, localSize, end64Size, locator64Size] = [22, 46, 30, 56, 20];
/** In a field of 32 bits: the number is in a zip64 field, made for archives above 4 GiB, used by some for all. */
const elsewhere = 0xffffffff;
const [stored, deflated] = [0, 8];
const mostMembers = 1000;

/**
 * @param bytes the whole archive
 * @param where its name, for complaints
 * @param limit most bytes a member may have when unpacked
 * @throws InputError for anything that is not a plain zip archive within the limits
 */
export function openZip(bytes: Uint8Array, where: string, limit: number): ZipArchive {
  const entries = directory(bytes, where);
  return {
    members: entries.map(({ name, size }) => ({ name, size })),
    read: async (name) => {
      const entry = entries.find((e) => e.name === name);
      if (entry === undefined) return reject({ where, what: `no member "${name}"` });
      const at = `${where}: ${name}`;
      if (entry.size > limit)
        reject({ where: at, what: `${entry.size} bytes unpacked`, allowed: `at most ${limit}` });
      const packed = packedBytes(bytes, entry, at);
      const data = entry.method === stored ? packed : await inflate(packed, entry.size, at);
      if (data.length !== entry.size)
        reject({ where: at, what: `${data.length} bytes where ${entry.size} are declared` });
      if (crc32(data) !== entry.crc) reject({ where: at, what: "damaged: its checksum does not fit" });
      return data;
    },
  };
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** 64 bits as a number: what is rounded is beyond every limit here. */
const uint64 = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

function directory(bytes: Uint8Array, where: string): Entry[] {
  const view = viewOf(bytes);
  const bad = (what: string): never =>
    reject({ where, what, allowed: "a zip archive as numpy.savez writes it" });
  let end = bytes.length - endSize;
  // the record at the end carries a comment of at most 65,535 bytes
  const first = Math.max(0, end - 0xffff);
  while (end >= first && view.getUint32(end, true) !== endSignature) end--;
  if (end < first) bad("no zip archive");
  const { parts, count, length, at } = summary64(view, end) ?? summary(view, end);
  if (parts) bad("an archive in several parts");
  if (count > mostMembers) bad(`${count} members are too many (at most ${mostMembers})`);
  if (at + length > end) bad("its directory lies outside the file");

  const entries: Entry[] = [];
  let cursor = at;
  for (let i = 0; i < count; i++) {
    if (cursor + directorySize > end || view.getUint32(cursor, true) !== directorySignature)
      bad("its directory is damaged");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((o) =>
      view.getUint16(cursor + o, true),
    );
    const nameAt = cursor + directorySize;
    if (nameAt + nameLength > end) bad("its directory is damaged");
    const entry = {
      name: new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameLength)),
      method: view.getUint16(cursor + 10, true),
      crc: view.getUint32(cursor + 16, true),
      packedSize: view.getUint32(cursor + 20, true),
      size: view.getUint32(cursor + 24, true),
      headerAt: view.getUint32(cursor + 42, true),
    };
    const extraAt = nameAt + nameLength;
    if (extraAt + extraLength > end) bad("its directory is damaged");
    if (!withZip64(entry, new DataView(view.buffer, view.byteOffset + extraAt, extraLength)))
      bad("a member's zip64 sizes are missing");
    if ((view.getUint16(cursor + 8, true) & 1) !== 0) bad("an encrypted member");
    if (entry.method !== stored && entry.method !== deflated)
      bad(`compression method ${entry.method} (only store and deflate are read)`);
    if (!printable(entry.name)) bad("a member's name is no text, or longer than 200 characters");
    if (entries.some((e) => e.name === entry.name)) bad(`two members are named "${entry.name}"`);
    entries.push(entry);
    cursor = nameAt + nameLength + extraLength + commentLength;
  }
  return entries;
}

interface Summary {
  /** Whether the archive is one of several parts. */
  readonly parts: boolean;
  /** Of members. */
  readonly count: number;
  /** Of the directory, in bytes, and where it begins. */
  readonly length: number;
  readonly at: number;
}

const summary = (view: DataView, end: number): Summary => ({
  parts:
    view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== view.getUint16(end + 10, true),
  count: view.getUint16(end + 10, true),
  length: view.getUint32(end + 12, true),
  at: view.getUint32(end + 16, true),
});

/** The zip64 record, if a locator before the record at `end` points to one. */
function summary64(view: DataView, end: number): Summary | undefined {
  const locator = end - locator64Size;
  if (locator < 0 || view.getUint32(locator, true) !== locator64Signature) return undefined;
  const from = uint64(view, locator + 8);
  if (from + end64Size > locator || view.getUint32(from, true) !== end64Signature) return undefined;
  const count = uint64(view, from + 32);
  const disks = view.getUint32(from + 16, true) + view.getUint32(from + 20, true);
  return {
    parts: disks !== 0 || uint64(view, from + 24) !== count,
    count,
    length: uint64(view, from + 40),
    at: uint64(view, from + 48),
  };
}

/**
 * Puts the sizes and the place that a zip64 extra field holds into the entry, each only where the entry's own field
 * says `elsewhere`; false if one is missing.
 */
function withZip64(entry: { -readonly [K in keyof Entry]: Entry[K] }, extra: DataView): boolean {
  const missing = (["size", "packedSize", "headerAt"] as const).filter((key) => entry[key] === elsewhere);
  for (let at = 0; missing.length > 0 && at + 4 <= extra.byteLength;) {
    const [tag, length] = [extra.getUint16(at, true), extra.getUint16(at + 2, true)];
    if (tag === 1) {
      if (length < 8 * missing.length || at + 4 + length > extra.byteLength) return false;
      missing.forEach((key, i) => (entry[key] = uint64(extra, at + 4 + 8 * i)));
      return true;
    }
    at += 4 + length;
  }
  return missing.length === 0;
}

/** No control characters, nothing that replaces undecodable bytes. */
const printable = (name: string): boolean => /^[^\p{Cc}\ufffd]{1,200}$/u.test(name);
/** Nor folders or drives. */
const plainName = (name: string): boolean => printable(name) && !/[/\\:]/.test(name);

/** The member's bytes as they lie in the file; the local header only says how long it is itself. */
function packedBytes(bytes: Uint8Array, entry: Entry, where: string): Uint8Array {
  const view = viewOf(bytes);
  const { headerAt, packedSize } = entry;
  if (headerAt + localSize > bytes.length || view.getUint32(headerAt, true) !== localSignature)
    reject({ where, what: "its header is damaged" });
  const from =
    headerAt + localSize + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  if (from + packedSize > bytes.length) reject({ where, what: "the file ends before it does" });
  return bytes.subarray(from, from + packedSize);
}

/** Unpacks deflated bytes into exactly `size` bytes, and never holds more. */
async function inflate(packed: Uint8Array, size: number, where: string): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const fed = feed(writable, packed);
  const reader = readable.getReader();
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > size) {
        await reader.cancel();
        return reject({ where, what: `unpacks to more than the ${size} bytes it declares` });
      }
      out.set(value, filled);
      filled += value.length;
    }
    await fed;
  } catch (error) {
    if (error instanceof Error && error.name === "InputError") throw error;
    return reject({ where, what: "damaged: it cannot be unpacked" });
  }
  return out.subarray(0, filled);
}

/** Writes in pieces; a failure shows in the reading half, so the promise is only for waiting. */
async function feed(writable: WritableStream<BufferSource>, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter();
  try {
    for (let at = 0; at < bytes.length; at += 65536)
      await writer.write(bytes.subarray(at, at + 65536) as Uint8Array<ArrayBuffer>);
    await writer.close();
  } catch {
    // the reader reports it
  }
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream("deflate-raw");
  const fed = feed(writable, bytes);
  const packed = new Uint8Array(await new Response(readable).arrayBuffer());
  await fed;
  return packed;
}

/**
 * A zip archive of the members, deflated where that makes them smaller. The bytes depend on the members only: times are
 * those of the format's epoch, 1 January 1980.
 */
export async function writeZip(members: readonly (readonly [string, Uint8Array])[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const records: Uint8Array[] = [];
  let at = 0;
  const push = (part: Uint8Array): void => {
    parts.push(part);
    at += part.length;
  };
  for (const [name, data] of members) {
    if (!plainName(name)) reject({ where: "zip", what: `"${name}" is no plain name` });
    const packed = await deflate(data);
    const smaller = packed.length < data.length;
    const body = smaller ? packed : data;
    const label = new TextEncoder().encode(name);
    // version needed, flags (names in UTF-8), method, time, date
    const fields = new Uint8Array(26);
    const view = viewOf(fields);
    [20, 0x800, smaller ? deflated : stored, 0, 0x21].forEach((x, i) => view.setUint16(2 * i, x, true));
    [crc32(data), body.length, data.length].forEach((x, i) => view.setUint32(10 + 4 * i, x, true));
    view.setUint16(22, label.length, true);
    records.push(record(directorySignature, [20, 0], fields, new Uint8Array(10), at, label));
    push(record(localSignature, [], fields, label));
    push(body);
  }
  const start = at;
  records.forEach(push);
  const end = new Uint8Array(endSize);
  const view = viewOf(end);
  view.setUint32(0, endSignature, true);
  view.setUint16(8, records.length, true);
  view.setUint16(10, records.length, true);
  view.setUint32(12, at - start, true);
  view.setUint32(16, start, true);
  push(end);
  return joined(parts);
}

/** A signature, then bytes, arrays of bytes and 32-bit numbers in a row. */
function record(signature: number, ...rest: (readonly number[] | Uint8Array | number)[]): Uint8Array {
  const word = (x: number): Uint8Array => {
    const out = new Uint8Array(4);
    viewOf(out).setUint32(0, x, true);
    return out;
  };
  return joined([
    word(signature),
    ...rest.map((x) => (typeof x === "number" ? word(x) : Uint8Array.from(x))),
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** The checksum of zip files (reflected polynomial 0xEDB88320). */
export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) c = crcTable[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
