import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "../../src/base/sha256.ts";

const nodes = (message: Uint8Array | string): string => createHash("sha256").update(message).digest("hex");

it("gives the published digests of FIPS 180-2 (appendix B) and of the empty message", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  );
  expect(sha256("a".repeat(1_000_000))).toBe(
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
  );
});

it("agrees with Node's on bytes and on texts, around every block length", () => {
  for (let length = 0; length < 200; length++) {
    const message = Uint8Array.from({ length }, (_, i) => 7 * i + length);
    expect(sha256(message)).toBe(nodes(message));
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (m) => sha256(m) === nodes(m)));
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), (m) => sha256(m) === nodes(m)));
});

it("reads only the bytes of a view, and leaves them as they are", () => {
  const whole = Uint8Array.from({ length: 100 }, (_, i) => i);
  const part = whole.subarray(3, 75);
  expect(sha256(part)).toBe(nodes(part));
  expect(whole).toEqual(Uint8Array.from({ length: 100 }, (_, i) => i));
});
