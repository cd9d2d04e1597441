/**
 * NumPy's array format (numpy.lib.format, versions 1 to 3): a header that is a Python dictionary literal, then the raw
 * entries. Every header of plain numbers that NumPy reads is read, and none is evaluated. Pickled objects, structured
 * types, text and complex numbers are refused.
 */

import { reject } from "../base/errors.ts";
import { product } from "../base/product.ts";
import { fromHalf } from "./narrow-floats.ts";
import { parsePythonLiteral, type PythonLiteral, type PythonSequence } from "./python-literal.ts";

export type ArrayData = Float64Array | Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array;

/** An array in C order: the last axis runs fastest. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: ArrayData;
}

/** Entries of `bytes` bytes each; `read` is given a copy of them, aligned and little-endian. */
interface Type {
  readonly bytes: number;
  read(entries: ArrayBuffer): ArrayData;
}

const same = <A extends ArrayData>(make: {
  new (entries: ArrayBuffer): A;
  BYTES_PER_ELEMENT: number;
}): Type => ({
  bytes: make.BYTES_PER_ELEMENT,
  read: (entries) => new make(entries),
});

/** 64-bit integers become float64; beyond 2^53 that would change them. */
function safeIntegers(integers: BigInt64Array | BigUint64Array): Float64Array {
  const out = new Float64Array(integers.length);
  for (let i = 0; i < out.length; i++) {
    out[i] = Number(integers[i]);
    if (!Number.isSafeInteger(out[i])) throw new RangeError("a 64-bit integer beyond 2^53");
  }
  return out;
}

/** By NumPy's kind and size; each becomes the smallest array that holds all such numbers exactly. */
const types: ReadonlyMap<string, Type> = new Map([
  ["f8", same(Float64Array)],
  ["f4", same(Float32Array)],
  ["f2", { bytes: 2, read: (entries) => Float32Array.from(new Uint16Array(entries), fromHalf) }],
  ["i8", { bytes: 8, read: (entries) => safeIntegers(new BigInt64Array(entries)) }],
  ["i4", same(Int32Array)],
  ["i2", same(Int16Array)],
  ["i1", same(Int8Array)],
  ["u8", { bytes: 8, read: (entries) => safeIntegers(new BigUint64Array(entries)) }],
  ["u4", { bytes: 4, read: (entries) => Float64Array.from(new Uint32Array(entries)) }],
  ["u2", { bytes: 2, read: (entries) => Int32Array.from(new Uint16Array(entries)) }],
  ["u1", same(Uint8Array)],
  ["b1", { bytes: 1, read: (entries) => new Uint8Array(entries).map((x) => (x === 0 ? 0 : 1)) }],
] satisfies [string, Type][]);
const allowedTypes = "floats of 16, 32 and 64 bits, integers of 8 to 64 bits, bool";

/**
 * The type of a `descr` such as `<f8`: `>` is big-endian, `=` and `|` are what the machine has, taken as little-endian.
 */
function typeOf(descr: string): { type: Type; littleEndian: boolean } | undefined {
  const [, order, name] = /^([<>=|]?)([a-z]\d)$/.exec(descr) ?? [];
  const type = types.get(name);
  return type === undefined ? undefined : { type, littleEndian: order !== ">" };
}

/** The entries' bytes by themselves, aligned whatever came before them, each entry turned round if it is big-endian. */
function copied(bytes: Uint8Array, width: number, littleEndian: boolean): ArrayBuffer {
  const out = new Uint8Array(bytes);
  if (!littleEndian) for (let at = 0; at < out.length; at += width) out.subarray(at, at + width).reverse();
  return out.buffer;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy's own limit on a header that it reads without being told to trust it. */
const longestHeader = 10_000;
const mostAxes = 32;

/** Whether the bytes begin as a .npy file does. */
export const isNpy = (bytes: Uint8Array): boolean => magic.every((x, i) => bytes[i] === x);

/**
 * @param bytes a whole .npy file
 * @param where its name, for complaints
 * @throws InputError for anything but a plain array of the allowed types
 */
export function readNpy(bytes: Uint8Array, where: string): NumpyArray {
  const bad = (what: string, allowed = "an array as numpy.save writes it"): never =>
    reject({ where, what, allowed });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || !isNpy(bytes)) bad("no .npy array");
  const version = bytes[6];
  if (version < 1 || version > 3) bad(`.npy format ${version}`, "formats 1 to 3");
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader || start + length > bytes.length) bad(`a header of ${length} bytes`);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));

  const { descr, fortran, shape } = parseHeader(header) ?? bad("its header is not understood");
  if (typeof descr !== "string") return bad("entries of a structured type", allowedTypes);
  const { type, littleEndian } = typeOf(descr) ?? bad(`entries of type ${descr.slice(0, 20)}`, allowedTypes);
  if (shape.length > mostAxes) bad(`${shape.length} axes`, `at most ${mostAxes}`);
  const count = product(shape);
  const given = bytes.length - start - length;
  if (given !== count * type.bytes)
    bad(`${given} bytes of entries where the shape (${shape.join(", ")}) has ${count * type.bytes}`);
  try {
    const data = type.read(copied(bytes.subarray(start + length), type.bytes, littleEndian));
    return { shape, data: fortran ? reordered(data, shape) : data };
  } catch (error) {
    if (error instanceof RangeError) return bad(error.message, "numbers that a float64 holds exactly");
    throw error;
  }
}

/** The dictionary's three entries, with nothing beside them; undefined for anything else. */
function parseHeader(
  text: string,
): { descr: PythonLiteral; fortran: boolean; shape: readonly number[] } | undefined {
  const header = literalIn(text);
  if (!(header instanceof Map) || header.size !== 3) return undefined;
  const [descr, fortran, shape] = ["descr", "fortran_order", "shape"].map((key) => header.get(key));
  if (descr === undefined || typeof fortran !== "boolean" || !isTuple(shape)) return undefined;
  const sizes = shape.items.filter((size) => typeof size === "number" && size >= 0) as number[];
  return sizes.length < shape.items.length ? undefined : { descr, fortran, shape: sizes };
}

function literalIn(text: string): PythonLiteral | undefined {
  try {
    return parsePythonLiteral(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isTuple = (value: PythonLiteral | undefined): value is PythonSequence =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "tuple";

/** From Fortran order, the first axis running fastest, to C order. */
function reordered(data: ArrayData, shape: readonly number[]): ArrayData {
  const out = data.slice();
  const strides = shape.map((_, axis) => product(shape.slice(axis + 1)));
  const index = shape.map(() => 0);
  let to = 0;
  for (let from = 0; from < data.length; from++) {
    out[to] = data[from];
    for (let axis = 0; axis < shape.length; axis++) {
      to += strides[axis];
      if (++index[axis] < shape[axis]) break;
      to -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return out;
}

const written = [
  [Float64Array, "<f8"],
  [Float32Array, "<f4"],
  [Int8Array, "|i1"],
  [Uint8Array, "|u1"],
  [Int16Array, "<i2"],
  [Int32Array, "<i4"],
] as const;

/** The types of arrays that are written, with NumPy's names for them. */
export type WrittenType = (typeof written)[number][0];

/** What stands before the entries of a .npy file, format 1, C order. */
export function npyHeader(shape: readonly number[], type: WrittenType): Uint8Array {
  const name = written.find(([known]) => known === type)?.[1];
  const sizes = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${name}', 'fortran_order': False, 'shape': ${sizes}, }`;
  const start = 64 * Math.ceil((10 + text.length + 1) / 64);
  const out = new Uint8Array(start);
  out.set(magic);
  out.set([1, 0, (start - 10) & 0xff, (start - 10) >>> 8], 6);
  out.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10);
  return out;
}

/** The array as a .npy file. @throws InputError where the entries do not fill the shape */
export function writeNpy({ shape, data }: NumpyArray): Uint8Array {
  const count = product(shape);
  if (count !== data.length)
    reject({ where: "npy", what: `${data.length} entries do not fill the shape (${shape.join(", ")})` });
  const header = npyHeader(shape, data.constructor as WrittenType);
  const out = new Uint8Array(header.length + data.byteLength);
  out.set(header);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return out;
}
