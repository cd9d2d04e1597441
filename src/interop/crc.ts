/** Cyclic redundancy checks of 32 bits, bit-reflected: of zip files, and of TensorFlow's records. */

/** A checksum; `before` is that of what stands before these bytes. */
export type Checksum = (bytes: Uint8Array, before?: number) => number;

/** @param polynomial reflected */
function checksumOf(polynomial: number): Checksum {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let c = byte;
    for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ polynomial : c >>> 1;
    return c;
  });
  return (bytes, before = 0) => {
    let c = before ^ 0xffffffff;
    for (let i = 0; i < bytes.length; i++) c = table[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
    return (c ^ 0xffffffff) >>> 0;
  };
}

/** CRC-32, of zip files. */
export const crc32 = checksumOf(0xedb88320);

/** CRC-32C (Castagnoli; RFC 3720, appendix B.4). */
export const crc32c = checksumOf(0x82f63b78);
