/** Standard output and error as shells hand them over: full, closed, limited, slow. All by real processes. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const program = `${process.execPath} ${resolve(import.meta.dirname, "../../bin/equihard")}`;
const dir = mkdtempSync(join(tmpdir(), "streams-"));
const [certificate, altered, members] = ["c.json", "altered.json", "members.json"];

/** A command line; `equihard` in it is the program, its exit code that of the pipeline's first command. */
function shell(line: string) {
  const text = `${line.replaceAll("equihard", program)}\nexit "\${PIPESTATUS[0]}"`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", text], {
    encoding: "utf8",
    cwd: dir,
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  expect(shell(`equihard certify gnn-degree-parity --n 6 --out ${certificate}`).status).toBe(0);
  writeFileSync(
    join(dir, altered),
    readFileSync(join(dir, certificate), "utf8").replace('"rho": 0.5', '"rho": 0.4'),
  );
  const sets = Array.from({ length: 400 }, (_, i) => [0, 1, 2, 3, 4, 5].filter((j) => (i >> j) & 1));
  writeFileSync(join(dir, members), JSON.stringify({ n: 6, edges: "undirected", p: 0.5, members: sets }));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("a full device", () => {
  it.each([certificate, altered])("is neither verdict of verify: one line, exit 2 (%s)", (file) => {
    const { status, stderr } = shell(`equihard verify ${file} > /dev/full`);
    expect(stderr).toBe("equihard: standard output: cannot be written (ENOSPC)\n");
    expect(status).toBe(2);
  });

  it.each(["--help", "--version", "verify --help", "families --json"])("%s", (args) => {
    expect(shell(`equihard ${args} > /dev/full`)).toMatchObject({
      status: 2,
      stderr: "equihard: standard output: cannot be written (ENOSPC)\n",
    });
  });

  it("as standard error hides nothing: result and exit code are those of the command", () => {
    expect(shell(`equihard verify ${certificate} 2> /dev/full`)).toMatchObject({ status: 0 });
    expect(shell(`equihard verify ${altered} 2> /dev/full`)).toMatchObject({ status: 1 });
    expect(shell("equihard verify absent.json 2> /dev/full")).toMatchObject({ status: 2, stdout: "" });
    expect(shell("equihard families > /dev/full 2>&1")).toMatchObject({ status: 2, stdout: "" });
  });
});

it("a file that takes only a part of it", () => {
  const { status, stderr } = shell("(ulimit -f 1; equihard families --json > limited.json)");
  expect([status, stderr]).toEqual([2, "equihard: standard output: cannot be written (EFBIG)\n"]);
});

describe("a reader that leaves", () => {
  it.each([certificate, altered])("is neither verdict of verify: quiet, as a closed pipe ends programs (%s)", (file) => {
    const { status, stderr } = shell(`equihard verify ${file} | exec 0<&-`);
    expect([status, stderr]).toEqual([141, ""]);
  }); // prettier-ignore

  it("in the middle of a document", () => {
    const { status, stdout, stderr } = shell(`equihard gram gnn-degree-parity --members ${members} --json | head -c 1`); // prettier-ignore
    expect([status, stdout, stderr]).toEqual([141, "{", ""]);
  });

  it("of standard error only", () => {
    const { status, stdout } = shell(`{ equihard learn gnn-degree-parity --n 6 --learner parity-class --progress json --json 2>&3 | cat; exit "\${PIPESTATUS[0]}"; } 3> >(exec 0<&-)`); // prettier-ignore
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { schema: "equihard.learn/1" }]);
  });
});

it.each([">&-", "2>&-", ">&- 2>&-"])("closed descriptors: no stack trace, the verdict stays: %s", (closed) => {
  for (const [file, code] of [[certificate, 0], [altered, 1]] as const) {
    const { status, stderr } = shell(`equihard verify ${file} ${closed}`);
    expect([status, stderr]).toEqual([code, ""]);
  }
}); // prettier-ignore

it("a large document reaches a slow reader whole", () => {
  const { status, stdout } = shell(`equihard gram gnn-degree-parity --members ${members} --json | (sleep 1; cat)`); // prettier-ignore
  expect(status).toBe(0);
  expect(stdout.length).toBeGreaterThan(2 ** 19);
  expect((JSON.parse(stdout) as { gram: number[][] }).gram).toHaveLength(400);
});
