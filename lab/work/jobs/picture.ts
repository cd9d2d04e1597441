/** What of a function is drawn: its values on the hidden plane, or beside the true labels of some examples. */

import { foldIn, type Family, type Instance, type Samples } from "../../../src/index.ts";
import { reach } from "./plane.ts";

/** Grid points a side of the hidden plane. */
export const side = 23;
const pairs = 200;

/** Values between -limit and limit as base64 of bytes. */
export interface Picture {
  readonly kind: "plane" | "pairs";
  readonly samples: Samples;
}

/** What to draw: where a plane hides, that plane with the origin in the middle; else examples. */
export function pictureOf(family: Family, instance: Instance): Picture {
  const { plane } = family;
  if (plane === undefined)
    return { kind: "pairs", samples: instance.law.sample(foldIn(instance.key, "picture"), pairs) };
  const rows = plane.hidden(instance);
  const [{ vectors, dimension }, strides] = [plane.size(instance), plane.strides(instance)];
  const size = instance.law.shape.reduce((a, b) => a * b, 1);
  const data = new Float32Array(side * side * size);
  for (let at = 0; at < side * side; at++) {
    const x = reach * (2 * ((at % side) / (side - 1)) - 1);
    const y = reach * (1 - 2 * (Math.floor(at / side) / (side - 1)));
    for (let vector = 0; vector < vectors; vector++)
      for (let j = 0; j < dimension; j++)
        data[at * size + vector * strides.vector + j * strides.entry] = x * rows[j] + y * rows[dimension + j];
  }
  return { kind: "plane", samples: { count: side * side, shape: instance.law.shape, data } };
}

/** The largest absolute value, 1 for zeros. */
export const limitOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;

/** Values as bytes in base64: -limit to limit on -127 to 127. */
export function packed(values: ArrayLike<number>, limit: number): string {
  const byte = (x: number): number => Math.round(127 * Math.min(1, Math.max(-1, x / limit))) + 128;
  return btoa(String.fromCharCode(...Array.from(values, byte)));
}
