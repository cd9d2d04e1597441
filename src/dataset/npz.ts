/**
 * Data sets as npz: `A` (samples x n x n, uint8) or `X` (samples x ..., float32), `y` (samples, float32), with a
 * prefix a split where there are several (`train_X`), and `meta` (JSON as bytes). Members are stored as they are, at
 * places that are known beforehand: inputs and labels are written side by side, and no chunk is drawn twice or kept.
 */

import { product } from "../base/product.ts";
import type { Samples } from "../distribution/law.ts";
import { isGraphs } from "../distribution/samples.ts";
import { npyHeader } from "../interop/npy.ts";
import { storedZip, type Place } from "../interop/zip-write.ts";
import { chunk, chunks, type Source, type Split } from "./examples.ts";

/** Told how many examples are written. */
export type OnExamples = (written: number) => Promise<void> | void;

/** An array of the file: what stands before its entries, and its size in all. */
interface Part {
  readonly name: string;
  readonly header: Uint8Array;
  readonly size: number;
}

function part(name: string, shape: readonly number[], type: typeof Uint8Array | typeof Float32Array): Part {
  const header = npyHeader(shape, type);
  return { name: `${name}.npy`, header, size: header.length + product(shape) * type.BYTES_PER_ELEMENT };
}

/** Names of a split's arrays. */
function namesOf(split: Split, graphs: boolean): { inputs: string; labels: string } {
  const prefix = split.name === "" ? "" : `${split.name}_`;
  return { inputs: `${prefix}${graphs ? "A" : "X"}`, labels: `${prefix}y` };
}

/**
 * Writes a data set.
 * @param meta what the file says of itself, as JSON text
 * @param blind whether the labels of the test split are left out
 */
export async function writeDataNpz(
  source: Source,
  splits: readonly Split[],
  meta: string,
  blind: boolean,
  place: Place,
  onExamples: OnExamples,
): Promise<void> {
  const { shape } = source.instance.law;
  const graphs = isGraphs(chunk(source, splits[0].name, 0).samples);
  const labelled = (split: Split): boolean => !(blind && split.name === "test");
  const bytes = new TextEncoder().encode(meta);
  const parts = splits.map((split) => {
    const names = namesOf(split, graphs);
    const inputs = part(names.inputs, [split.count, ...shape], graphs ? Uint8Array : Float32Array);
    return {
      split,
      inputs,
      labels: labelled(split) ? part(names.labels, [split.count], Float32Array) : null,
    };
  });
  const about = part("meta", [bytes.length], Uint8Array);
  const all = [
    ...parts.flatMap(({ inputs, labels }) => [inputs, ...(labels === null ? [] : [labels])]),
    about,
  ];
  const zip = storedZip(new Map(all.map(({ name, size }) => [name, size])), place);
  for (const { name, header } of all) zip.append(name, header);
  let written = 0;
  for (const { split, inputs, labels } of parts)
    for (const { samples, labels: y } of chunks(source, split)) {
      zip.append(inputs.name, bytesOf(samples));
      if (labels !== null) zip.append(labels.name, new Uint8Array(Float32Array.from(y).buffer));
      await onExamples((written += samples.count));
    }
  zip.append(about.name, bytes);
  zip.finish();
}

function bytesOf({ data }: Samples): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
