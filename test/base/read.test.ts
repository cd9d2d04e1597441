/** Reading what is no regular file: pipes to their end, devices without end not beyond the limit. */

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { readWhole } from "../../src/base/read.node.ts";

const folder = mkdtempSync(join(tmpdir(), "equihard-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("reads a file of the limit's size, and none larger", () => {
  const path = join(folder, "file");
  writeFileSync(path, "0123456789");
  expect(readWhole(path, 10).toString()).toBe("0123456789");
  expect(() => readWhole(path, 9)).toThrow(/10 bytes are too many; allowed: at most 9 bytes/);
  expect(readWhole("/dev/null", 0)).toHaveLength(0);
  expect(() => readWhole(join(folder, "none"), 9)).toThrow(/ENOENT/);
});

it("stops at the limit of a device without end", () => {
  expect(() => readWhole("/dev/zero", 3 * 2 ** 20)).toThrow(InputError);
  expect(() => readWhole("/dev/zero", 3 * 2 ** 20)).toThrow(/does not end; allowed: at most 3145728 bytes/);
});

it("reads a pipe whose writer pauses to its end", () => {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  spawn("sh", ["-c", `sleep 0.1; { printf one; sleep 0.2; printf two; } > ${path}`]);
  expect(readWhole(path, 100).toString()).toBe("onetwo");
});
