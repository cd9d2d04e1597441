/** `--out` as a user gives it: a file, a link, a pipe, a device, the program's own output, an input, a full disk. */

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-out-"));
const at = (name: string): string => join(dir, name);
afterAll(() => rmSync(dir, { recursive: true }));

/** A line for bash, in the folder of the test; $E is the program. */
function bash(line: string): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, E: `${process.execPath} ${bin}` };
  return spawnSync("bash", ["-c", line], { encoding: "utf8", cwd: dir, env });
}
const certify = "$E certify gnn-degree-parity --n 6 --out";
const schema = /^\{\n {2}"schema": "equihard.certificate\/1"/;
beforeAll(() => void bash("$E --version")); // builds, before a limit on file sizes forbids it

describe("--out", () => {
  it("keeps a file's mode and a link", () => {
    writeFileSync(at("real"), "");
    chmodSync(at("real"), 0o600);
    symlinkSync("real", at("link"));
    expect(bash(`${certify} link`).status).toBe(0);
    expect(readFileSync(at("real"), "utf8")).toMatch(schema);
    expect([lstatSync(at("link")).isSymbolicLink(), statSync(at("real")).mode & 0o777]).toEqual([true, 0o600]);
  });

  it("goes through a FIFO, a process substitution and the program's own output", () => {
    const fifo = bash(`mkfifo pipe; cat pipe > got & ${certify} pipe && wait; test -p pipe && cat got`);
    expect([fifo.status, fifo.stderr]).toEqual([0, ""]);
    expect(fifo.stdout).toContain("equihard.certificate/1");
    expect(bash(`${certify} >(cat > sub) > /dev/null; sleep 0.3; cat sub`).stdout).toMatch(schema);
    for (const line of [`${certify} /dev/stdout | cat`, `${certify} /dev/stdout > own; cat own`]) {
      const { stdout } = bash(line);
      expect(stdout).toMatch(schema);
      expect(stdout).toMatch(/\n\}\n[^]*queries/); // the document, then the text for people
    }
  });

  it("never writes an input over, under whatever name; says so before any work", () => {
    const hypergraph = '{"vertices":3,"edges":[[0,1],[1,2],[0,2]]}';
    const edges = '{"n":3,"edges":[[0,1],[1,2]]}';
    writeFileSync(at("h.json"), hypergraph);
    writeFileSync(at("e.json"), edges);
    linkSync(at("h.json"), at("hard.json"));
    symlinkSync("h.json", at("soft.json"));
    const plane = "gnn-hidden-plane --d 4 --k 2 --graph file:e.json --out ./e.json";
    for (const line of [
      ...["h.json", "./h.json", "hard.json", "soft.json"].map((name) => `$E reduce h.json --out ${name}`),
      "$E reduce /dev/stdin --out h.json < h.json",
      `$E certify ${plane}`,
      `$E train ${plane} --steps 1`,
    ]) {
      const { status, stdout, stderr } = bash(line);
      expect([line, status, stdout]).toEqual([line, 2, ""]);
      expect(stderr).toMatch(/^equihard: --out: \S+ is the input file; choose another name\n$/);
    }
    expect([readFileSync(at("h.json"), "utf8"), readFileSync(at("e.json"), "utf8")]).toEqual([hypergraph, edges]);
    expect(bash("$E reduce h.json --out other.json").status).toBe(0); // negative control
  });

  it("refuses what cannot be written, in one line, and leaves nothing half-written", () => {
    writeFileSync(at("before"), "as it was\n");
    const names = readdirSync(dir);
    for (const [line, reason] of [
      [`${certify} /dev/full`, /\/dev\/full: cannot be written: no space left on device \(ENOSPC\)/],
      [`${certify} .`, /--out: \. is a folder/],
      [`${certify} absent/c.json`, /--out: absent\/c.json cannot be written: .*\(ENOENT\); check that absent exists/],
      [`ulimit -f 0; ${certify} before`, /before: cannot be written: file too large \(EFBIG\); make room/],
    ] as const) {
      const { status, stderr } = bash(line);
      expect([line, status, stderr.trimEnd().split("\n").length]).toEqual([line, 2, 1]);
      expect(stderr).toMatch(reason);
    }
    expect([readdirSync(dir), readFileSync(at("before"), "utf8")]).toEqual([names, "as it was\n"]);
  });
}); // prettier-ignore
