import { expect } from "vitest";
import { transition, type TransitionCell } from "../../../src/study/transition/study.ts";
import { losses } from "../../../src/study/losses/study.ts";
import { bare, count, explained, records, scope, trainings } from "./told.ts";

const maps = transition.read(records, scope)!;
const cells = maps.flatMap((map) => map.cells);
const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

const alone = (c: TransitionCell): boolean => c.hard! > 0.9;
const checked = (c: TransitionCell): boolean => !alone(c) && c.bestCheck! > 0.9;
const failed = (c: TransitionCell): boolean => !alone(c) && !checked(c);

/** What is said of one family. */
function family(id: string) {
  const own = cells.filter((c) => c.family === id);
  const at = (size: number, order: number): TransitionCell =>
    own.find((c) => c.size === size && c.order === order)!;
  return {
    own,
    at,
    sizes: (order: number, which: (c: TransitionCell) => boolean): string =>
      own
        .filter((c) => c.order === order && which(c))
        .map((c) => c.size)
        .join(" and "),
    hard: (size: number, order: number): string => bare(at(size, order).hard!),
    best: (size: number, order: number, many?: number): string =>
      bare(Math.max(at(size, order).bestCheck!, at(size, order).hard!), many),
  };
}

function planes(): string[] {
  const { own, at, sizes, hard, best } = family("gnn-hidden-plane");
  const within = cells.filter((c) => !alone(c) && c.budgetOverBound !== null && c.budgetOverBound < 0);
  const beside = cells.filter((c) => c.beside !== null);
  expect(within.every((c) => own.includes(c) && c.order === 6 && c.size >= 64)).toBe(true);
  expect(sizes(6, alone)).toBe("");
  const failures = numbers[own.filter((c) => !alone(c)).length];
  const found = beside.filter((c) => c.beside! > 0.9).length;
  return [
    `k = 4 is learned at d = ${sizes(4, alone)}, with a check at d = ${sizes(4, checked)} (${best(64, 4, 3)}),`,
    `and not at d = ${sizes(4, failed)}; k = 6 with a check at d = ${sizes(6, checked)} only (${best(16, 6, 3)},`,
    `${hard(16, 6)} without).`,
    `T${numbers[within.length].slice(1)} of the ${failures} failures (k = 6, d = 64 to 256)`,
    `${found} of the ${beside.length} cells are learned; k = 6, d = 256 reaches ${bare(at(256, 6).beside!)}.`,
  ];
}

function cyclicPlanes(): string[] {
  const { own, sizes, hard, best } = family("cnn-hidden-plane");
  expect(own.filter((c) => c.order === 4).every(alone)).toBe(true);
  expect(sizes(6, checked)).toBe("8 and 16");
  return [
    `up to n = 32 (${hard(32, 4)}). k = 6 is learned with a check at n = 8 (${best(8, 6, 3)}) and`,
    `n = 16 (${best(16, 6, 3)}), and not at n = 32 (${best(32, 6)} at best)`,
  ];
}

function parities(): string[] {
  const { at, sizes, hard, best } = family("frame-parity");
  expect([sizes(4, alone), sizes(4, checked), sizes(6, failed)]).toEqual([
    "8 and 16",
    "32",
    "8 and 16 and 32",
  ]);
  return [
    `(at n = 32 with a check: ${best(32, 4, 3)}, ${hard(32, 4)} without). k = 6: ${best(8, 6)} at best at n = 8,`,
    `${best(16, 6)} at n = 16, ${best(32, 6)} at n = 32, where the easy twin has ${bare(at(32, 6).easy!)}`,
  ];
}

function polynomials(): string[] {
  const { own, sizes, hard, best } = family("invariant-polynomial");
  expect(own.filter((c) => c.order < 4).every(alone)).toBe(true);
  expect(sizes(4, checked)).toBe("10 and 40");
  expect(best(10, 4)).toBe(best(40, 4));
  return [
    `at m = 10 and 40 (${best(10, 4)}; ${hard(10, 4)} and ${hard(40, 4)} without),`,
    `and at m = 160 it reaches ${best(160, 4)} at best`,
  ];
}

/** From the start of the first piece of work to the end of the last. */
function minutes(): number {
  const times = records.map(({ measurement: { finishedAt, seconds } }) => [
    Date.parse(String(finishedAt)),
    Number(seconds),
  ]);
  const ends = times.map(([end]) => end);
  const starts = times.map(([end, seconds]) => end - 1000 * seconds);
  return Math.round((Math.max(...ends) - Math.min(...starts)) / 60_000);
}

export const transitionMaps = (): string[] => [
  `${count(records.length)} pieces of work in ${minutes()} minutes`,
  ...maps.map(({ grid }) => {
    const { width, steps, batch } = grid.train as Record<string, number>;
    return `width ${width}, ${count(steps)} steps of ${batch})`;
  }),
  ...planes(),
  ...cyclicPlanes(),
  ...parities(),
  ...polynomials(),
];

/** Of the seed that the kept run has: the first number of each cell. */
export function comparedLosses(text: string): string[] {
  const curves = losses.read(records, scope)!;
  expect(new Set(curves.map(({ seed }) => seed))).toEqual(new Set([0]));
  const own = (loss: string): string[] =>
    curves.filter((c) => c.loss === loss).map(({ halfway }) => (halfway === null ? "none" : count(halfway)));
  const said = (name: string): string[] => {
    const [, ...columns] = text.split(`| ${name} `)[1].split("\n")[0].split("|").slice(0, -1);
    return columns.map((column) => column.trim().split(" ")[0]);
  };
  expect([said("squared loss"), said("absolute loss")]).toEqual([own("squared"), own("l1")]);
  const most = trainings.filter(
    ({ task: { params, options } }) =>
      params["variables"] === 200 && options.student === "mlp" && options.steps === 4000,
  );
  const [rate, width] = [{ lr: 8e-3 }, { width: 256 }].map((change) => {
    const [[name, value]] = Object.entries(change);
    return most.find(({ task }) => (task.options as Record<string, unknown>)[name] === value)!;
  });
  return [
    `the squared loss reaches ${bare(explained(rate))} with four times the learning rate`,
    `and ${bare(explained(width))} with twice the width (seed 0)`,
  ];
}
