/** `diagnose` as a user has it: long work is announced, an interrupted or a full one goes on, what is too much is drawn from. */

import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { labelledIn } from "../../src/dataset/labelled.ts";
import { bin, programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-diagnose-"));
const equihard = programIn(dir);
afterAll(() => rmSync(dir, { recursive: true }));

const asked = ["diagnose", "signs.csv", "--group", "trivial:6", "--degree", "2", "--quiet", "--json"];
const partsOf = (folder: string): string[] => {
  const place = join(dir, folder, "parts");
  return existsSync(place) ? readdirSync(place).filter((name) => name.endsWith(".json")) : [];
};
/** The diagnosis in a folder, undisturbed or not. */
const saidIn = (folder: string): string => readFileSync(join(dir, folder, "diagnosis.json"), "utf8");

let undisturbed = "";

beforeAll(() => {
  equihard("--version"); // builds what is stale
  const { below } = stream(keyFor("signs"));
  const rows = Array.from({ length: 300 }, () => {
    const x = Array.from({ length: 6 }, () => 2 * below(2) - 1);
    return [...x, x[0] + x[1] * x[2] + below(3)].join();
  });
  writeFileSync(join(dir, "signs.csv"), `${rows.join("\n")}\n`);
  expect(equihard(...asked, "--out", "whole")).toMatchObject({ status: 0, stderr: "" });
  undisturbed = saidIn("whole");
});

describe("diagnose", () => {
  it("goes on after Ctrl-C: finished parts stay as they are, the result is the same", async () => {
    const child = spawn(process.execPath, [bin, ...asked, "--out", "cut"], { cwd: dir, stdio: "ignore" });
    const ended = new Promise<number | null>((done) => child.once("close", done));
    while (partsOf("cut").length < 2 && child.exitCode === null) await sleep(20);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    const kept = partsOf("cut");
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(partsOf("whole").length);
    expect(existsSync(join(dir, "cut", "diagnosis.json"))).toBe(false);
    const writtenAt = (name: string): number => statSync(join(dir, "cut", "parts", name)).mtimeMs;
    const before = kept.map(writtenAt);
    expect(equihard(...asked, "--out", "cut")).toMatchObject({ status: 0, stderr: "" });
    expect(kept.map(writtenAt)).toEqual(before);
    expect(saidIn("cut")).toBe(undisturbed);
  });

  it("computes a damaged part again, and takes none of other data or options", () => {
    const [first] = partsOf("whole");
    const path = join(dir, "whole", "parts", first);
    writeFileSync(path, readFileSync(path, "utf8").replace(/\d/, "7x"));
    expect(equihard(...asked, "--out", "whole")).toMatchObject({ status: 0, stderr: "" });
    expect(saidIn("whole")).toBe(undisturbed);
    const count = partsOf("whole").length;
    expect(equihard(...asked, "--seed", "1", "--out", "whole").status).toBe(0);
    expect(partsOf("whole")).toHaveLength(2 * count);
  });

  it.skipIf(process.getuid?.() !== 0 && process.env["CI"] === undefined)(
    "says that a disk is full, leaves nothing half-written, and goes on with room",
    () => {
      mkdirSync(join(dir, "full"));
      const mount = (options: string): void =>
        void expect(
          spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", join(dir, "full")]).status,
        ).toBe(0);
      mount("size=24k");
      try {
        const { status, stderr } = equihard(...asked, "--out", "full");
        expect([status, stderr]).toEqual([2, expect.stringMatching(/^equihard: .*\(ENOSPC\).*\n$/)]);
        const kept = partsOf("full");
        for (const name of kept)
          expect(
            () => JSON.parse(readFileSync(join(dir, "full", "parts", name), "utf8")) as unknown,
          ).not.toThrow();
        expect(readdirSync(join(dir, "full"), { recursive: true, encoding: "utf8" })).not.toContainEqual(
          expect.stringContaining("tmp"),
        );
        mount("remount,size=8m");
        expect(equihard(...asked, "--out", "full")).toMatchObject({ status: 0, stderr: "" });
        expect(saidIn("full")).toBe(undisturbed);
      } finally {
        spawnSync("umount", [join(dir, "full")]);
      }
    },
  );

  it("does much only with --yes, and says what it takes before it begins", async () => {
    const wide = Array.from({ length: 60 }, (_, i) => `${`${i % 7},`.repeat(65_536)}${i % 3}`);
    writeFileSync(join(dir, "huge.csv"), `${wide.join("\n")}\n`);
    const huge = ["diagnose", "huge.csv", "--group", "trivial:65536"];
    const { status, stderr, stdout } = equihard(...huge, "--json");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^equihard: diagnose: this takes about \d+ (minutes|hours) and \d+\.\d GiB; add --yes to do it\n$/,
    );
    const child = spawn(process.execPath, [bin, ...huge, "--yes"], {
      cwd: dir,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const first = await new Promise<string>((said) =>
      child.stderr.once("data", (text: Buffer) => said(String(text))),
    );
    child.kill("SIGKILL");
    expect(first).toMatch(/^equihard: this takes about \d+ (minutes|hours)\n/);
  });
});

it("graphs that are too many for memory are drawn from, and it is said of how many", async () => {
  const lines = Array.from({ length: 300 }, (_, i) =>
    JSON.stringify({ n: 500, edges: [[0, 1 + i]], y: i % 2 }),
  );
  const bytes = new TextEncoder().encode(`${lines.join("\n")}\n`);
  const data = await labelledIn(bytes, "graphs", { most: 20_000, seed: 0 });
  expect(data).toMatchObject({ total: 300, count: Math.floor(2 ** 26 / 500 ** 2) });
  expect(data.inputs).toHaveLength(data.count * 500 ** 2);
});
