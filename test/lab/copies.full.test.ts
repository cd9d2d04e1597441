/** What a room gives to take along: its command lines run as they are, and give the numbers that the page shows. */

import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labFamilies } from "../../lab/families.ts";
import { parities, labelled, type Example } from "../../lab/room/own/examples.ts";
import { bandsOf, rowsOf, type Band } from "../../lab/room/results/rows.ts";
import { chromiumPath, fragment, launch, missing, openPage, serveLab, type Served } from "./served.ts";

const program = resolve(import.meta.dirname, "../../bin/equihard");
const folder = mkdtempSync(join(tmpdir(), "equihard-copies-"));
let served: Served;
let browser: Browser;
beforeAll(async () => {
  served = await serveLab();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  served?.end();
  rmSync(folder, { recursive: true });
});

type Document = Readonly<Record<string, unknown>>;

const shell = promisify(execFile);

/** Runs command lines as a shell does, in one folder; what those of the program, together at the end, print with --json. */
async function documentsOf(lines: string): Promise<Document[]> {
  const env = { ...process.env, NODE: process.execPath, PROGRAM: program };
  const typed = (line: string) =>
    shell("bash", ["-c", line], { cwd: folder, env, maxBuffer: 2 ** 28 }).then(({ stdout }) => stdout);
  const all = lines.split("\n");
  for (const line of all) if (!line.startsWith("equihard ")) await typed(line);
  const own = all
    .filter((line) => line.startsWith("equihard "))
    .map((line) => line.slice("equihard ".length));
  return Promise.all(
    own.map(async (rest) => JSON.parse(await typed(`"$NODE" "$PROGRAM" ${rest} --json --quiet`)) as Document),
  );
}

async function copied(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: `Copy ${name}`, exact: true }).click();
  return page.getByLabel("What was copied").inputValue();
}

/** Opens a room, begins, waits for its note, and takes along what there is. */
async function taken(
  room: string,
  settings: object,
  done: RegExp,
  begin: (page: Page) => Promise<void> = () => Promise.resolve(),
) {
  const { page, complaints } = await openPage(browser);
  await page.goto(served.url + fragment(room, settings));
  await begin(page);
  await page.waitForFunction(
    ([source]) => new RegExp(source).test(document.querySelector(".note")?.textContent ?? ""),
    [done.source],
  );
  const [lines, json, svg] = [
    await copied(page, "command line"),
    JSON.parse(await copied(page, "JSON")) as Document,
    await copied(page, "SVG"),
  ];
  const drawn = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return parsed.querySelector("parsererror") === null && parsed.documentElement.childElementCount > 0;
  }, svg);
  expect(drawn).toBe(true);
  expect(complaints).toEqual([]);
  await page.close();
  return { documents: await documentsOf(lines), json };
}

interface Point {
  readonly step: number;
  readonly loss: number | null;
  readonly explained: number | null;
}
interface Learned {
  readonly final: { readonly explainedVariance: number | null };
  readonly main?: { readonly curve: readonly { step: number; explainedVariance: number | null }[] };
}

type Rows = readonly (readonly (number | null)[])[];

/** To eleven digits: engines differ in the last bit of `Math.exp` and others, by which labels are made. */
function alike(page: Rows, program: Rows): void {
  const shape = (rows: Rows) => rows.map((row) => row.map((x) => x === null));
  expect(shape(page)).toEqual(shape(program));
  for (const [i, row] of page.entries())
    for (const [j, x] of row.entries()) {
      const [a, b] = [x ?? 0, program[i][j] ?? 0];
      expect(Math.abs(a - b), `${a} and ${b}`).toBeLessThanOrEqual(1e-11 * Math.abs(b));
    }
}

const small = { steps: 100, width: 8, batch: 32, seed: 3 };
const sizes: Readonly<Record<string, object>> = {
  "gnn-hidden-plane": { n: 3, d: 6, k: "2" },
  "cnn-hidden-plane": { size: 6, k: "2" },
  "frame-parity": { size: 6, k: "2" },
  "gnn-degree-parity": { n: 6 },
  "invariant-polynomial": { variables: 6, degree: 2 },
};
/** Every family with its own student, and every other student once. */
const students = Object.entries(labFamilies).flatMap(([family, of]) =>
  Object.keys(of.students).map((student, i) => ({ family, student, own: i === 0 })),
);
const trained = students
  .filter((s, at) => s.own || students.findIndex(({ student }) => student === s.student) === at)
  .map(({ family, student }) => [family, student] as const);

describe.skipIf(missing(chromiumPath))("what is copied from the lab", () => {
  it.each(trained)("train: %s, %s", async (family, student) => {
    const settings = { family, student, ...sizes[family], ...small };
    const { documents, json } = await taken("train", settings, /Easy twin (not )?learned/, (page) =>
      page.getByRole("button", { name: "Play" }).click(),
    );
    const traces = json["traces"] as { run: string; points: Point[] }[];
    expect(documents).toHaveLength(traces.length);
    for (const [i, { run, points }] of traces.entries()) {
      if (run === "square") {
        const { main } = documents[i] as unknown as Learned;
        const of = points.filter((p) => main?.curve.some(({ step }) => step === p.step));
        const own = of.slice(-(main?.curve.length ?? 0)).map((p) => [p.step, p.explained]);
        alike(own, main?.curve.map((p) => [p.step, p.explainedVariance]) ?? []);
      } else {
        const { curve } = documents[i] as unknown as { curve: Point[] };
        alike(
          points.map((p) => [p.step, p.loss]),
          curve.map((p) => [p.step, p.loss]),
        );
      }
    }
  });

  it.each([{}, { family: "frame-parity", most: 12 }])("transition: %j", async (settings) => {
    const short = { most: 16, steps: 100, width: 16, order: "2", ...settings };
    const { documents, json } = await taken("transition", short, /^Learned/);
    const tried = json["tried"] as { explained: number }[];
    const ended = documents.map((d) => (d as unknown as Learned).final.explainedVariance ?? 0);
    alike([ended.sort()], [tried.map((t) => t.explained).sort()]);
  });

  it.each([{ asked: "12.34" }, { by: "gradient", bits: "4" }])("adversary: %j", async (settings) => {
    const done = settings.by === undefined ? /asked 2 / : /asked 600 /;
    const { documents, json } = await taken("adversary", settings, done);
    expect(documents[0]["left"]).toEqual(json["left"]);
  });

  it.each([
    { count: 8, size: 8 },
    { family: "gnn-hidden-plane", count: 6 },
    { family: "gnn-degree-parity", n: "6", count: 6 },
  ])("gram: %j", async (settings) => {
    const { documents, json } = await taken("gram", settings, /correlations exact|From samples/);
    const { gram, names, ladder } = json["facts"] as {
      gram: number[];
      names: string[];
      ladder: { dimension: unknown }[];
    };
    const [first, ...rungs] = documents as unknown as [
      { gram: number[][] },
      ...{ dimension: { spectral: unknown } }[],
    ];
    const scaled = first.gram.flatMap((row, i) =>
      row.map((x, j) => x / (Math.sqrt(row[i]) * Math.sqrt(first.gram[j][j]))),
    );
    expect(scaled).toHaveLength(names.length ** 2);
    expect(Math.max(...scaled.map((x, at) => Math.abs(x - gram[at])))).toBeLessThan(1e-12);
    expect(rungs.map((r) => r.dimension.spectral)).toEqual(ladder.map((r) => r.dimension));
  });

  it.each([{ size: 10 }, { way: "pca", size: 8 }, { way: "pairs", size: 8 }, { way: "basis", size: 6 }])(
    "escape: %j",
    async (settings) => {
      const { page } = await openPage(browser);
      await page.goto(served.url + fragment("escape", settings));
      await page.waitForFunction(() => /Found/.test(document.querySelector(".found")?.textContent ?? ""));
      const { points } = JSON.parse(await copied(page, "JSON")) as {
        points: { samples: number; explained: number }[];
      };
      const lines = (await copied(page, "command line")).split("\n");
      expect(lines).toHaveLength(points.length);
      for (const at of [0, points.length - 1]) {
        const [{ final }] = (await documentsOf(lines[at])) as unknown as [Learned];
        // second moments are products in 32 bits on the command line, in 64 in a page: an entry errs by about 1e-7
        expect(final.explainedVariance ?? 0).toBeCloseTo(points[at].explained ?? 0, 6);
      }
      await page.close();
    },
  );

  it.each([
    ["a class", {}, parities()],
    ["labelled data", { as: "data" }, labelled()],
  ])("own: %s", async (_, settings, { name, text }: Example) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const { documents, json } = await taken(
      "own",
      { example: "none", ...settings },
      /functions on|examples;/,
      (page) => page.locator("#own-file").setInputFiles(file),
    );
    if (json["facts"] === undefined) {
      const shown = (d: Document) => {
        const learners = d["learners"] as { id: string; explained: number }[];
        const tests = d["tests"] as { share: number }[];
        return [
          ...learners.map((l) => `${l.id} ${l.explained?.toFixed(5)}`),
          ...tests.map((t) => t.share.toFixed(6)),
        ];
      };
      expect(shown(json)).toEqual(shown(documents[0]));
      expect(json["verdict"]).toEqual(documents[0]["verdict"]);
    } else {
      const { dimension, queries } = json["facts"] as Document;
      const certificate = documents[0] as unknown as {
        dimension: { spectral: unknown };
        statement: Document;
      };
      expect([certificate.dimension.spectral, certificate.statement["queries"]]).toEqual([
        dimension,
        queries,
      ]);
    }
  });

  it("results: the example's sweep, whose rows come out again", async () => {
    const { page } = await openPage(browser);
    await page.goto(served.url + fragment("results", { of: "example" }));
    await page.waitForFunction(() =>
      /orders\.json: /.test(document.querySelector(".note")?.textContent ?? ""),
    );
    const lines = (await copied(page, "command line")).split("\n");
    const { curves } = JSON.parse(await copied(page, "JSON")) as { curves: Record<string, Band[]> };
    await page.close();
    expect(lines.pop()).toBe("equihard lab --results runs");
    const env = { ...process.env, PATH: `${resolve(program, "..")}:${process.env["PATH"]}` };
    await shell("bash", ["-e", "-c", lines.join("\n")], { cwd: folder, env, maxBuffer: 2 ** 28 });
    const made = rowsOf(readFileSync(join(folder, "runs/orders.json"), "utf8"), "orders.json");
    const bands = bandsOf(made, "d", "explained", "k");
    expect([...bands.keys()]).toEqual(Object.keys(curves));
    for (const [k, band] of bands)
      for (const [i, { x, median, low, high }] of band.entries()) {
        const shown = curves[k][i];
        expect(x).toBe(shown.x);
        // the example was run on another processor, whose products round otherwise
        for (const by of [median - shown.median, low - shown.low, high - shown.high])
          expect(Math.abs(by)).toBeLessThan(0.01);
      }
  });
});
