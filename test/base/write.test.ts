/** Files as they are found after each kind of write: replaced whole, written through, or left as they were. */

import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { buildSync } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishWhole, removeStale, temporaryIn, writeWhole } from "../../src/base/write.node.ts";

let dir = "";
const at = (name: string): string => join(dir, name);
const text = (name: string): string => readFileSync(at(name), "utf8");
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "equihard-write-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("writeWhole", () => {
  it("replaces a file's content and keeps its mode", () => {
    for (const mode of [0o600, 0o640, 0o755, 0o444]) {
      rmSync(at("f"), { force: true });
      writeFileSync(at("f"), "a longer text that was there before");
      chmodSync(at("f"), mode);
      writeWhole(at("f"), "new");
      expect([text("f"), statSync(at("f")).mode & 0o7777]).toEqual(["new", mode]);
    }
    expect(readdirSync(dir)).toEqual(["f"]);
  });

  it("makes a new file with the mode that the umask leaves", () => {
    const umask = process.umask(0o027);
    try {
      writeWhole(at("f"), new Uint8Array([1, 2, 3]));
    } finally {
      process.umask(umask);
    }
    expect([...readFileSync(at("f"))]).toEqual([1, 2, 3]);
    expect(statSync(at("f")).mode & 0o7777).toBe(0o640);
  });

  it("follows links to their target, also one that is not there yet", () => {
    mkdirSync(at("a"));
    mkdirSync(at("b"));
    writeFileSync(at("b/real"), "old");
    symlinkSync("../b/real", at("a/link"));
    symlinkSync("a/link", at("again"));
    symlinkSync("../b/absent", at("a/dangling"));
    writeWhole(at("again"), "new");
    writeWhole(at("a/dangling"), "first");
    expect([text("b/real"), text("b/absent")]).toEqual(["new", "first"]);
    expect([readlinkSync(at("again")), readlinkSync(at("a/link"))]).toEqual(["a/link", "../b/real"]);
    expect([readdirSync(at("a")), readdirSync(at("b"))]).toEqual([
      ["dangling", "link"],
      ["absent", "real"],
    ]);
  });

  it("writes a FIFO through, more than it holds, to a slow reader", async () => {
    spawnSync("mkfifo", [at("pipe")]);
    const content = "0123456789".repeat(50_000);
    const reader = spawn("sh", ["-c", `sleep 0.2; wc -c < '${at("pipe")}'`]);
    let counted = "";
    reader.stdout.on("data", (chunk: Buffer) => (counted += chunk.toString()));
    const ended = new Promise((done) => reader.on("close", done));
    writeWhole(at("pipe"), content);
    await ended;
    expect(Number(counted)).toBe(content.length);
    expect(lstatSync(at("pipe")).isFIFO()).toBe(true);
  });

  it("writes devices through: /dev/null stays, /dev/full is an error", () => {
    symlinkSync("/dev/full", at("full"));
    writeWhole("/dev/null", "gone");
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    for (const path of ["/dev/full", at("full")])
      expect(() => writeWhole(path, "text")).toThrow(/full: cannot be written: no space left on device \(ENOSPC\); make room/); // prettier-ignore
    expect(readdirSync(dir)).toEqual(["full"]);
  });

  it("names the path and the reason, and leaves no temporary file", () => {
    mkdirSync(at("folder/inner"), { recursive: true });
    symlinkSync("loop", at("loop"));
    const before = readdirSync(dir);
    for (const [path, reason] of [
      [at("folder"), /folder: cannot be written: .*\(EISDIR\)/],
      [at("absent/f"), /absent\/f: cannot be written: no such file or directory \(ENOENT\)/],
      [at("loop"), /loop: cannot be written: .*\(ELOOP\)/],
      [at("x".repeat(256)), /cannot be written: name too long \(ENAMETOOLONG\)/],
    ] as const)
      expect(() => writeWhole(path, "text")).toThrow(reason);
    expect(readdirSync(dir)).toEqual(before);
  });

  it("takes a name as long as the system allows", () => {
    writeWhole(at("x".repeat(255)), "text");
    expect(readdirSync(dir)).toEqual(["x".repeat(255)]);
  });
});

describe("publishWhole", () => {
  it("gives the name to the first, and leaves whatever has it", () => {
    symlinkSync("nowhere", at("dangling"));
    mkdirSync(at("folder"));
    expect(["f", "f", "dangling", "folder"].map((name) => publishWhole(at(name), name))).toEqual([true, false, false, false]); // prettier-ignore
    expect(readdirSync(dir)).toEqual(["dangling", "f", "folder"]);
    expect(statSync(at("f")).nlink).toBe(1);
  });
});

/** The writer as a file that threads and programs run. */
const bundle = (): string => {
  const outfile = at("write.mjs");
  const entry = join(import.meta.dirname, "../../src/base/write.node.ts");
  buildSync({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile });
  return outfile;
};

describe("writePlaced", () => {
  it("leaves what was there, and nothing half-written, where the program ends in the middle", () => {
    writeFileSync(at("f"), "before");
    const code = `import { writePlaced } from ${JSON.stringify(bundle())};
      await writePlaced(${JSON.stringify(at("f"))}, async (place) => {
        place(Buffer.from("after"), 0);
        process.exit(130);
      });`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code]);
    expect([status, String(stderr)]).toEqual([130, ""]);
    expect(text("f")).toBe("before");
    expect(readdirSync(dir)).toEqual(["f", "write.mjs"]);
  });
});

describe("many writers of one name", () => {
  const race = async (write: string): Promise<unknown[]> => {
    const code = `import("${bundle()}").then((w) => require("node:worker_threads").parentPort.postMessage(${write}))`;
    const run = (i: number) =>
      new Promise((done, fail) => {
        const worker = new Worker(code, { eval: true, workerData: i });
        worker.on("message", done).on("error", fail);
      });
    return Promise.all(Array.from({ length: 32 }, (_, i) => run(i)));
  };

  it("threads of one process replace a file without a collision: it is one of theirs, whole", async () => {
    const text32 = `String(require("node:worker_threads").workerData).padEnd(50000, ".")`;
    await race(`w.writeWhole(${JSON.stringify(at("f"))}, ${text32})`);
    expect(text("f")).toMatch(/^\d+\.+$/);
    expect(text("f")).toHaveLength(50_000);
    expect(readdirSync(dir)).toEqual(["f", "write.mjs"]);
  });

  it("exactly one publishes", async () => {
    const won = await race(`w.publishWhole(${JSON.stringify(at("f"))}, "text")`);
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(readdirSync(dir)).toEqual(["f", "write.mjs"]);
  });
});

describe("removeStale", () => {
  it("clears what a killed writer left, and nothing else", () => {
    const now = Date.now();
    const [old, young] = [temporaryIn(dir), temporaryIn(dir)];
    for (const file of [old, young, at(".other.tmp"), at("f")]) writeFileSync(file, "");
    for (const file of [old, at(".other.tmp"), at("f")])
      utimesSync(file, now / 1000 - 4000, now / 1000 - 4000);
    linkSync(at("f"), at("g"));
    removeStale(dir, now);
    expect(readdirSync(dir).map(at).sort()).toEqual([young, at(".other.tmp"), at("f"), at("g")].sort());
  });
});
