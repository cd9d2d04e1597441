import { movementRule } from "./movement.ts";
import { average, rule, type Told, type Truth } from "./rule.ts";
import { easy, isLearn, isTrain, isTried, option, type Tried } from "./run.ts";

/** Runs by cell: family, size, learner or student, target; of each what stands first in the plan is its own setting. */
function cellsIn({ own }: Told): Tried[][] {
  const cells = new Map<string, Tried[]>();
  for (const r of own.filter(isTried)) {
    const by = isLearn(r) ? r.task.learner : `train ${String(option(r, "student"))}`;
    const name = JSON.stringify([r.task.family, r.task.params, by, easy(r)]);
    cells.set(name, [...(cells.get(name) ?? []), r]);
  }
  return [...cells.values()];
}

const explained = (r: Tried): number => r.result.final.explainedVariance ?? 0;
const sameSetting = (a: Tried, b: Tried): boolean =>
  JSON.stringify(a.task.options) === JSON.stringify(b.task.options);

/** Of the cell's own setting the mean over its seeds, or of another with the first seed where that is more. */
const best = (cell: readonly Tried[]): number =>
  Math.max(
    average(cell.filter((r) => sameSetting(r, cell[0])).map(explained)),
    ...cell.filter((r) => !sameSetting(r, cell[0])).map(explained),
  );

/** Examples by learner, where a learner gets fewer than the others: those that are too slow. */
const slow: Record<string, string> = {
  "low-degree": "low-degree regression",
  "kernel-ridge": "kernel ridge",
};

export const matrix: Truth = {
  definitions: [
    "Explained variance is 1 minus the squared error",
    ": 1 is learned, 0 is no better than a constant",
    "(x^2 = 1 after centring)",
    "entries 0/1",
    "labels +-1",
    "labels are +-1",
    "over F_2 needs",
    "F2 elimination on",
    "so y^2 = 1:",
    "invariant-polynomial rotations:3",
  ],
  rules(told) {
    const cells = cellsIn(told);
    const counted = (twin: boolean): string => {
      const of = cells.filter((c) => easy(c[0]) === twin);
      return `${of.filter((c) => best(c) > 0.9).length} of ${of.length}`;
    };
    const learned = told.own.filter(isLearn);
    const given = (r: Tried): number => Number(option(r, "samples") ?? 0);
    const most = Math.max(...learned.map(given));
    const trained = cells.filter((c) => isTrain(c[0])).map((c) => c[0]);
    const { steps, batch } = trained[0].task.options as { steps: number; batch: number };
    const settings = cells
      .filter((c) => isTrain(c[0]))
      .flatMap((c) => c.filter((r) => !sameSetting(r, c[0])))
      .map((r) => r.task.options as { lr?: number; width?: number; steps?: number; batch?: number });
    /** Whether a setting of that name was tried. */
    const tried = (name: string): boolean =>
      settings.some((o) => {
        const budget = o.steps === steps ? "" : `, ${o.steps} x ${o.batch}`;
        return name === (o.lr === undefined ? `width ${o.width}` : `lr ${o.lr}${budget}`);
      });
    const thousands = most.toLocaleString("en");
    return [
      rule(
        "A learner gets {} labelled examples of each instance, gradient descent as {} steps of {}, a",
        () => [thousands, steps, batch],
      ),
      rule("the tolerance 1/sqrt({}),", () => [thousands]),
      rule("With all of them too slow, {}. Where", () => [
        Object.entries(slow)
          .map(([id, name]) => {
            const fewer = Math.max(...learned.filter((r) => r.task.learner === id).map(given));
            return `${name} gets ${fewer.toLocaleString("en")}`;
          })
          .join(", "),
      ]),
      rule("other settings are tried with that: {}. The best", (said) =>
        said.split("; ").every((name) => tried(name)) ? [said] : undefined,
      ),
      rule("{} instances of each column, one a seed.", () => [
        Math.max(...cells.map((c) => c.filter((r) => sameSetting(r, c[0])).length)),
      ]),
      rule("Who learns what: {} hard cells and {} easy ones explain more than 0.9", () => [
        counted(false),
        counted(true),
      ]),
      movementRule(
        cells
          .filter((c) => isTrain(c[0]) && !easy(c[0]))
          .map((c) => c.filter((r) => sameSetting(r, c[0])).filter(isTrain)),
      ),
    ];
  },
};
