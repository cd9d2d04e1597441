/**
 * Dense products of large matrices, for Gram matrices and kernels: by onnxruntime-node's matrix kernels where they
 * are installed, otherwise by tiles in plain TypeScript.
 */

import { loadNative } from "./native.ts";
import { coresToUse } from "../../base/cores.ts";
import { transposed } from "../../base/transposed.ts";
import type { Product } from "../lower/product-model.ts";
import type { Native, Session } from "./session.ts";

type Reals = Float32Array | Float64Array;

export interface MatmulOptions {
  /** Whether `a` is given as its transpose, k x m, so that the result is A^T B (default false). */
  readonly transposeA?: boolean;
  /** Whether `b` is given as its transpose, n x k, so that the result is A B^T (default false). */
  readonly transposeB?: boolean;
  /** `plain` computes without onnxruntime-node (default `auto`). */
  readonly backend?: "auto" | "plain";
}

/** Where the product is to be written, m x n; a new array otherwise. */
interface Into<T> {
  readonly into?: T;
}

/**
 * The product of `a` (m x k, or k x m with `transposeA`) and `b` (k x n, or n x k with `transposeB`), all row-major: m
 * x n. Sums run in an order of the kernel's choosing; an entry errs by less than k * 2^-53 * sum_l |a_il b_lj|.
 *
 * Measured: 50 GFLOP/s by onnxruntime-node on one thread of an AMD EPYC (float32: 105), 1 to 2 in plain TypeScript.
 */
export const matmul64 = (
  a: Float64Array,
  b: Float64Array,
  m: number,
  k: number,
  n: number,
  options: MatmulOptions & Into<Float64Array> = {},
): Promise<Float64Array> => multiply(a, b, [m, k, n], options, new Float64Array(0));

/** As `matmul64` in float32, twice as fast. */
export const matmul32 = (
  a: Float32Array,
  b: Float32Array,
  m: number,
  k: number,
  n: number,
  options: MatmulOptions & Into<Float32Array> = {},
): Promise<Float32Array> => multiply(a, b, [m, k, n], options, new Float32Array(0));

type Size = Product["size"];

async function multiply<T extends Reals>(
  a: T,
  b: T,
  size: Size,
  { transposeA = false, transposeB = false, backend = "auto", into }: MatmulOptions & Into<T>,
  like: T,
): Promise<T> {
  const [m, k, n] = size;
  if (a.length !== m * k || b.length !== k * n)
    throw new RangeError(
      `matrices of ${a.length} and ${b.length} entries are not ${m} x ${k} and ${k} x ${n}`,
    );
  if (into !== undefined && into.length !== m * n)
    throw new RangeError(`${into.length} entries do not hold a matrix of ${m} x ${n}`);
  const target = (): T => into ?? new (like.constructor as new (length: number) => T)(m * n);
  if (m * k * n === 0) return target().fill(0) as T;
  const native = backend === "plain" ? null : await loadNative();
  if (native === null) {
    const rows = transposeA ? transposed(a, k, m) : a;
    const [left, right] = [rows, transposeB ? b : transposed(b, k, n)].map((x) => Float64Array.from(x));
    const out = target();
    multiplyPlain(left, right, size, out);
    return out;
  }
  const type = a instanceof Float64Array ? "float64" : "float32";
  const session = await sessionFor(native, { size, transposeA, transposeB, type });
  return (await session.run({ a, b }, into === undefined ? {} : { c: into })).c as T;
}

/** Multiplications from which on a product is shared among the cores (`useCores`). */
const WORTH_SHARING = 2 ** 24;
/**
 * Rows or columns that a thread gets at least. Threads share out the longer side, and each entry is one thread's; but
 * the kernel cuts the sums of a matrix of at most 64 columns, or of one row, in other places than those of larger ones.
 */
const SHARE = 128;

/** Sessions of the shapes used last: callers work in equal blocks. */
const sessions = new Map<string, Promise<Session>>();
const kept = 8;

function sessionFor(native: Native, product: Product): Promise<Session> {
  const { size, transposeA, transposeB, type } = product;
  const [m, k, n] = size;
  const shares = Math.max(1, Math.floor(Math.max(m, n) / SHARE));
  const threads = m * k * n < WORTH_SHARING ? 1 : Math.min(shares, coresToUse());
  const name = `${type} ${m}x${k}x${n} ${transposeA} ${transposeB} ${threads}`;
  const session = sessions.get(name) ?? native.createSession(native.productModel(product), { threads });
  sessions.delete(name);
  sessions.set(name, session);
  // the oldest is left to the garbage collector: a product may still be running on it
  if (sessions.size > kept) sessions.delete(sessions.keys().next().value as string);
  return session;
}

/** C = A B^T in tiles of 2 x 4 sums held in registers, over rows of B that stay in the cache. */
function multiplyPlain(a: Float64Array, b: Float64Array, [m, k, n]: Size, c: Reals): void {
  const strip = Math.max(4, Math.floor(2 ** 15 / k / 4) * 4);
  for (let from = 0; from < n; from += strip) {
    const end = Math.min(n, from + strip);
    for (let i = 0; i < m; i += 2) {
      const a0 = i * k;
      const a1 = Math.min(i + 1, m - 1) * k; // an odd last row is computed twice
      for (let j = from; j < end; j += 4) {
        const b0 = j * k;
        const b1 = Math.min(j + 1, end - 1) * k;
        const b2 = Math.min(j + 2, end - 1) * k;
        const b3 = Math.min(j + 3, end - 1) * k;
        let [s00, s01, s02, s03] = [0, 0, 0, 0];
        let [s10, s11, s12, s13] = [0, 0, 0, 0];
        for (let l = 0; l < k; l++) {
          const x = a[a0 + l];
          const y = a[a1 + l];
          const p = b[b0 + l];
          const q = b[b1 + l];
          const r = b[b2 + l];
          const s = b[b3 + l];
          s00 += x * p;
          s01 += x * q;
          s02 += x * r;
          s03 += x * s;
          s10 += y * p;
          s11 += y * q;
          s12 += y * r;
          s13 += y * s;
        }
        const sums = [s00, s01, s02, s03, s10, s11, s12, s13];
        for (let t = 0; t < 8; t++) {
          const [row, column] = [i + (t >> 2), j + (t & 3)];
          if (row < m && column < end) c[row * n + column] = sums[t];
        }
      }
    }
  }
}
