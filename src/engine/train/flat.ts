/** Named weights in one flat buffer, in the order their shapes are listed. */

import { product } from "../../base/product.ts";
import { numpy as np } from "../lower/jax.ts";
import type { Arrays } from "../lower/trace.ts";

/** The shapes of named arrays; the order of the names is that of the weights in their buffer. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/** An array of floats; all weights of a training are of one type. */
export type Floats = Float32Array | Float64Array;

/** A new array of zeros. */
export const floats = (type: "float32" | "float64", length: number): Floats =>
  type === "float64" ? new Float64Array(length) : new Float32Array(length);

export const totalSize = (shapes: Shapes): number =>
  Object.values(shapes).reduce((sum, shape) => sum + product(shape), 0);

/** Writes the named arrays into `buffer`. Throws where one is missing or has another length. */
export function pack(shapes: Shapes, named: Readonly<Record<string, Floats>>, buffer: Floats): void {
  let at = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const values = named[name];
    if (values?.length !== product(shape))
      throw new Error(`weight "${name}" has ${values?.length ?? "no"} entries, not ${product(shape)}`);
    buffer.set(values, at);
    at += values.length;
  }
}

/** Copies of the named arrays. */
export function unpack<T extends Floats>(shapes: Shapes, buffer: T): Record<string, T> {
  let at = 0;
  const named: Record<string, T> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    named[name] = buffer.slice(at, at + product(shape)) as T;
    at += product(shape);
  }
  return named;
}

/** The traced counterpart of `unpack`: views of the flat array. Consumes its reference. */
export function splitFlat(shapes: Shapes, flat: np.Array): Arrays {
  const entries = Object.entries(shapes);
  const cuts: number[] = [];
  for (const [, shape] of entries.slice(0, -1)) cuts.push((cuts.at(-1) ?? 0) + product(shape));
  const parts = cuts.length === 0 ? [flat] : np.split(flat, cuts);
  return Object.fromEntries(entries.map(([name, shape], i) => [name, parts[i].reshape([...shape])]));
}

/** The traced counterpart of `pack`. Consumes the references. */
export function joinFlat(shapes: Shapes, named: Arrays): np.Array {
  return np.concatenate(Object.keys(shapes).map((name) => named[name].reshape([-1])));
}
