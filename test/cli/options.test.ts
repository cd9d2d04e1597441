/** Options wherever they stand, empty, repeated, and those that nobody reads. Refusals run in this process: one a row. */

import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printJson } from "../../src/base/json.ts";
import { certify } from "../../src/family/certify.ts";
import { matrixScales } from "../../src/study/matrix/plan.ts";
import { programIn } from "./program.ts";

const dir = mkdtempSync(join(tmpdir(), "options-"));
const certificate = join(dir, "c.json");
beforeAll(async () => writeFileSync(certificate, printJson(await certify("gnn-degree-parity", { n: 6 }))));
afterAll(() => rmSync(dir, { recursive: true }));

const equihard = programIn(dir);

async function refusal(command: string, ...args: string[]): Promise<string> {
  const { run } = (await import(`../../src/cli/${command}.ts`)) as {
    run: (args: string[]) => Promise<number>;
  };
  return run(args).then(
    (code) => `exit ${code}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

const [parity, sizes] = ["gnn-degree-parity", ["--n", "6"]];

describe("refused in one line", () => {
  it.each([
    ["empty", ["train", parity, ...sizes, "--out="], /^--out: its value is empty$/],
    ["empty", ["train", parity, ...sizes, "--seed="], /^--seed: its value is empty$/],
    ["empty", ["train", parity, ...sizes, "--degrees", " "], /^--degrees: its value is empty$/],
    ["empty", ["certify", parity, "--out", ""], /^--out: its value is empty$/],
    ["empty", ["reproduce", "--out="], /^--out: its value is empty$/],
    ["empty", ["reproduce", "--workers="], /^--workers: its value is empty$/],
    ["empty", ["matrix", "--families", ""], /^--families: its value is empty$/],
    ["empty", ["certify", "custom", "--labels", ""], /^--labels: its value is empty$/],
    ["empty", ["verify", ""], /^verify: an argument is empty$/],
    [
      "an option for a value",
      ["train", parity, ...sizes, "--out", "--json"],
      /^--out: no value, but the option --json$/,
    ],
    [
      "two lists",
      ["matrix", "--families", "frame-parity", "--families", "x"],
      /^--families: given twice; .* commas$/,
    ],
    ["unknown", ["matrix", "--families", "frame-party"], /^--families: .*did you mean "frame-parity"\?$/],
    ["no family", ["certify"], /^certify: no family named; see 'equihard families'$/],
    ["no family", ["train", "--steps", "10"], /^train: no family named/],
    [
      "unknown before FAMILY",
      ["certify", "--nn", "6", parity],
      /^unknown option '--nn'; did you mean "--n"\?$/,
    ],
    [
      "unknown FAMILY after",
      ["certify", "--n", "6", "gnn-degree-party"],
      /did you mean "gnn-degree-parity"\?$/,
    ],
    [
      "an option of another family",
      ["certify", "--terms", "3", parity, ...sizes],
      /^unknown option '--terms'/,
    ],
    [
      "custom after its options",
      ["certify", "--labels", "absent.npz", "custom"],
      /^absent.npz: no such file$/,
    ],
    [
      "not read",
      ["certify", parity, ...sizes, "--samples", "1000"],
      /^--samples: not read by .*; allowed: --exact$/,
    ],
    [
      "not read",
      ["certify", "frame-parity", "--group", "cyclic:8", "--k", "4", "--exact"],
      /^--exact: not read/,
    ],
    ["not read", ["train", "invariant-polynomial", "--layers", "3"], /^--layers: not read by the student polynomial; allowed: --width$/], // prettier-ignore
    [
      "not read",
      ["train", parity, ...sizes, "--student", "mlp", "--pool", "mean"],
      /^--pool: not read by the student mlp/,
    ],
    ["not read", ["learn", parity, ...sizes, "--learner", "parity-class", "--noise", "0"], /^--noise: not read by parity-class; allowed: --tau$/], // prettier-ignore
    ["not read", ["play", parity, ...sizes, "--strategy", "random", "--width", "4"], /^--width: not read by the strategy random$/], // prettier-ignore
  ])("%s: %j", async (_kind, [command, ...args], message) => {
    const text = await refusal(command, ...args);
    expect(text).toMatch(/^InputError: [^\n]+$/);
    expect(text.replace("InputError: ", "")).toMatch(message);
  });

  it("labels' axis where there are no labels", async () => {
    expect(await refusal("verify", certificate, "--functions", "rows")).toBe(
      "InputError: --functions: not read by a check without labels; allowed: --labels",
    );
  });

  it("with exit code 2, and before the command with the reason", () => {
    expect(equihard("--json", "families")).toEqual({
      status: 2,
      stdout: "",
      stderr: "equihard: --json: stands before the command; options follow it: equihard families --json\n",
    });
    expect(equihard("train", parity, ...sizes, "--out=").status).toBe(2);
  });
});

describe("options before FAMILY", () => {
  const document = (...args: string[]): unknown => {
    const { status, stdout, stderr } = equihard(...args);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    return JSON.parse(stdout);
  };

  it("give the same certificate", () => {
    const after = document("certify", parity, ...sizes, "--json");
    expect(document("certify", ...sizes, parity, "--json")).toEqual(after);
    expect(document("certify", "--json", "--seed=0", "--exact", "--tau", "0.0625", parity, "--n=6")).toEqual(
      after,
    );
  });

  it("in the other family commands, and with help", () => {
    expect(
      document("learn", "--learner", "parity-class", ...sizes, "--json", parity, "--easy"),
    ).toMatchObject({
      learner: "parity-class",
      easy: true,
    });
    expect(document("train", "--steps", "2", "--json", ...sizes, "--steps=3", parity)).toMatchObject({
      steps: 3,
    });
    const own = ["--group", "cyclic:8", "--k", "4", "--population", "500"];
    expect(document("play", "--count", "4", "--strategy", "random", "--queries=3", "frame-parity", ...own, "--json")).toMatchObject({ functions: 4 }); // prettier-ignore
    expect(equihard("train", "--help", "invariant-polynomial").stdout).toMatch(
      /--variables[^]*polynomial +--width\n/,
    );
    expect(equihard("help", "gram").stdout).toMatch(/equihard gram/);
  });

  it("says of a matrix what its scales are", () => {
    const { quick, laptop, paper } = matrixScales;
    expect([laptop.samples, laptop.seeds]).toEqual([quick.samples, quick.seeds]);
    const [few, many] = [quick, paper].map(({ samples }) => samples.toLocaleString("en"));
    expect(equihard("matrix", "--help").stdout.replaceAll(/\s+/g, " ")).toContain(
      `${few} samples and ${quick.seeds} seed, of paper ${many} and ${paper.seeds};`,
    );
  });
});

it("listings name what is read", () => {
  const { learners } = JSON.parse(equihard("learners", "parity-class", "--json").stdout) as {
    learners: unknown[];
  };
  expect(learners).toMatchObject([{ id: "parity-class", options: ["tau"] }]);
  expect(JSON.parse(equihard("families", "invariant-polynomial", "--json").stdout)).toMatchObject({
    students: [
      { id: "polynomial", options: ["width"] },
      { id: "mlp" },
      { id: "gram-schmidt" },
      { id: "oriented-gram-schmidt" },
      { id: "plain-mlp" },
    ],
  });
});
