/** Protocol buffers' wire format (https://protobuf.dev/programming-guides/encoding), written: fields of messages. */

import { joined } from "./bytes.ts";

/** Wire types. */
const [VARINT, FIXED64, BYTES, FIXED32] = [0, 1, 2, 5];

/** A message of these fields. */
export const message = (...fields: readonly Uint8Array[]): Uint8Array => joined(fields);

/** A field of bytes, such as a message. */
export const bytesField = (number: number, value: Uint8Array): Uint8Array =>
  message(key(number, BYTES), varint(value.length), value);

export const textField = (number: number, value: string): Uint8Array =>
  bytesField(number, new TextEncoder().encode(value));

/** A field of an integer; negative ones are int64's two's complement. */
export const integerField = (number: number, value: number): Uint8Array =>
  message(key(number, VARINT), varint(value));

export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return message(key(number, FIXED32), bytes);
}

export function doubleField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return message(key(number, FIXED64), bytes);
}

const key = (number: number, type: number): Uint8Array => varint(number * 8 + type);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Uint8Array.from([...bytes, Number(rest)]);
}
