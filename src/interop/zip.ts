/**
 * The part of the zip format that npz files use, read: stored and deflated members, named by the central directory,
 * checked by CRC-32. Made for files of unknown origin: every size is bounded before memory is asked for it, and
 * unpacking stops at the declared size. Names are keys only: nothing is ever extracted to a path, so they may look
 * like one.
 *
 * Not supported, and said so: encryption, archives in several parts.
 */

import { reject } from "../base/errors.ts";
import { crc32 } from "./crc.ts";
import {
  deflated,
  directorySignature,
  directorySize,
  elsewhere,
  end64Signature,
  end64Size,
  endSignature,
  endSize,
  localSignature,
  localSize,
  locator64Signature,
  locator64Size,
  stored,
  viewOf,
} from "./zip-records.ts";

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
export async function feed(writable: WritableStream<BufferSource>, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter();
  try {
    for (let at = 0; at < bytes.length; at += 65536)
      await writer.write(bytes.subarray(at, at + 65536) as Uint8Array<ArrayBuffer>);
    await writer.close();
  } catch {
    // the reader reports it
  }
}
