/** Files that parameters name: the same rule in every command, paths as long as the system takes, names with anything in. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { factorial } from "../../src/symmetry/cycle-index.ts";
import { wreathOfPairs } from "../symmetry/cycles.ts";
import { programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-files-"));
afterAll(() => rmSync(dir, { recursive: true }));

const run = programIn(dir);
const write = (name: string, value: unknown): string => {
  mkdirSync(dirname(join(dir, name)), { recursive: true });
  writeFileSync(join(dir, name), JSON.stringify(value));
  return name;
};
const turn = { degree: 6, generators: [[1, 2, 3, 4, 5, 0]] };

describe("files in parameters", () => {
  it("gram takes the groups that certify takes, by the same rule: relative to the working folder", () => {
    const group = `file:${write("groups/turnxcyclic:6.json", turn)}`;
    const certificate = JSON.parse(run("certify", "frame-parity", "--group", group, "--k", "2", "--json").stdout);
    expect(certificate.functions.count).toBe("3");
    const members = { k: 2, members: [[0, 1], [2, 3], [0, 2]] }; // prettier-ignore
    const gram = (name: string) => {
      const { status, stdout } = run("gram", "frame-parity", "--members", write("members/m.json", { group: name, ...members }), "--json");
      expect(status).toBe(0);
      return JSON.parse(stdout).gram as number[][];
    };
    expect(gram(group)).toEqual(gram("cyclic:6"));
    const { status, stderr } = run("gram", "frame-parity", "--members", write("members/m.json", { group: "file:absent.json", ...members }));
    expect([status, stderr]).toEqual([2, "equihard: absent.json: no such file\n"]);
  }); // prettier-ignore

  it("groups shows how far it is with a large group", () => {
    const group = write("wreath.json", { degree: 120, generators: wreathOfPairs(60).map((g) => Array.from(g)) });
    const { stdout, stderr } = run("groups", `file:${group}`, "--json", "--progress", "json");
    expect(JSON.parse(stdout).order).toBe(`${2n ** 60n * factorial(60)}`);
    const events = stderr.trimEnd().split("\n").map((line) => JSON.parse(line) as { event: string; text: string });
    expect(events.every((e) => e.event === "progress")).toBe(true);
    expect(events.some((e) => e.text.startsWith("proving the stabiliser chain"))).toBe(true);
  }); // prettier-ignore

  it("a graph's path may be as long as the system takes, and longer is said in one line", () => {
    const long = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(60)).join("/");
    const graph = write(`${long}/graph.json`, { n: 3, edges: [[0, 1], [1, 2]] }); // prettier-ignore
    const certify = (path: string) => run("certify", "gnn-hidden-plane", "--graph", `file:${path}`, "--d", "6", "--k", "4", "--json");
    expect(JSON.parse(certify(graph).stdout).family.params).toMatchObject({ n: 3, graph: { edges: [[0, 1], [1, 2]] } });
    const { status, stderr } = certify("x/".repeat(3000));
    expect([status, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
    expect(stderr).toMatch(/cannot be read: name too long \(ENAMETOOLONG\)/);
  }); // prettier-ignore
});
