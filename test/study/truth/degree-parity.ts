import { digits } from "./cells.ts";
import { bootstrap } from "../../../src/base/statistics.ts";
import type { Finished } from "../../../src/run/record.ts";
import { levelsOf, outcomeBy } from "./chance.ts";
import { average, different, rule, type Rule, type Told, type Truth } from "./rule.ts";
import { isTrain, option, type Train } from "./run.ts";

const sizeOf = ({ task }: Train): number => Number(task.params["n"]);
const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** A training as the study plans its main ones: nothing changed but where it may stop, or for a further seed. */
const isMain = ({ task: { options } }: Train): boolean =>
  Object.keys(options).every((name) => name === "stopAt") && options.stopAt === 0.99;

/** All sets that are the same problem: flips by all degrees, by the odd ones, and j to n - 1 - j. */
function problem(r: Train): string {
  const [n, degrees] = [sizeOf(r), r.result.instance["degrees"] as number[]];
  const all = 2 ** n - 1;
  const odd = Array.from({ length: n }, (_, j) => (j % 2) * 2 ** j).reduce((a, b) => a + b, 0);
  const masks = [degrees, degrees.map((j) => n - 1 - j)].flatMap((set) => {
    const mask = set.reduce((a, j) => a + 2 ** j, 0);
    return [0, all, odd, all ^ odd].map((flip) => mask ^ flip);
  });
  return `${n} ${Math.min(...masks)}`;
}

/** Trainings of the study, the levels of chance at each size, and what became of them. */
function readRuns({ own }: Told) {
  const trained = own.filter(isTrain);
  const shuffled = trained.filter((r) => option(r, "shuffleLabels") === true);
  const main = trained.filter(isMain).sort((a, b) => sizeOf(a) - sizeOf(b) || a.task.seed - b.task.seed);
  const here = (n: number): Train[] => shuffled.filter((r) => sizeOf(r) === n);
  // few at one size: those of all sizes stand in
  const from = (n: number): Train[] => (here(n).length < 3 ? shuffled : here(n));
  const known = new Map(different(trained.map(sizeOf)).map((n) => [n, levelsOf(from(n))]));
  const outcome = (r: Train): string => outcomeBy(r, known.get(sizeOf(r)) ?? null);
  const tally = (runs: readonly Train[]): string => {
    const of = (what: string): number => runs.filter((r) => outcome(r) === what).length;
    const others = ["partly", "at chance", "diverged"].filter((o) => of(o) > 0).map((o) => `, ${of(o)} ${o}`);
    return `${of("learned")} of ${plural(runs.length, "run")} learned${others.join("")}`;
  };
  const at = (n: number, easy: boolean): Train[] =>
    main.filter((r) => sizeOf(r) === n && r.task.easy === easy);
  return { trained, main, from, known, outcome, tally, at };
}

type Runs = ReturnType<typeof readRuns>;

interface DrawnSet {
  readonly runs: readonly Train[];
  readonly n: number;
  readonly mu: number;
  /** Mean over its runs of the accuracy above the majority's, as a share of what that leaves. */
  readonly excess: number;
}

function setsOf({ main }: Runs): DrawnSet[] {
  const hard = main.filter((x) => !x.task.easy);
  return different(hard.map(problem)).map((name) => {
    const runs = hard.filter((r) => problem(r) === name);
    const excess = runs.map(({ result: { final } }) => {
      const majority = final.baselineAccuracy ?? 0;
      return ((final.accuracy ?? majority) - majority) / (1 - majority);
    });
    return { runs, n: sizeOf(runs[0]), mu: runs[0].result.instance["mu"] as number, excess: average(excess) };
  });
}

/** Pairs in the order of success, counted one by one. */
function pairs(sets: readonly DrawnSet[], by: "mu" | "n", may: (a: DrawnSet, b: DrawnSet) => boolean) {
  let [right, all] = [0, 0];
  for (let i = 0; i < sets.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = sets[i].excess > sets[j].excess ? [sets[i], sets[j]] : [sets[j], sets[i]];
      if (a.excess - b.excess < 0.02 || a[by] === b[by] || !may(a, b)) continue;
      all++;
      if (a[by] < b[by]) right++;
    }
  return { right, all };
}

function pairRules(runs: Runs): Rule[] {
  const sets = setsOf(runs);
  const said = (by: "mu" | "n", may: (a: DrawnSet, b: DrawnSet) => boolean, name: string): string => {
    const { right, all } = pairs(sets, by, may);
    if (all === 0) return "no comparable pairs";
    if (right === 0 || right === all) return `${right} of ${all}`;
    const statistic = (sample: DrawnSet[]): number => {
      const drawn = pairs(sample, by, may);
      return drawn.all === 0 ? NaN : drawn.right / drawn.all;
    };
    const [low, high] = bootstrap<DrawnSet>(sets, statistic, `concordance ${by} ${name}`);
    return `${right} of ${all} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  };
  const any = (): boolean => true;
  const near = (a: DrawnSet, b: DrawnSet): boolean => Math.abs(a.mu - b.mu) <= 0.5;
  return [
    rule(
      [
        "says nothing): mu(S) {}; n {}; mu(S) among sets of equal n {};",
        "n among sets whose mu(S) differs by at most 0.5 {};",
        "where the two point in opposite directions, mu(S) is right in {}. Over {} and {};",
      ].join(" "),
      () => [
        said("mu", any, ""),
        said("n", any, ""),
        said("mu", (a, b) => a.n === b.n, "equalN"),
        said("n", near, "nearMu"),
        said("mu", (a, b) => (a.mu - b.mu) * (a.n - b.n) < 0, "opposed"),
        plural(sets.length, "set"),
        plural(sets.flatMap((s) => s.runs).length, "run"),
      ],
    ),
    rule("The set of smaller mu(S) is learned better in {} pairs", () => {
      const { right, all } = pairs(sets, "mu", any);
      return [`${right} of ${all}`];
    }),
    rule("Of the {} with mu(S) of at least 3 and n of at least 12, {} stayed", () => {
      const high = sets.filter((s) => s.mu >= 3 && s.n >= 12);
      const flat = high.filter((s) => s.runs.every((r) => runs.outcome(r) === "at chance"));
      return [plural(high.length, "set"), flat.length];
    }),
  ];
}

const short = (x: number): string => (x >= 1e4 ? x.toExponential(1).replace("+", "") : x.toPrecision(3));
const sentenceOf = (r: Train): string =>
  `accuracy ${r.result.final.accuracy?.toFixed(4)}, loss ${r.result.final.loss?.toPrecision(3)}`;

/** The certificate of the largest size, held against the trainings there. */
function dimensionRules({ own }: Told, { at }: Runs): Rule[] {
  const certificates = own.filter((r): r is Finished<"certify"> => r.task.kind === "certify");
  const largest = (): readonly [n: number, dimension: string, asked: number] => {
    const n = Math.max(...certificates.map((r) => Number(r.task.params["n"])));
    const { result } = certificates.find((r) => r.task.params["n"] === n)!;
    const asked = at(n, false).map((r) => r.result.steps * r.result.weights);
    return [n, String(digits(Number(result.dimension.spectral), 3)), Math.max(...asked)];
  };
  return [
    rule(
      "At n = {} the certified spectral dimension is {}, while the training budget there counts up to {} gr",
      () => {
        const [n, dimension, asked] = largest();
        return [n, dimension, short(asked)];
      },
    ),
    rule("At n = {} the spectral dimension is {}, and training asks {} queries", () => {
      const [n, dimension, asked] = largest();
      return [n, dimension, asked.toExponential(1).replace("+", "")];
    }),
  ];
}

/** The checks, each a training of its own: that which says the same under the conditions that are named. */
function checkRules({ trained, outcome }: Runs): Rule[] {
  const one = (found: readonly Train[], text: string, verdict?: string): string =>
    found
      .filter((r) => verdict === undefined || outcome(r) === verdict)
      .map(sentenceOf)
      .find((s) => s === text) ?? "no such run";
  const at = (n: string): Train[] => trained.filter((r) => sizeOf(r) === Number(n));
  const started = (n: string, pool: string, optimizer: string, steps: string): Train[] =>
    at(n).filter(
      (r) =>
        (option(r, "pool") ?? "mean") === pool &&
        (option(r, "optimizer") ?? "adam") === optimizer &&
        r.result.steps === Number(steps),
    );
  const longest = trained.filter((r) => Number(option(r, "steps") ?? 0) >= 16_000);
  const numbers = String.raw`(accuracy [\d.]+, loss [\d.e+-]+)`;
  return [
    {
      pattern: new RegExp(
        String.raw`Teacher start, n = (\d+), (\w+) pooling, (\w+), (\d+) steps: ${numbers}(?=\.)`,
        "g",
      ),
      again(n, pool, optimizer, steps, text) {
        const found = started(n, pool, optimizer, steps).filter(
          (r) => option(r, "init") === "teacher" && option(r, "perturb") === undefined,
        );
        return `Teacher start, n = ${n}, ${pool} pooling, ${optimizer}, ${steps} steps: ${one(found, text)}`;
      },
    },
    {
      pattern: new RegExp(
        String.raw`plus ([\d.]+) times fresh ones, n = (\d+), (\w+) pooling, (\w+), (\d+) steps: ${numbers}(?=\.)`,
        "g",
      ),
      again(perturb, n, pool, optimizer, steps, text) {
        const found = started(n, pool, optimizer, steps).filter(
          (r) => option(r, "perturb") === Number(perturb),
        );
        const training = `n = ${n}, ${pool} pooling, ${optimizer}, ${steps} steps`;
        return `plus ${perturb} times fresh ones, ${training}: ${one(found, text)}`;
      },
    },
    {
      pattern: new RegExp(String.raw`Tuning, n = (\d+), (.+?): ${numbers} \(([a-z ]+)\)`, "g"),
      again(n, changes, text, verdict) {
        const changed = (r: Train): string =>
          Object.entries(r.task.options)
            .filter(([name]) => name !== "stopAt")
            .map(([name, value]) => `${name} ${String(value)}`)
            .join(", ");
        const found = at(n).filter((r) => changed(r) === changes);
        return `Tuning, n = ${n}, ${changes}: ${one(found, text, verdict)} (${verdict})`;
      },
    },
    {
      pattern: new RegExp(
        String.raw`(Shuffled labels|Student (\w+), without the symmetry, (.*? t\w+)), n = (\d+): ${numbers}, baseline ([\d.]+) \(([a-z ]+)\)`,
        "g",
      ),
      again(what, student, target, n, text, baseline, verdict) {
        const found = at(n).filter((r) => {
          const { baselineAccuracy } = r.result.final;
          const labels = what === "Shuffled labels" && option(r, "shuffleLabels") === true;
          const other = option(r, "student") === student && r.task.easy === (target === "easy twin");
          return (labels || other) && baselineAccuracy?.toFixed(4) === baseline;
        });
        return `${what}, n = ${n}: ${one(found, text, verdict)}, baseline ${baseline} (${verdict})`;
      },
    },
    rule("continued to {} steps: of {}, {} then learned and {} stayed at chance", () => [
      Math.max(...longest.map((r) => r.result.steps)),
      longest.length,
      longest.filter((r) => outcome(r) === "learned").length,
      longest.filter((r) => outcome(r) === "at chance").length,
    ]),
    {
      pattern: new RegExp(
        String.raw`Continued to (\d+) steps, n = (\d+), mu ([\d.]+): ${numbers} \(([a-z ]+)\)`,
        "g",
      ),
      again(steps, n, mu, text, verdict) {
        const found = longest.filter(
          (r) =>
            r.result.steps === Number(steps) &&
            sizeOf(r) === Number(n) &&
            Number(r.result.instance["mu"]).toFixed(2) === mu,
        );
        return `Continued to ${steps} steps, n = ${n}, mu ${mu}: ${one(found, text, verdict)} (${verdict})`;
      },
    },
  ];
}

export const degreeParity: Truth = {
  definitions: [
    "from 100,000 drawn graphs at most; where it is above 0.95, learning shows",
    "a 95 % bootstrap interval",
    "at a majority of half accuracy 0.95",
    "reached 0.99 twice in a row",
    "1/rho²",
  ],
  rules(told) {
    const runs = readRuns(told);
    const { main, from, known, tally, at } = runs;
    const hard = main.filter((r) => !r.task.easy);
    const sizes = different(hard.map(sizeOf));
    const [small, large] = [Math.min(...sizes), Math.max(...sizes)];
    const ends = different([small, large]);
    const both = ends.map((n) => `at n = ${n} ${tally(at(n, false))}`).join("; ");
    const steps = Math.max(...hard.map((r) => r.result.steps));
    const batch = different(hard.map((r) => String(option(r, "batch") ?? 256))).join(" or ");
    return [
      rule(
        "Gradient descent on the hidden parity: {}. The same network and budget on the easy twin at n = {}: {}.",
        () => [both, large, tally(at(large, true))],
      ),
      rule("Hard targets by size: {}$", () => [
        ends.map((n) => `n = ${n}: ${tally(at(n, false))}`).join("; "),
      ]),
      rule("Training at n = {}: hard targets, {}$", (n) => {
        const curves = runs.trained.filter(
          (r) =>
            sizeOf(r) === large &&
            !r.task.easy &&
            Object.keys(r.task.options).every((o) => ["stopAt", "steps"].includes(o)),
        );
        return Number(n) === large ? [large, tally(curves)] : undefined;
      }),
      rule("Hard target, {}. Each had at most {} steps of {} fresh graphs", () => {
        const each = sizes.map((n) => {
          const sets = different(at(n, false).map(problem)).length;
          return `n = ${n}: ${tally(at(n, false))}, on ${plural(sets, "set")}`;
        });
        return [each.join("; "), steps, batch];
      }),
      rule("with probability 0.99 (both at once): {}.", () => {
        const each = different(main.map(sizeOf)).flatMap((n) => {
          const levels = known.get(n);
          if (levels == null) return [];
          const [explained, achieved] = levels.map((x) => x.toFixed(3));
          return [`n = ${n}: ${explained} and ${achieved} (${plural(from(n).length, "run")})`];
        });
        return [each.join("; ")];
      }),
      ...dimensionRules(told, runs),
      ...pairRules(runs),
      ...checkRules(runs),
    ];
  },
};
