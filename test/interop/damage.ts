/** Safetensors files, and damage of every kind done to them. */

import fc from "fast-check";
import { expect } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import {
  readSafetensors,
  writeSafetensors,
  type Safetensors,
  type Tensor,
} from "../../src/interop/safetensors.ts";

/** A file of this header, as text, and `size` bytes of entries. */
export function file(header: string, size = 0, length?: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const out = new Uint8Array(8 + text.length + size);
  new DataView(out.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  out.set(text, 8);
  return out;
}

const tensors: fc.Arbitrary<Tensor> = fc.array(fc.nat(4), { maxLength: 4 }).chain((shape) => {
  const length = shape.reduce((a, b) => a * b, 1);
  const entries = { minLength: length, maxLength: length };
  return fc.oneof(
    fc.array(fc.double(), entries).map((xs) => ({ shape, data: Float64Array.from(xs) })),
    fc.array(fc.float(), entries).map((xs) => ({ shape, data: Float32Array.from(xs) })),
  );
});
const names = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("__proto__", "1", "a.b", '"', "\\"));
export const contents: fc.Arbitrary<Safetensors> = fc.record({
  tensors: fc
    .uniqueArray(fc.tuple(names, tensors), { maxLength: 5, selector: ([name]) => name })
    .map((list) => new Map(list.filter(([name]) => name !== "__metadata__"))),
  metadata: fc.dictionary(fc.string({ maxLength: 6 }), fc.string({ maxLength: 10 }), { maxKeys: 3 }),
});

const words = [
  ...'{ } [ ] : , " "a" "__metadata__" "dtype" "F32" "F64" "BF16" "I64" "shape" "data_offsets"'.split(" "),
  ..."0 4 8 -1 1.5 1e308 9007199254740993 null true \\ \u00e9".split(" "),
  " ",
];
const header = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => `{${parts.join("")}`),
  fc
    .record({
      a: fc.record({
        dtype: fc.constantFrom("F32", "F64", "F16", "BF16", "I64", 3),
        shape: fc.array(fc.oneof(fc.nat(5), fc.constantFrom(-1, 0.5, 2 ** 53, 1e300)), { maxLength: 3 }),
        data_offsets: fc.array(fc.oneof(fc.nat(64), fc.constantFrom(-4, 1e300)), { maxLength: 3 }),
      }),
      __metadata__: fc.oneof(fc.dictionary(fc.string(), fc.string()), fc.jsonValue()),
    })
    .map((value) => JSON.stringify(value)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.tuple(fc.constantFrom(...words), fc.nat(4000)).map(([word, n]) => `{${word.repeat(n)}`),
);

/** Files of every kind: header texts that mean little or nothing, and good files cut, stretched and changed. */
export const damaged: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc
    .tuple(header, fc.nat(64), fc.option(fc.nat(100), { nil: undefined }))
    .map(([text, size, length]) => file(text, size, length)),
  fc
    .tuple(
      contents,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
      fc.nat(),
      fc.constantFrom(0, 0, 0, 1, 8),
    )
    .map(([content, changes, cut, more]) => {
      const bytes = writeSafetensors(content);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      const kept = bytes.subarray(0, cut % 2 === 0 ? bytes.length : cut % bytes.length);
      const out = new Uint8Array(kept.length + more);
      out.set(kept);
      return out;
    }),
);

/**
 * Reads it; only an InputError of one line may stop that, and no more is held than twice the file.
 * @returns whether it was read
 */
export function survives(bytes: Uint8Array): boolean {
  try {
    const { tensors: read } = readSafetensors(bytes, "a.safetensors");
    let held = 0;
    for (const { shape, data } of read.values()) {
      expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
      held += data.byteLength;
    }
    expect(held).toBeLessThanOrEqual(2 * bytes.length);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^a\.safetensors: [^\n]{1,300}$/);
    return false;
  }
}
