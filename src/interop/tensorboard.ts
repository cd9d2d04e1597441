/**
 * TensorBoard's event files: scalars over steps. A file is a row of TFRecords (tensorflow/core/lib/io/record_writer.h):
 * the length as 64 bits, its masked CRC-32C, the data, its masked CRC-32C, little-endian. Each datum is a protocol
 * buffer `Event` (tensorflow/core/util/event.proto): 1 wall_time (double), 2 step (int64), 3 file_version (string) or 5
 * summary, whose values (1) have a tag (1) and a simple_value (2, float).
 */

import { joined } from "../base/bytes.ts";
import { bytesField, doubleField, floatField, integerField, message, textField } from "../base/protobuf.ts";
import { crc32c } from "./crc.ts";

/** Numbers by name at a step. */
export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/** A file of events, as a program writes it that began at `wallTime` (s since 1970). */
export function printEventFile(events: readonly ScalarEvent[], wallTime: number): Uint8Array {
  const version = message(doubleField(1, wallTime), textField(3, "brain.Event:2"));
  return joined([version, ...events.map(eventOf)].map(record));
}

function eventOf({ wallTime, step, values }: ScalarEvent): Uint8Array {
  const each = Object.entries(values).map(([tag, value]) =>
    bytesField(1, message(textField(1, tag), floatField(2, value))),
  );
  return message(doubleField(1, wallTime), integerField(2, step), bytesField(5, message(...each)));
}

function record(data: Uint8Array): Uint8Array {
  const length = fixed(8, (view) => view.setBigUint64(0, BigInt(data.length), true));
  return joined([length, masked(length), data, masked(data)]);
}

/** A checksum is stored rotated and shifted, as data may hold checksums of their own. */
function masked(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const turned = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return fixed(4, (view) => view.setUint32(0, turned, true));
}

function fixed(size: number, write: (view: DataView) => void): Uint8Array {
  const out = new Uint8Array(size);
  write(new DataView(out.buffer));
  return out;
}
