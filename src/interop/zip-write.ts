/** Zip archives as npz files are: written whole, or member by member into places that are known beforehand. */

import { joined } from "../base/bytes.ts";
import { feed } from "./zip.ts";
import { crc32 } from "./crc.ts";
import { deflated, directoryRecord, endRecords, localHeader, stored, type Member } from "./zip-records.ts";

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const { readable, writable } = new CompressionStream("deflate-raw");
  const fed = feed(writable, bytes);
  const packed = new Uint8Array(await new Response(readable).arrayBuffer());
  await fed;
  return packed;
}

/**
 * A zip archive of the members, deflated where that makes them smaller. Equal members give equal bytes.
 * @throws InputError for names that look like paths
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
    const packed = await deflate(data);
    const smaller = packed.length < data.length;
    const body = smaller ? packed : data;
    const method = smaller ? deflated : stored;
    const member = { name, method, crc: crc32(data), packedSize: body.length, size: data.length };
    records.push(directoryRecord(member, at));
    push(localHeader(member));
    push(body);
  }
  const start = at;
  records.forEach(push);
  push(endRecords(records.length, start, at));
  return joined(parts);
}

/** Puts bytes at a place of a file. */
export type Place = (bytes: Uint8Array, at: number) => void;

/** A zip archive in the making, none of whose members is packed: several can be written side by side. */
export interface StoredZip {
  /** Appends bytes to a member. */
  append(name: string, bytes: Uint8Array): void;
  /** Writes all that stands around the members. @throws Error where one has not got its bytes */
  finish(): void;
}

/**
 * @param sizes bytes of each member, in the order of the file
 * @throws InputError for names that look like paths
 */
export function storedZip(sizes: ReadonlyMap<string, number>, place: Place): StoredZip {
  const open = new Map<string, { headerAt: number; from: number; member: Member; filled: number }>();
  let at = 0;
  for (const [name, size] of sizes) {
    const member = { name, method: stored, crc: 0, packedSize: size, size };
    const from = at + localHeader(member).length;
    open.set(name, { headerAt: at, from, member, filled: 0 });
    at = from + size;
  }
  return {
    append(name, bytes) {
      const found = open.get(name);
      if (found === undefined || found.filled + bytes.length > found.member.size)
        throw new Error(`${bytes.length} bytes are too many for the member ${name}`);
      place(bytes, found.from + found.filled);
      found.filled += bytes.length;
      found.member = { ...found.member, crc: crc32(bytes, found.member.crc) };
    },
    finish() {
      const records: Uint8Array[] = [];
      for (const { headerAt, member, filled } of open.values()) {
        if (filled !== member.size) throw new Error(`${member.name} has ${filled} of ${member.size} bytes`);
        place(localHeader(member), headerAt);
        records.push(directoryRecord(member, headerAt));
      }
      const directory = joined(records);
      place(directory, at);
      place(endRecords(records.length, at, at + directory.length), at + directory.length);
    },
  };
}
