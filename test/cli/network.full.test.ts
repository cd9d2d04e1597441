/** `certify network` as a user runs it. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lazy } from "../../src/base/lazy.ts";
import { writeNpz } from "../../src/interop/npz.ts";
import { inOneProcess, programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-network-"));
afterAll(() => rmSync(dir, { recursive: true }));

const equihard = programIn(dir);

describe("certify network", () => {
  it("finds members, writes them into the certificate, and verify confirms it", () => {
    const sizes = [
      "--n",
      "4",
      "--d",
      "6",
      "--graph",
      "path",
      "--width",
      "4",
      "--members",
      "24",
      "--steps",
      "150",
    ];
    const made = equihard("certify", "network", ...sizes, "--out", "c.json", "--json", "--quiet");
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: "" });
    const certificate = JSON.parse(made.stdout) as { family: object; search: { start: number; end: number } };
    expect(certificate.family).toEqual({
      id: "network",
      params: {
        student: "gnn",
        law: "gaussian",
        n: 4,
        graph: "path",
        d: 6,
        layers: 1,
        width: 4,
        members: 24,
      },
    });
    expect(certificate.search.end).toBeGreaterThan(3 * certificate.search.start);
    const checked = equihard("verify", "c.json", "--json", "--quiet");
    expect(checked.status, checked.stdout).toBe(0);
    const forged = readFileSync(join(dir, "c.json"), "utf8").replace(/"members": "..../, '"members": "AACA');
    writeFileSync(join(dir, "forged.json"), forged);
    expect(equihard("verify", "forged.json", "--quiet").status).toBe(1);
    const text = equihard("certify", "network", ...sizes, "--quiet").stdout;
    expect(text).toMatch(
      /^network: the 24 networks listed, sums of 4 relus without biases over the neighbours' sum/,
    );
    expect(text).toContain("`train` draws no targets from these functions.");
  });

  it("certifies deep networks from samples, and verify draws its own", () => {
    const sizes = [
      "--student",
      "gin",
      "--n",
      "3",
      "--d",
      "2",
      "--graph",
      "cycle",
      "--width",
      "4",
      "--members",
      "6",
    ];
    const options = ["--steps", "80", "--samples", "10000", "--quiet"];
    const { stdout, status } = equihard("certify", "network", ...sizes, ...options, "--out", "deep.json");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^network: the 6 networks listed, gin of 1 hidden layer of 4 relus with biases on 2/,
    );
    expect(stdout).toContain("(with confidence 0.999999)");
    const checked = equihard("verify", "deep.json", "--quiet");
    expect(checked.stdout).toMatch(
      /^valid \(sampled\): Lipschitz constants from the weights, .* 40000 fresh inputs/,
    );
    const refused = equihard("certify", "network", "--student", "gin", "--restarts", "3");
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringMatching(/--restarts/)]);
    const listed = equihard("certify", "network", "--law", "cube", "--n", "4", "--samples", "500");
    expect([listed.status, listed.stderr]).toEqual([2, expect.stringMatching(/--samples/)]);
  });

  it("searches deep networks on inputs of one's own, and verify reads their values", async () => {
    const data = Float32Array.from({ length: 300 * 8 }, (_, at) => Math.sin(at * at));
    writeFileSync(join(dir, "inputs.npz"), await writeNpz({ X: { shape: [300, 4, 2], data } }));
    const options = ["--law", "file:inputs.npz", "--graph", "cycle", "--members", "10", "--steps", "20"];
    const files = ["--values", "values.npz", "--out", "deep.json"];
    const made = equihard("certify", "network", ...options, ...files, "--quiet");
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: "" });
    expect(made.stdout).toMatch(
      /^custom: the 10 functions given, .* under the uniform law on the inputs given/,
    );
    expect(made.stdout).toMatch(/The search raised the dimension from/);
    expect(equihard("verify", "deep.json", "--labels", "values.npz", "--quiet").status).toBe(0);
    expect(equihard("verify", "deep.json", "--quiet").status).toBe(1);
    const without = equihard("certify", "network", ...options);
    expect([without.status, without.stderr]).toEqual([2, expect.stringMatching(/--values: missing/)]);
  });

  it("lists all inputs of the cube, and all graphs, where they are few", () => {
    const cube = [
      "--law",
      "cube",
      "--student",
      "group-linear",
      "--group",
      "cyclic:6",
      "--members",
      "8",
      "--steps",
      "5",
    ];
    const made = equihard(
      "certify",
      "network",
      ...cube,
      "--values",
      "cube.npz",
      "--out",
      "cube.json",
      "--quiet",
    );
    expect([made.status, made.stderr]).toEqual([0, ""]);
    expect(made.stdout).toContain("They are all vectors of 6 signs: the law is the cube's.");
    expect(equihard("verify", "cube.json", "--labels", "cube.npz", "--quiet").status).toBe(0);
    const graphs = [
      "--law",
      "erdos-renyi:0.5",
      "--n",
      "4",
      "--members",
      "6",
      "--steps",
      "5",
      "--values",
      "graphs.npz",
    ];
    expect(equihard("certify", "network", ...graphs, "--quiet").stdout).toContain(
      "They are all graphs on 4 nodes",
    );
    graphs[1] = "erdos-renyi:0.3";
    expect(equihard("certify", "network", ...graphs, "--out", "g.json", "--quiet").stdout).toContain(
      "products under the uniform law are those under this one",
    );
    expect(equihard("verify", "g.json", "--labels", "graphs.npz", "--quiet").status).toBe(0);
  });

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["--student", "cnn"], /--student: "cnn" is unknown; allowed: gnn, gin, mlp/],
    [["--student", "mlp", "--graph", "path"], /--graph: not read by a mlp/],
    [["--members", "1"], /--members: 1 is too small/],
    [
      ["--law", "cauchy"],
      /--law: "cauchy" is unknown; allowed: gaussian, cube, erdos-renyi:P, file:inputs.npz/,
    ],
    [["--law", "cube", "--student", "mlp", "--d", "20"], /2\^20 inputs; allowed: at most 2\^15/],
    [["--law", "erdos-renyi:1"], /allowed: erdos-renyi:P, P above 0 and below 1/],
    [["--steps", "-1"], /--steps: -1 is too small/],
    [["--student", "group-linear", "--group", "cyclic:0"], /cyclic:0/],
    [["--absolute"], /unknown option '--absolute'/],
    [["--members", "2000", "--width", "16"], /about .* add --yes/],
  ];
  const outcomes = lazy(() =>
    inOneProcess(
      dir,
      refused.map(([options]) => ["certify", "network", ...options]),
    ),
  );
  it.each(refused.map((each, at) => [...each, at] as const))("refuses %j in one line", (_, message, at) => {
    const { status, stdout, stderr } = outcomes()[at];
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
