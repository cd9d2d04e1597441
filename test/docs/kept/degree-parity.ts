import { expect } from "vitest";
import { mean } from "../../../src/base/statistics.ts";
import { degreeParity } from "../../../src/study/degree-parity/study.ts";
import { digits } from "../../study/truth/cells.ts";
import { sayingOf } from "../../study/truth/gate.ts";
import { easy, option, type Train } from "../../study/truth/run.ts";
import { and, bare, changed, failingAt, power, records, row, scope } from "./told.ts";

interface Curve {
  readonly points: readonly { readonly samples: number; readonly explained: number }[];
}

export function sizes(): string[] {
  const { runs, certificates } = degreeParity.read(records, scope)!;
  const main = runs.filter((r) => r.role === "main");
  const rows = [6, 8, 10, 12, 13, 15].map((n) => {
    const [hard, twins] = [false, true].map((of) => main.filter((r) => r.n === n && r.easy === of));
    const of = (verdict: string): number => hard.filter((r) => r.verdict === verdict).length;
    const sets = new Set(hard.map((r) => r.problem)).size;
    const least = bare(Math.min(...twins.map((r) => r.accuracy)), 3);
    return row(n, sets, hard.length, of("learned"), of("partly"), of("at chance"), least);
  });
  const curve = records.find(
    ({ task }) =>
      task.kind === "recipe" && task.recipe === "sample-curve" && task.family === "gnn-degree-parity",
  )!.result as unknown as Curve;
  const twenty = curve.points.filter(({ samples }) => samples === 20).map((point) => point.explained);
  const { dimension, queries, tau } = certificates.find(({ n }) => n === 15)!;
  const asked = main.filter((r) => r.n === 15 && !r.easy).map((r) => r.steps * r.weights);
  expect(queries).toBe(1);
  return [
    ...rows,
    `${main.filter((r) => !r.easy).length} hard runs`,
    `at n = 12 explains ${bare(mean(twenty), 3)} of fresh labels from 20.`,
    `(dimension ${digits(dimension, 3)}, one query of tolerance 1/${1 / tau})`,
    `${power(Math.max(...asked))} entries of gradients were asked for`,
  ];
}

/** Shares of pairs with their intervals, by the report's sentence, which is computed again elsewhere. */
export async function pairsOfSets(): Promise<string[]> {
  const { texts } = (await sayingOf(degreeParity, records, scope))!;
  const sentence = texts.find((text) => text.startsWith("Pairs of sets"))!;
  const numbers = [...sentence.matchAll(/(\d+) of (\d+) \(([\d.]+) to ([\d.]+)\)/g)];
  const said = numbers.map(([, right, all, ...ends]) => {
    const [low, high] = ends.map((x) => (Number(x) === 1 ? "1" : bare(Number(x))));
    return `${bare(Number(right) / Number(all))} (${low} to ${high})`;
  });
  const names = [
    "all: smaller mu(S)",
    "all: smaller n",
    "equal n: smaller mu(S)",
    "mu(S) within 0.5: smaller n",
  ];
  return [...names, "the two point in opposite directions: mu(S)"].map(
    (name, i) => `| ${name} | ${said[i]} |`,
  );
}

export function checks(): string[] {
  const cell = failingAt("gnn-degree-parity");
  const accuracy = (r: Train): number => r.result.final.accuracy!;
  const of = (names: string, isEasy = false): Train[] =>
    changed(cell, names).filter((r) => easy(r) === isEasy);
  const twin = (name: string, value: unknown): Train =>
    of(name, true).find((r) => option(r, name) === value)!;
  const [again, first] = [1, undefined].map((seed) =>
    of("").filter((r) => option(r, "trainingSeed") === seed),
  );
  const ordered = (runs: readonly Train[]): string[] =>
    runs.map(accuracy).sort((a, b) => a - b).map((x) => bare(x)); // prettier-ignore
  const students = ["gin", "attention", "mlp"].map((name) => twin("student", name));
  const majority = bare(students[2].result.final.baselineAccuracy!);
  const fixed = [500, 4000, 32_000].map((samples) => bare(accuracy(twin("samples", samples))));
  const perturbed = of("init,perturb");
  expect([first.length, perturbed.length]).toEqual([3, 6]);
  return [
    `(mu ${bare(Number(first[0].result.instance["mu"]))})`,
    `at an accuracy of ${ordered(first).at(-1)}, a second training on each at ${and(ordered(again))}:`,
    `at chance; twins ${and(students.map((r) => bare(accuracy(r))))} (majority ${majority}) |`,
    `fresh graphs at chance; twins ${fixed.join(", ")} |`,
    `none comes back: accuracy at most ${bare(Math.max(...perturbed.map(accuracy)))} |`,
  ];
}
