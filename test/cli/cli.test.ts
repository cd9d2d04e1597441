/** The program as a user runs it: exit codes, one-line complaints, documents. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lazy } from "../../src/base/lazy.ts";
import { commands } from "../../src/cli/main.ts";
import { sharesByAngles } from "../../src/family/plane/shares-recounted.ts";
import { inOneProcess, programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-cli-"));
afterAll(() => rmSync(dir, { recursive: true }));

const equihard = programIn(dir);
beforeAll(() => void equihard("--version")); // builds what is stale

const document = (...args: string[]): Record<string, never> => {
  const { status, stdout, stderr } = equihard(...args, "--json");
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return JSON.parse(stdout) as Record<string, never>;
};

describe("help", () => {
  it("is quick and complete", () => {
    const { status, stdout } = equihard("--help");
    expect(status).toBe(0);
    for (const c of ["certify", "verify", "train", "learn", "reproduce", "doctor"])
      expect(stdout).toContain(c);
    expect(equihard("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const names = Object.keys(commands);
    const helps = inOneProcess(
      dir,
      names.map((name) => [name, "--help"]),
    );
    for (const [at, help] of helps.entries()) {
      expect([names[at], help.status, help.stderr]).toEqual([names[at], 0, ""]);
      expect(help.stdout).toContain("Example:");
    }
  });
});

describe("bad input: one line, exit 2, nothing written", () => {
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["frobnicate"], /unknown command/],
    [["certfy"], /did you mean "certify"/],
    [["certify", "gnn-degree-party", "--n", "6"], /did you mean "gnn-degree-parity"/],
    [["certify", "gnn-degree-parity"], /--n: missing/],
    [["certify", "gnn-degree-parity", "--n", "0"], /--n: 0 is too small; allowed: an integer 3 to 10000/],
    [["certify", "gnn-degree-parity", "--n", "1e9"], /--n: 1000000000 is too large/],
    [["certify", "gnn-degree-parity", "--n", "NaN"], /--n: "NaN" does not fit/],
    [["certify", "gnn-degree-parity", "--n", "6.5"], /--n: 6.5 does not fit/],
    [["certify", "gnn-degree-parity", "--n", "6", "--p", "2"], /--p: 2 is too large/],
    [["certify", "gnn-degree-parity", "--n", "6", "--tau", "-1"], /--tau/],
    [
      ["certify", "gnn-degree-parity", "--n", "6", "--notion", "sda"],
      /--notion: "sda" is no notion; allowed: spectral/,
    ],
    [["certify", "gnn-degree-parity", "--n", "6", "--notion", "vstat:x"], /--notion: "x" is not a number/],
    [["certify", "gnn-degree-parity", "--n", "6", "--nn", "6"], /unknown option '--nn'.*did you mean "--n"/],
    [["certify", "gnn-degree-parity", "--n", "6", "--out", "/nowhere/c.json"], /--out: .* cannot be written/],
    [["train", "gnn-degree-parity", "--n", "6", "--degrees", "9"], /--degrees: 9 is no degree/],
    [["train", "gnn-degree-parity", "--n", "6", "--degrees", "1,x"], /--degrees: "x" does not fit/],
    [
      ["train", "./own.mjs"],
      /family: .\/own.mjs is a program, which no command loads; .*docs\/your-own-family.md/,
    ],
    [["train", "gnn-degree-parity", "--n", "6", "--optimizer", "lion"], /--optimizer: "lion" is unknown/],
    [["train", "gnn-degree-parity", "--n", "6", "--seed", "-1"], /--seed/],
    [["signal", "gnn-hidden-plane", "--n", "1", "--d", "8", "--k", "3"], /--k: 3 is odd/],
    [
      ["signal", "gnn-hidden-plane", "--n", "1", "--d", "8", "--k", "4", "--student", "mlp", "--pool", "sum"],
      /--pool: not read/,
    ],
    [["learn", "gnn-degree-parity", "--n", "6"], /--learner: missing/],
    [["verify", "absent.json"], /absent.json: no such file/],
    [["budget", "absent.json", "--steps", "10"], /--parameters: missing/],
    [
      ["play", "gnn-degree-parity", "--n", "12", "--strategy", "luck"],
      /--strategy: "luck" is unknown; allowed: gradient, random/,
    ],
    [["play", "gnn-degree-parity", "--n", "20"], /2\^18 functions, too many to list; allowed: .*n up to 16/],
    [["play", "gnn-degree-parity", "--n", "8", "--tau", "0"], /--tau: 0 is too small/],
    [["reduce", "absent.json"], /absent.json: no such file/],
    [["reduce"], /reduce: no file named/],
    [
      ["reduce", "absent.json", "--graphs", "rings"],
      /--graphs: "rings" is unknown; allowed: stars, self-loops/,
    ],
    [["reproduce", "--scale", "huge"], /--scale: "huge" is unknown; allowed: quick, laptop, paper/],
    [["reproduce", "--workers", "0"], /--workers/],
    [["matrix", "--samples", "0"], /--samples: .*1000/],
    [["matrix", "--families", "gnn"], /--families: "gnn" is unknown/],
  ];
  const outcomes = lazy(() =>
    inOneProcess(
      dir,
      refused.map(([args]) => args),
    ),
  );

  it.each(refused.map(([args, message], at) => [args, message, at] as const))("%j", (_, message, at) => {
    const { status, stdout, stderr } = outcomes()[at];
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  });

  it("the same in a process of its own", () => {
    const [args] = refused[3];
    expect(equihard(...args)).toEqual(outcomes()[3]);
  });

  it("a file that is no certificate", () => {
    const texts = ["{", "[]", '{"schema":"other"}', "null"];
    for (const [i, text] of texts.entries()) writeFileSync(join(dir, `bad-${i}.json`), text);
    const verified = inOneProcess(
      dir,
      texts.map((_, i) => ["verify", `bad-${i}.json`]),
    );
    for (const [i, { status, stderr }] of verified.entries())
      expect([texts[i], status, stderr.trimEnd().split("\n").length]).toEqual([texts[i], 2, 1]);
  });
});

describe("certify, verify, budget, gram", () => {
  it("a certificate verifies; an altered one does not", () => {
    const file = join(dir, "c.json");
    const c = document("certify", "gnn-degree-parity", "--n", "7", "--out", file) as unknown as { evidence: { maxParityVectorProbability: number }; dimension: { spectral: number } }; // prettier-ignore
    expect(c.evidence.maxParityVectorProbability).toBeCloseTo(0.16548919677734375, 12);
    expect(equihard("verify", file).status).toBe(0);
    const budget = document("budget", file, "--steps", "100", "--parameters", "1000", "--batch", "256");
    expect(budget["schema"]).toBe("equihard.budget/1");
    const altered = readFileSync(file, "utf8").replace(/"spectral": ([\d.]+)/, (_, x) => `"spectral": ${Number(x) + 1}`);
    writeFileSync(file, altered);
    const { status, stdout } = equihard("verify", file, "--json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "equihard.verification/1", valid: false });
    const held = equihard("budget", file, "--steps", "100", "--parameters", "1000", "--json");
    expect(held.status).toBe(1);
    expect(JSON.parse(held.stdout)).toMatchObject({ schema: "equihard.verification/1", valid: false });
  }); // prettier-ignore

  it("another notion of size is part of the document, and verifies", () => {
    const file = join(dir, "notion.json");
    const args = [
      "certify",
      "frame-parity",
      "--group",
      "cyclic:12",
      "--k",
      "4",
      "--notion",
      "sda:0.1",
      "--out",
      file,
    ];
    const { notions } = document(...args) as unknown as { notions: { notion: string; value: number }[] };
    expect(notions.filter(({ notion }) => notion === "sda:0.1").map(({ value }) => value)).toEqual([4, 4]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toHaveProperty("notions", notions);
    expect(equihard("verify", file).status).toBe(0);
    writeFileSync(file, readFileSync(file, "utf8").replace(/"value": 4,/, '"value": 5,'));
    expect(equihard("verify", file)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("FAIL notions") as string,
    });
  });

  it("signal gives the closed form with its bound, and says what it is", () => {
    const args = ["signal", "gnn-hidden-plane", "--n", "1", "--d", "8", "--k", "4"];
    const d = document(...args);
    expect(d).toMatchObject({ schema: "equihard.signal/1", family: { id: "gnn-hidden-plane" }, student: "gnn", standardError: 0, method: "exact" }); // prettier-ignore
    // degree 4 holds .663 of the norm, in 294 dimensions
    expect(d["bound"]).toBeCloseTo(sharesByAngles(8, 4, 4).shares[4] / 294, 9);
    expect(d["phi"]).toBeGreaterThan(2.5e-5);
    expect(d["phi"]).toBeLessThan(7.3e-5);
    expect(equihard(...args).stdout).toMatch(/exact at these weights, A\/B = /);
  });

  it("gram gives raw inner products", () => {
    const file = join(dir, "members.json");
    writeFileSync(file, JSON.stringify({ n: 6, edges: "undirected", p: 0.5, members: [[1, 2], [1, 2], [0, 1, 2, 3, 4, 5], [1, 3, 5]] })); // prettier-ignore
    const g = document("gram", "gnn-degree-parity", "--members", file) as unknown as { schema: string; gram: number[][] };
    expect(g.schema).toBe("equihard.gram/1");
    expect(g.gram[0][1]).toBeCloseTo(1, 12);
    expect(g.gram[2][3]).toBeCloseTo(1, 12);
  }); // prettier-ignore
});

describe("play", () => {
  it("reports survivors against the certified line", () => {
    const args = ["play", "gnn-degree-parity", "--n", "6", "--tau", "0.3", "--queries", "20", "--population", "2000", "--strategy", "greedy"]; // prettier-ignore
    const p = document(...args, "--quiet") as unknown as { schema: string; functions: number; runs: { survivors: number }[] }; // prettier-ignore
    expect(p).toMatchObject({ schema: "equihard.play/1", functions: 16 });
    expect(p.runs[0].survivors).toBeLessThan(16);
    expect(equihard(...args).stdout).toMatch(/greedy +0 +16 +16/);
  });

  it("plays the lab's world too, by the questions of its link", () => {
    const args = ["play", "signs", "--bits", "4", "--tau", "0.3", "--asked", "1.23"];
    const game = document(...args) as unknown as { schema: string; left: { asked: number; alive: number[] }[] };
    expect(game.schema).toBe("equihard.play-signs/1");
    expect(game.left.map(({ asked, alive }) => [asked, alive.length])).toEqual([[0, 16], [1, 15], [2, 13]]); // prettier-ignore
    expect(equihard(...args).stdout).toMatch(/1 +15 {2}x₁\n +2 +13 {2}x₂ x₁x₂/);
    for (const [asked, message] of [["1.z", /--asked: "1.z" does not fit/], ["1.g", /beyond the 16 of 4 signs/]] as const)
      expect(equihard(...args.slice(0, -1), asked)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
  }); // prettier-ignore
});

describe("reduce", () => {
  it("answers, and writes the labelled graphs", () => {
    const [file, out] = [join(dir, "hypergraph.txt"), join(dir, "graphs.json")];
    writeFileSync(file, "c two triangles\np hyper 4 2\n1 2 3 0\n2 3 4 0\n");
    const r = document("reduce", file, "--out", out) as unknown as { schema: string; fittable: boolean; colouring: number[]; network: { units: unknown[] } }; // prettier-ignore
    expect(r).toMatchObject({ schema: "equihard.reduce/1", fittable: true });
    expect([r.colouring.length, r.network.units.length]).toEqual([4, 2]);
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ features: 4, graphs: { length: 7 } });
    writeFileSync(file, '{"vertices":3,"edges":[[0,1],[1,2],[0,2]]}');
    const { status, stdout } = equihard("reduce", file);
    expect(status).toBe(0);
    expect(stdout).toContain("not fittable");
  });
});

describe("train and learn", () => {
  it("--seed fixes the run, and the document has the contract's fields", () => {
    const args = ["train", "gnn-degree-parity", "--n", "6", "--steps", "60", "--batch", "64", "--width", "16"];
    const [a, b] = [document(...args), document(...args)] as Record<string, unknown>[];
    for (const key of ["schema", "family", "instance", "easy", "steps", "batch", "weights", "final", "curve"])
      expect(a[key]).toEqual(b[key]);
    expect(a["stepsPerSecond"]).toBeGreaterThan(0);
    const curve = a["curve"] as { step: number }[];
    expect([curve[0].step, curve[curve.length - 1].step]).toEqual([0, 60]);
    expect(Object.keys(a["final"] as object).sort()).toEqual(["accuracy", "baselineAccuracy", "baselineLoss", "correlation", "explainedVariance", "loss", "objective", "standardError", "testSamples"].sort());
  }); // prettier-ignore

  it("a training that diverges is an observation: a whole document, exit 0", () => {
    const args = ["train", "gnn-degree-parity", "--n", "8", "--steps", "60", "--optimizer", "sgd", "--lr", "100"];
    const t = document(...args, "--quiet") as unknown as { stopped: string; final: object; curve: { loss: number | null }[] };
    expect(t).toMatchObject({ stopped: "diverged", final: { loss: null, accuracy: null, testSamples: 20_000 } });
    expect([t.curve[0].loss, t.curve[t.curve.length - 1].loss]).toEqual([expect.any(Number), null]);
    const { status, stdout } = equihard(...args, "--quiet");
    expect([status, stdout]).toEqual([0, expect.stringMatching(/diverged: .* by step \d+[\s\S]*lower --lr than 100/)]);
  }); // prettier-ignore

  it("a sum-pooled teacher has loss exactly 0 and keeps it under Adam", () => {
    const t = document("train", "gnn-degree-parity", "--n", "15", "--init", "teacher", "--pool", "sum", "--steps", "50") as unknown as { final: { loss: number; accuracy: number }; curve: { loss: number }[] }; // prettier-ignore
    expect(t.final).toMatchObject({ loss: 0, accuracy: 1 });
    expect(t.curve.every((p) => p.loss === 0)).toBe(true);
  });

  it("the escapes succeed", () => {
    const f2 = document("learn", "gnn-degree-parity", "--n", "12", "--learner", "f2-elimination") as unknown as { schema: string; final: { accuracy: number } }; // prettier-ignore
    expect(f2.schema).toBe("equihard.learn/1");
    expect(f2.final.accuracy).toBeGreaterThan(0.99);
    const pc = document("learn", "gnn-degree-parity", "--n", "10", "--learner", "parity-class") as unknown as { exact: boolean; queries: number }; // prettier-ignore
    expect(pc).toMatchObject({ exact: true, queries: 9 });
  });

  it("nothing is left behind by refused output", () => {
    expect(existsSync("/nowhere")).toBe(false);
  });
});
