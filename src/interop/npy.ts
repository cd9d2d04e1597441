/**
 * NumPy's array format (numpy.lib.format, versions 1 to 3): a header that is a Python dictionary literal, then the raw
 * entries. The header is matched against the one form that NumPy writes, never evaluated. Pickled objects, structured
 * types and big-endian numbers are refused.
 */

import { reject } from "../base/errors.ts";

export type ArrayData = Float64Array | Float32Array | Int8Array | Uint8Array | Int16Array | Int32Array;

/** An array in C order: the last axis runs fastest. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: ArrayData;
}

interface Type {
  readonly bytes: number;
  read(view: DataView, count: number): ArrayData;
}

/** 64-bit integers become float64; beyond 2^53 that would change them. */
function safeIntegers(view: DataView, count: number): Float64Array {
  const out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    out[i] = Number(view.getBigInt64(8 * i, true));
    if (!Number.isSafeInteger(out[i])) throw new RangeError("an int64 beyond 2^53");
  }
  return out;
}

/** A copy, so that the entries are aligned whatever came before them. */
const copied =
  <T extends ArrayData>(make: new (buffer: ArrayBuffer) => T) =>
  (view: DataView): T =>
    new make(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) as ArrayBuffer);

const types: Readonly<Record<string, Type>> = {
  "<f8": { bytes: 8, read: copied(Float64Array) },
  "<f4": { bytes: 4, read: copied(Float32Array) },
  "<i8": { bytes: 8, read: safeIntegers },
  "<i4": { bytes: 4, read: copied(Int32Array) },
  "<i2": { bytes: 2, read: copied(Int16Array) },
  "|i1": { bytes: 1, read: copied(Int8Array) },
  "|u1": { bytes: 1, read: copied(Uint8Array) },
  "|b1": { bytes: 1, read: copied(Uint8Array) },
};
const allowedTypes = "float64, float32, int64, int32, int16, int8, uint8 or bool, little-endian";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy's own limit on a header that it reads without being told to trust it. */
const longestHeader = 10_000;
const mostAxes = 32;

/**
 * @param bytes a whole .npy file
 * @param where its name, for complaints
 * @throws InputError for anything but a plain array of the allowed types
 */
export function readNpy(bytes: Uint8Array, where: string): NumpyArray {
  const bad = (what: string, allowed = "an array as numpy.save writes it"): never =>
    reject({ where, what, allowed });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || !magic.every((x, i) => bytes[i] === x)) bad("no .npy array");
  const version = bytes[6];
  if (version < 1 || version > 3) bad(`.npy format ${version}`, "formats 1 to 3");
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > longestHeader || start + length > bytes.length) bad(`a header of ${length} bytes`);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));

  const { descr, fortran, shape } = parseHeader(header) ?? bad("its header is not understood");
  const type = Object.hasOwn(types, descr) ? types[descr] : bad(`entries of type ${descr}`, allowedTypes);
  if (shape.length > mostAxes) bad(`${shape.length} axes`, `at most ${mostAxes}`);
  const count = shape.reduce((a, b) => a * b, 1);
  const given = bytes.length - start - length;
  if (given !== count * type.bytes)
    bad(`${given} bytes of entries where the shape (${shape.join(", ")}) has ${count * type.bytes}`);
  const body = new DataView(bytes.buffer, bytes.byteOffset + start + length, given);
  try {
    const data = type.read(body, count);
    return { shape, data: fortran ? reordered(data, shape) : data };
  } catch (error) {
    if (error instanceof RangeError) return bad(error.message, "numbers that a float64 holds exactly");
    throw error;
  }
}

/** The dictionary's three entries, in any order, with nothing beside them; undefined for anything else. */
function parseHeader(text: string): { descr: string; fortran: boolean; shape: number[] } | undefined {
  const found = new Map<string, string>();
  const body = /^\{(.*)\}[ \t]*\n?$/.exec(text)?.[1];
  if (body === undefined) return undefined;
  const rest = body.replace(
    /'(descr|fortran_order|shape)' ?: ?('[^'\\]{1,20}'|True|False|\((?:\d{1,16},? ?){0,33}\))(?:, ?|$)/g,
    (_, key: string, value: string) => {
      found.set(key, value);
      return "";
    },
  );
  const [descr, fortran, shape] = ["descr", "fortran_order", "shape"].map((k) => found.get(k) ?? "");
  if (rest.trim() !== "" || !/^'.*'$/.test(descr) || !/^(True|False)$/.test(fortran)) return undefined;
  if (!/^\((?:\d+,|(?:\d+, )+\d+,?)?\)$/.test(shape)) return undefined;
  const list = (shape.match(/\d+/g) ?? []).map(Number);
  return { descr: descr.slice(1, -1), fortran: fortran === "True", shape: list };
}

/** From Fortran order, the first axis running fastest, to C order. */
function reordered(data: ArrayData, shape: readonly number[]): ArrayData {
  const out = data.slice();
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
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

/** The array as a .npy file, format 1, C order. */
export function writeNpy({ shape, data }: NumpyArray): Uint8Array {
  const count = shape.reduce((a, b) => a * b, 1);
  if (count !== data.length)
    reject({ where: "npy", what: `${data.length} entries do not fill the shape (${shape.join(", ")})` });
  const name = written.find(([type]) => data instanceof type)?.[1];
  const sizes = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${name}', 'fortran_order': False, 'shape': ${sizes}, }`;
  const start = 64 * Math.ceil((10 + text.length + 1) / 64);
  const out = new Uint8Array(start + data.byteLength);
  out.set(magic);
  out.set([1, 0, (start - 10) & 0xff, (start - 10) >>> 8], 6);
  out.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10);
  out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return out;
}
