/**
 * The safetensors format (https://github.com/huggingface/safetensors, "Format"): the length of a header as 64 bits,
 * little-endian; the header, a JSON object from names to `{"dtype", "shape", "data_offsets": [begin, end]}`, with a
 * text-to-text map under `__metadata__`; then the entries of all tensors side by side, little-endian, the last axis
 * running fastest.
 *
 * Files are read whole or refused: no name twice, no byte of the entries shared or left over.
 */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import { fromBfloats, fromHalf } from "./narrow-floats.ts";

/** An array in C order: the last axis runs fastest. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** What a file holds: arrays by name, and texts by name. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Type {
  readonly bytes: number;
  /** Given an aligned copy of the entries. */
  read(entries: ArrayBuffer): Tensor["data"];
}

const types: ReadonlyMap<string, Type> = new Map([
  ["F64", { bytes: 8, read: (entries) => new Float64Array(entries) }],
  ["F32", { bytes: 4, read: (entries) => new Float32Array(entries) }],
  ["F16", { bytes: 2, read: (entries) => Float32Array.from(new Uint16Array(entries), fromHalf) }],
  ["BF16", { bytes: 2, read: (entries) => fromBfloats(new Uint16Array(entries)) }],
] satisfies [string, Type][]);

const metadataName = "__metadata__";
/** Bytes: thousands of tensors; the format itself allows 100 million. */
const longestHeader = 2 ** 20;
const mostAxes = 32;

/** A tensor as the header describes it. */
interface Entry {
  readonly name: string;
  readonly type: Type;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads floats of 64, 32 and 16 bits; those of 16 become float32, exactly.
 * @param bytes a whole file
 * @param where its name, for complaints
 * @throws InputError for anything that the format or this reader does not allow
 */
export function readSafetensors(bytes: Uint8Array, where: string): Safetensors {
  const bad: Bad = (what, allowed = "a file as the safetensors library writes it") =>
    reject({ where, what, allowed });
  if (bytes.length < 8) return bad(`${bytes.length} bytes are no safetensors file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(longestHeader))
    return bad(`it begins with a header's length of ${length} bytes`, `at most ${longestHeader}`);
  const start = 8 + Number(length);
  if (start > bytes.length) return bad(`its header of ${length} bytes is cut off`);
  const { entries, metadata } = parseHeader(bytes.subarray(8, start), bad);
  requireCover(entries, bytes.length - start, bad);
  const tensors = entries.map(({ name, type, shape, begin, end }): [string, Tensor] => {
    const copy = new Uint8Array(bytes.subarray(start + begin, start + end));
    return [name, { shape, data: type.read(copy.buffer) }];
  });
  return { tensors: new Map(tensors), metadata };
}

type Bad = (what: string, allowed?: string) => never;

/** The tensors in the order of their bytes, and the map of texts. */
function parseHeader(bytes: Uint8Array, bad: Bad): { entries: Entry[]; metadata: Safetensors["metadata"] } {
  const { text, value } = jsonIn(bytes, bad);
  if (!isObject(value)) return bad("its header is no JSON object");
  const { [metadataName]: texts = {}, ...rest } = value;
  if (!isObject(texts) || !Object.values(texts).every((x) => typeof x === "string"))
    return bad("its __metadata__ is no map of texts");
  const entries = Object.entries(rest).map(([name, info]) => entryOf(name, info, bad));
  const names = Object.keys(value).length + Object.keys(texts).length + 3 * entries.length;
  if (countNames(text) !== names) return bad("a name stands twice in its header");
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  return { entries, metadata: texts as Record<string, string> };
}

function jsonIn(bytes: Uint8Array, bad: Bad): { text: string; value: unknown } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.startsWith("{")) return { text, value: JSON.parse(text) };
  } catch {
    // said below
  }
  return bad("its header is no JSON object");
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** How many names of members there are in a JSON text: strings before a colon. */
function countNames(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)/g)) if (colon === ":") count++;
  return count;
}

function entryOf(name: string, info: unknown, bad: Bad): Entry {
  const of = `tensor ${JSON.stringify(name.slice(0, 40))}`;
  if (!isObject(info) || Object.keys(info).sort().join() !== "data_offsets,dtype,shape")
    return bad(`${of} is not described`, "dtype, shape and data_offsets");
  const { dtype, shape, data_offsets: offsets } = info;
  const type = typeof dtype === "string" ? types.get(dtype) : undefined;
  if (type === undefined)
    return bad(
      `${of} has entries of type ${JSON.stringify(dtype).slice(0, 20)}`,
      [...types.keys()].join(", "),
    );
  if (!isSizes(shape) || shape.length > mostAxes)
    return bad(`${of} has no shape`, `at most ${mostAxes} whole numbers`);
  if (!isSizes(offsets) || offsets.length !== 2)
    return bad(`${of} has no place`, "data_offsets of two whole numbers");
  const [begin, end] = offsets;
  const size = type.bytes * product(shape);
  if (end - begin !== size)
    return bad(`${of} has ${end - begin} bytes where the shape (${shape.join(", ")}) has ${size}`);
  return { name, type, shape, begin, end };
}

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((x) => Number.isSafeInteger(x) && x >= 0);

/** Rejects entries, in order, that overlap, leave bytes out or reach beyond the `size` that there are. */
function requireCover(entries: readonly Entry[], size: number, bad: Bad): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== at)
      bad(`tensor ${JSON.stringify(name.slice(0, 40))} begins at byte ${begin} of the entries, not at ${at}`);
    at = end;
  }
  if (at !== size) bad(`${size} bytes of entries where its tensors have ${at}`);
}

/**
 * The tensors as a safetensors file: wider entries first, then by name, the first aligned to 8 bytes, as the library
 * writes them. Equal tensors and texts give equal bytes.
 * @throws InputError where entries do not fill a shape, for the name `__metadata__`, and for a header over its limit
 */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const width = (name: string): number => tensors.get(name)?.data.BYTES_PER_ELEMENT ?? 0;
  const names = [...tensors.keys()].sort((a, b) => width(b) - width(a) || (a < b ? -1 : 1));
  const header: [string, unknown][] = Object.keys(metadata).length === 0 ? [] : [[metadataName, metadata]];
  const parts: [Tensor["data"], number][] = [];
  let size = 0;
  for (const name of names) {
    const { shape, data } = tensors.get(name)!;
    const where = `safetensors: ${name}`;
    if (name === metadataName) reject({ where, what: "is no name for a tensor" });
    if (product(shape) !== data.length)
      reject({ where, what: `${data.length} entries do not fill the shape (${shape.join(", ")})` });
    parts.push([data, size]);
    const end = size + data.byteLength;
    const dtype = data instanceof Float64Array ? "F64" : "F32";
    header.push([name, { dtype, shape, data_offsets: [size, end] }]);
    size = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = 8 * Math.ceil(text.length / 8);
  if (length > longestHeader)
    reject({
      where: "safetensors",
      what: `a header of ${length} bytes`,
      allowed: `at most ${longestHeader}`,
    });
  const out = new Uint8Array(8 + length + size).fill(0x20, 8, 8 + length);
  new DataView(out.buffer).setUint32(0, length, true);
  out.set(text, 8);
  for (const [data, at] of parts)
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + length + at);
  return out;
}
