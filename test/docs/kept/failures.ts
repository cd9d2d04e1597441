/** The failures that a certificate speaks of, and the checks around them. */

import { expect } from "vitest";
import { gnnHiddenPlane } from "../../../src/family/gnn-hidden-plane/index.ts";
import { certifiedFailure } from "../../../src/study/certified-failure/study.ts";
import { batches, noisy } from "../../../src/study/certified-failure/setting.ts";
import type { CheckId } from "../../../src/study/checks.ts";
import type { FailingCell } from "../../../src/study/comparison/cells.ts";
import { failing } from "../../../src/study/failing/study.ts";
import { certified } from "../../study/truth/cells.ts";
import { easy, isLearn, isTrain, share, type Train } from "../../study/truth/run.ts";
import * as kept from "./told.ts";
import { bare, changed, count, cut, explained, power, range, recordsAt, row } from "./told.ts";

const four = ["gnn-hidden-plane", "cnn-hidden-plane", "frame-parity", "400", "200"].map(kept.failingAt);
const queries = (r: Train): number => r.result.steps * r.result.weights;

/** Hidden planes in 256 dimensions on n nodes, with just these options. */
function planes(n: number, options: object, isEasy = false): Train[] {
  const names = (of: object): string => Object.keys(of).sort().join();
  return kept.trainings
    .filter(
      ({ task: { family, params } }) =>
        family === gnnHiddenPlane.id && params["d"] === 256 && params["n"] === n,
    )
    .filter((r) => easy(r) === isEasy && names(r.task.options) === names(options))
    .filter(({ task }) => task.options.width === (options as Train["task"]["options"]).width)
    .sort(kept.bySeed);
}

export function plainFailure(): string[] {
  const values = (runs: readonly Train[]): string[] => runs.map((r) => bare(explained(r), 3));
  const line = (at: string, n: number, [before, after]: readonly [string, string]): string => {
    const twins = planes(n, batches, true);
    const steps = range(twins.map((r) => r.result.steps), count); // prettier-ignore
    const beside = `${values(twins).join(", ")} (${before}${steps}${after})`;
    return row(at, values(planes(n, batches)).join(", "), beside);
  };
  const [first] = planes(1, batches);
  const certificate = kept.certificateOf(gnnHiddenPlane.id, first.task.params);
  const needed = certified(certificate, (2 * Math.log((2 * queries(first)) / 0.01)) / 256);
  const [twin] = planes(1, noisy, true);
  const [none] = values(planes(1, { ...noisy, control: "null" }));
  const [covered] = certifiedFailure.evidence!(kept.records, kept.scope);
  return [
    line("path of 3 nodes", 3, ["after ", " steps"]),
    line("one node", 1, ["", ""]),
    `The certified dimension is ${cut(Number(certificate.result.dimension.spectral), 3)} for the first two`,
    `A hard run asks ${power(queries(first))} gradient entries`,
    `in batches of 256, ${cut(needed)} queries are certified to be needed`,
    `Hard targets of seeds 0 to 4 end at ${kept.and(values(planes(1, noisy)))},`,
    `the run on null labels at ${none}, the easy twin at ${bare(explained(twin))}.`,
    `${covered.verdict.because.replace("a correlation above 0.5", "A correlation above 1/2 with the target")},`,
  ];
}

export function fourFamilies(): string[] {
  const rows = four.map((cell) => {
    const of = (names: string, isEasy = false): number[] =>
      changed(cell, names).filter((r) => easy(r) === isEasy).map(explained); // prettier-ignore
    expect(of("")).toHaveLength(6);
    const asked = Math.max(...changed(cell, "").map(queries));
    const needed = certified(kept.certificateOf(cell.family.id, cell.params), 1 / Number(cell.options.batch));
    const values = [of(""), of("shuffleLabels"), of("", true)].map((all) => range(all));
    return row(...values, `${power(asked)} of ${cut(needed)}`);
  });
  const found = (learner: string): string => {
    const tried = recordsAt(four[0].family.id, four[0].params).filter(isLearn);
    const run = tried.find(({ task }) => task.learner === learner && !("noise" in task.options))!;
    return bare(run.result.final.explainedVariance!);
  };
  const six = changed(kept.failingAt("gnn-degree-parity"), "").filter((r) => !easy(r));
  const [most, second, ...others] = six.map((r) => share(r)!).sort((a, b) => b - a);
  expect(others).toHaveLength(4);
  return [
    ...rows.map((line) => line.slice(1)),
    `label-squared PCA ${found("label-squared-pca")}, and the square first ${found("label-transform")};`,
    `of six trainings there, after 2,000 steps, two are above chance (${bare(most)} and ${bare(second)} of the errors`,
  ];
}

const most = (runs: readonly Train[]): string => bare(Math.max(...runs.map(explained)));
const learned = (runs: readonly Train[]): number => runs.filter((r) => explained(r) > 0.9).length;
const tally = (runs: readonly Train[]): string => `${learned(runs)} of ${runs.length}`;

/** A row's name, the checks that it is of, and what it says of their trainings. */
const checkRows: readonly (readonly [string, readonly CheckId[], (...runs: readonly Train[][]) => string])[] =
  [
    [
      "learning rate, width and depth, initial weights",
      ["rate", "width", "start"],
      (...runs) => `${tally(runs.flat())}, at most ${most(runs.flat())}`,
    ],
    ["optimiser, batch", ["optimiser"], (runs) => `${tally(runs)}, ${most(runs)}`],
    ["four times the steps", ["longer"], most],
    [
      "start at the teacher, two seeds",
      ["teacher"],
      (runs) => runs.map((r) => bare(explained(r))).join(", ") || "cannot hold it",
    ],
    [
      "teacher plus .1, .3, 1 times fresh weights",
      ["perturbed"],
      (runs) => {
        if (runs.length === 0) return "cannot hold it";
        return `${tally(runs)}${learned(runs) > 0 ? " come back" : `, at most ${most(runs)}`}`;
      },
    ],
    [
      "other symmetric students; none",
      ["symmetric", "plain"],
      (symmetric, plain) => `${tally(symmetric)}; ${most(plain)}`,
    ],
    [
      "1, 2, 4, 8 times the teacher's width",
      ["overparameterised"],
      (runs) => (runs.length === 0 ? "no teacher" : tally(runs)),
    ],
    ["fixed set of 500, 4,000, 32,000: fresh labels", ["fixed"], (runs) => `at most ${most(runs)}`],
  ];

export function checksOfFour(): string[] {
  const cells = failing.evidence!(kept.records, kept.scope);
  const byId = new Map(kept.trainings.map((r) => [r.id, r]));
  const hard = ({ at }: FailingCell, check: CheckId): Train[] =>
    (cells.find((cell) => cell.at === at)!.checks[check]?.records ?? [])
      .flatMap((id) => byId.get(id) ?? [])
      .filter((r) => isTrain(r) && !easy(r))
      .sort(kept.bySeed);
  return checkRows.map(([name, checks, said]) =>
    row(name, ...four.map((cell) => said(...checks.map((check) => hard(cell, check))))),
  );
}
