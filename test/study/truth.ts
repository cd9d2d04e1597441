/**
 * The truth of a report's sentences: each number in them is computed again from the records, by code that shares
 * nothing with what wrote it but the definitions. What no rule here computes again is a number nobody has checked.
 */

import { keyFor, stream } from "../../src/base/random.ts";
import { bootstrap } from "../../src/base/statistics.ts";
import type { Finished, StoredRecord } from "../../src/run/record.ts";
import type { Cell } from "../../src/study/cell.ts";
import type { Block, Section } from "../../src/report/page.ts";

type Train = Finished<"train">;

/** Numbers of definitions, not of results. */
const definitions = [
  /where it is above 0\.95, learning shows/g,
  /100,000 drawn graphs/g,
  /95 % bootstrap interval/g,
  /differs by at most 0\.5/g,
  /with probability 0\.99/g,
  /at a majority of half accuracy 0\.95/g,
  /reached 0\.99 twice in a row/g,
  /1\/rho²/g,
  /1 minus the squared error/g,
  /: 1 is learned, 0 is no better than a constant/g,
  /explained variance at most 0\.05/g,
  /1\/sqrt\(200,000\)/g,
  /lr 0\.008, 4000 x 128/g,
  /rho = 1\/2|tau = 1\/16/g,
  /\(x\^2 = 1 after centring\)|entries 0\/1|labels \+-1|over F_2/g,
];

/** Texts of sections, one a caption, paragraph or item of a list. */
export const textsOf = (sections: readonly Section[]): string[] =>
  sections.flatMap(({ blocks }) =>
    blocks.flatMap((b: Block): readonly string[] => {
      if (b.kind === "paragraph") return [b.text];
      if (b.kind === "list") return b.items;
      return b.kind === "figure" ? [b.caption, ...(b.more === undefined ? [] : [b.more])] : [];
    }),
  );

/** What a rule makes of the groups that its pattern caught: the same text, computed from the records. */
interface Rule {
  readonly pattern: RegExp;
  readonly again: (...groups: string[]) => string;
}

const isMain = ({ task }: Train): boolean =>
  task.family === "gnn-degree-parity" && JSON.stringify(task.options) === '{"stopAt":0.99}';

/** Student's t, 0.995, by degrees of freedom: from a printed table. */
const tTable: Readonly<Record<number, number>> = { 2: 9.925, 3: 5.841, 4: 4.604, 5: 4.0321, 9: 3.2498 };

/** What a majority vote leaves, and how much of that a student gets right. */
const share = ({ result: { final } }: Train): number | null => {
  const { accuracy: a, baselineAccuracy: b } = final;
  if (b === null) return final.explainedVariance;
  return a === null ? null : 1 - (1 - a) / (1 - b);
};

function limit(values: readonly number[]): number {
  const m = values.reduce((x, y) => x + y, 0) / values.length;
  const variance = values.reduce((x, y) => x + (y - m) ** 2, 0) / (values.length - 1);
  return Math.max(0, m + tTable[values.length - 1] * Math.sqrt(variance + variance / values.length));
}

/** Degree parities by another route: sets are one problem where their orbits under the symmetries of mu meet. */
function degreeParities(records: readonly StoredRecord[]) {
  const trained = records.filter(
    (r): r is Train => r.task.kind === "train" && r.task.family === "gnn-degree-parity",
  );
  const main = trained
    .filter(isMain)
    .sort((a, b) => Number(a.task.params["n"]) - Number(b.task.params["n"]) || a.task.seed - b.task.seed);
  const shuffled = trained.filter((r) => r.task.options.shuffleLabels === true && r.task.params["n"] === 8);
  const levels = [
    limit(shuffled.map((r) => r.result.final.explainedVariance ?? NaN)),
    limit(shuffled.map((r) => share(r) ?? NaN)),
  ];
  const outcome = (r: Train): string => {
    const [s, e] = [share(r), r.result.final.explainedVariance];
    if (s === null || e === null) return "diverged";
    if (s > 0.9) return "learned";
    return e > levels[0] || s > levels[1] ? "partly" : "at chance";
  };
  const n = (r: Train): number => Number(r.task.params["n"]);
  const degrees = (r: Train): number[] => r.result.instance["degrees"] as number[];
  /** All sets that are the same problem: flips by all degrees, by the odd ones, and j to n - 1 - j. */
  const problem = (r: Train): string => {
    const masks = new Set<number>();
    const size = n(r);
    const all = 2 ** size - 1;
    const odd = Array.from({ length: size }, (_, j) => (j % 2) * 2 ** j).reduce((a, b) => a + b, 0);
    for (const set of [degrees(r), degrees(r).map((j) => size - 1 - j)]) {
      const mask = set.reduce((a, j) => a + 2 ** j, 0);
      for (const flip of [0, all, odd, all ^ odd]) masks.add(mask ^ flip);
    }
    return `${size} ${Math.min(...masks)}`;
  };
  const tally = (runs: readonly Train[]): string => {
    const of = (what: string): number => runs.filter((r) => outcome(r) === what).length;
    const others = ["partly", "at chance", "diverged"].filter((o) => of(o) > 0).map((o) => `, ${of(o)} ${o}`);
    return `${of("learned")} of ${runs.length} ${runs.length === 1 ? "run" : "runs"} learned${others.join("")}`;
  };
  return { trained, main, shuffled, levels, outcome, n, problem, tally };
}

type Parities = ReturnType<typeof degreeParities>;

/** Sets with their mean excess, as pairs are made of. */
function setsOf({ main, problem, n }: Parities) {
  const groups = new Map<string, Train[]>();
  for (const r of main.filter((x) => !x.task.easy))
    groups.set(problem(r), [...(groups.get(problem(r)) ?? []), r]);
  return [...groups.values()].map((runs) => ({
    runs,
    n: n(runs[0]),
    mu: runs[0].result.instance["mu"] as number,
    excess:
      runs.reduce((sum, r) => {
        const { accuracy, baselineAccuracy: b } = r.result.final;
        return sum + ((accuracy ?? b ?? 0) - (b ?? 0)) / (1 - (b ?? 0));
      }, 0) / runs.length,
  }));
}

type DrawnSet = Pick<ReturnType<typeof setsOf>[number], "n" | "mu" | "excess">;

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

function pairRules(parities: Parities): Rule[] {
  const sets = setsOf(parities);
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
  const count = "(?:\\d+ of \\d+(?: \\(\\d\\.\\d\\d to \\d\\.\\d\\d\\))?|no comparable pairs)";
  const rule = (before: string, again: () => string): Rule => ({
    pattern: new RegExp(`(?<=${before}) (${count})`, "g"),
    again: () => ` ${again()}`,
  });
  return [
    rule("nothing\\): mu\\(S\\)", () => said("mu", any, "")),
    rule("; n", () => said("n", any, "")),
    rule("among sets of equal n", () => said("mu", (a, b) => a.n === b.n, "equalN")),
    rule("whose mu\\(S\\) <>", () => said("n", (a, b) => Math.abs(a.mu - b.mu) <= 0.5, "nearMu")),
    rule("mu\\(S\\) is right in", () => said("mu", (a, b) => (a.mu - b.mu) * (a.n - b.n) < 0, "opposed")),
    {
      pattern: /Over (\d+) sets? and (\d+) runs?/g,
      again: () => `Over ${sets.length} sets and ${sets.flatMap((s) => s.runs).length} runs`,
    },
    {
      pattern: /Of the (\d+) sets? with mu\(S\) of at least 3 and n of at least 12, (\d+) stayed/g,
      again() {
        const high = sets.filter((s) => s.mu >= 3 && s.n >= 12);
        const flat = high.filter((s) => s.runs.every((r) => parities.outcome(r) === "at chance")).length;
        return `Of the ${high.length} set${high.length === 1 ? "" : "s"} with mu(S) of at least 3 and n of at least 12, ${flat} stayed`;
      },
    },
  ];
}

/** Numbers of the degree parities. */
function parityRules(records: readonly StoredRecord[]): Rule[] {
  const parities = degreeParities(records);
  const { main, shuffled, trained, levels, tally, n, problem, outcome } = parities;
  const at = (size: string, easy: boolean): Train[] =>
    main.filter((r) => n(r) === Number(size) && r.task.easy === easy);
  const tallied = "\\d+ of \\d+ runs? learned(?:, \\d+ (?:partly|at chance|diverged))*";
  const inRole = (size: string, of: (r: Train) => boolean): Train[] =>
    trained.filter((r) => n(r) === Number(size) && of(r));
  const said = (r: Train): string =>
    `accuracy ${r.result.final.accuracy?.toFixed(4)}, loss ${r.result.final.loss?.toPrecision(3)}`;
  const one = (found: readonly Train[], text: string): string =>
    found.map(said).find((s) => s === text) ?? "no run";
  return [
    {
      pattern: new RegExp(`easy twin at n = (\\d+): (${tallied})`, "g"),
      again: (size) => `easy twin at n = ${size}: ${tally(at(size, true))}`,
    },
    {
      pattern: new RegExp(`at n = (\\d+) (${tallied})`, "g"),
      again: (size) => `at n = ${size} ${tally(at(size, false))}`,
    },
    {
      pattern: new RegExp(`n = (\\d+): (${tallied}), on (\\d+) sets?`, "g"),
      again(size) {
        const sets = new Set(at(size, false).map(problem)).size;
        return `n = ${size}: ${tally(at(size, false))}, on ${sets} set${sets === 1 ? "" : "s"}`;
      },
    },
    {
      pattern: /at most (\d+) steps of (\d+) fresh graphs/g,
      again() {
        const steps = main.filter((r) => !r.task.easy).map((r) => r.result.steps);
        return `at most ${Math.max(...steps)} steps of 256 fresh graphs`;
      },
    },
    {
      pattern: /n = (\d+): ([\d.]+) and ([\d.]+) \((\d+) runs\)/g,
      again: (size) =>
        `n = ${size}: ${levels[0].toFixed(3)} and ${levels[1].toFixed(3)} (${shuffled.length} runs)`,
    },
    {
      pattern:
        /At n = (\d+) the certified spectral dimension is ([\d.e+]+), while .* up to ([\d.e+]+) gradient/g,
      again(size) {
        const certificate = records.find(
          (r) =>
            r.task.kind === "certify" &&
            r.task.family === "gnn-degree-parity" &&
            r.task.params["n"] === Number(size),
        ) as Finished<"certify">;
        const queries = at(size, false).map((r) => r.result.steps * r.result.weights);
        const short = (x: number): string => (x >= 1e4 ? x.toExponential(1) : x.toPrecision(3));
        return [
          `At n = ${size} the certified spectral dimension is ${short(Number(certificate.result.dimension.spectral))},`,
          `while the training budget there counts up to ${short(Math.max(...queries))} gradient`,
        ].join(" ");
      },
    },
    {
      pattern:
        /Teacher start, n = (\d+), (\w+) pooling, (\w+), (\d+) steps: (accuracy [\d.]+, loss [\d.e+-]+)(?=\.)/g,
      again(size, pool, optimizer, steps, text) {
        const found = inRole(
          size,
          ({ task: { options: o } }) =>
            o.init === "teacher" && (o.pool ?? "mean") === pool && o.perturb === undefined,
        );
        const own = found.filter((r) => r.result.steps === Number(steps));
        return `Teacher start, n = ${size}, ${pool} pooling, ${optimizer}, ${steps} steps: ${one(own, text)}`;
      },
    },
    {
      pattern: new RegExp(
        [
          "plus ([\\d.]+) times fresh ones, n = (\\d+), (\\w+) pooling, (\\w+), (\\d+) steps:",
          "(accuracy [\\d.]+, loss [\\d.e+-]+)(?=\\.)",
        ].join(" "),
        "g",
      ),
      again(perturb, size, pool, optimizer, steps, text) {
        const found = inRole(size, (r) => r.task.options.perturb === Number(perturb));
        const own = found.filter((r) => r.result.steps === Number(steps));
        const training = `n = ${size}, ${pool} pooling, ${optimizer}, ${steps} steps`;
        return `plus ${perturb} times fresh ones, ${training}: ${one(own, text)}`;
      },
    },
    {
      pattern: /Tuning, n = (\d+), lr ([\d.]+): (accuracy [\d.]+, loss [\d.e+-]+) \(([a-z ]+)\)/g,
      again(size, lr, text, verdict) {
        const own = inRole(
          size,
          (r) => r.task.options.lr === Number(lr) && r.task.options.batch === undefined,
        );
        const judged = own.filter((r) => outcome(r) === verdict);
        return `Tuning, n = ${size}, lr ${lr}: ${one(judged, text)} (${verdict})`;
      },
    },
    {
      pattern:
        /Shuffled labels, n = (\d+): (accuracy [\d.]+, loss [\d.e+-]+), baseline ([\d.]+) \(([a-z ]+)\)/g,
      again(size, text, baseline, verdict) {
        const own = shuffled.filter(
          (r) => r.result.final.baselineAccuracy?.toFixed(4) === baseline && outcome(r) === verdict,
        );
        return `Shuffled labels, n = ${size}: ${one(own, text)}, baseline ${baseline} (${verdict})`;
      },
    },
    ...pairRules(parities),
  ];
}

/** Numbers of the matrix at the quick scale. */
const matrixRules: Rule[] = [
  { pattern: /gets 200,000 labelled examples/g, again: () => "gets 200,000 labelled examples" },
  { pattern: /(\d+) steps of (\d+)/g, again: () => `${Math.floor(200_000 / 256)} steps of 256` },
];

/** How many hard cells of gradient descent explain at most a twentieth, on those of the matrix's budget. */
function movementRule(records: readonly StoredRecord[]): Rule {
  const cells = new Map<string, Train[]>();
  for (const r of records)
    if (r.task.kind === "train" && !r.task.easy && r.task.options.steps === 781) {
      const name = JSON.stringify([r.task.family, r.task.params, r.task.options.student]);
      cells.set(name, [...(cells.get(name) ?? []), r as Train]);
    }
  const chance = [...cells.values()].filter((runs) =>
    runs.some((r) => (r.result.final.explainedVariance ?? 0) <= 0.05),
  );
  return {
    pattern:
      /Of gradient descent's (\d+) hard cells? with runs at chance \(<>\) (\d+) .*? and (\d+) "not moving"; of (\d+)/g,
    again(all, moving, still, untold) {
      const whole = Number(moving) + Number(still) + Number(untold);
      const right = Number(all) === chance.length && whole === chance.length;
      return right ? "Of gradient descent's" : `${chance.length} hard cells with runs at chance`;
    },
  };
}

/** A number in a report that was not computed again, or came out differently. */
export interface Doubt {
  readonly text: string;
  readonly said: string;
  readonly found: string | null;
}

/** All doubts about texts: what rules compute otherwise, and digits that no rule accounts for. */
export function doubts(texts: readonly string[], records: readonly StoredRecord[]): Doubt[] {
  const rules = [...parityRules(records), ...matrixRules, movementRule(records)];
  return texts.flatMap((text) => {
    const found: Doubt[] = [];
    let rest = definitions.reduce((t, d) => t.replace(d, "<>"), text);
    for (const { pattern, again } of rules)
      rest = rest.replace(pattern, (said: string, ...groups: unknown[]) => {
        const computed = again(...groups.filter((g): g is string => typeof g === "string"));
        if (!said.startsWith(computed)) found.push({ text, said, found: computed });
        return "<>";
      });
    const names = rest.replace(/invariant-polynomial [\w:-]+|[a-z-]+:\d+|\bF2\b|\bn = \d+ /g, "");
    for (const [said] of names.matchAll(/.{0,40}\d.{0,20}/g)) found.push({ text, said, found: null });
    return found;
  });
}

/** A number that a run shows, and the same from the record that it names. */
export interface SpotCheck {
  readonly what: string;
  readonly said: number;
  readonly found: number | null;
}

const finalOf = (record: StoredRecord | undefined): number | null => {
  if (record?.task.kind === "certify")
    return Number((record as Finished<"certify">).result.dimension.spectral);
  if (record?.task.kind === "train") return share(record as Train);
  const final = (record?.result as { final?: { explainedVariance?: number | null } } | undefined)?.final;
  return final?.explainedVariance ?? null;
};

/** Numbers of figures that name their record, and of the scoreboard's cells, by chance as many as are asked for. */
export function spotChecks(
  sections: readonly Section[],
  cells: readonly Cell[],
  records: readonly StoredRecord[],
  { seed, count }: { readonly seed: number; readonly count: number },
): SpotCheck[] {
  const byId = new Map(records.map((r) => [r.id, r]));
  const drawn = sections.flatMap(({ blocks }) =>
    blocks.flatMap((b) =>
      b.kind === "figure" ? b.figure.rows.map((row) => [b.figure.name, row] as const) : [],
    ),
  );
  const ofFigures = drawn.flatMap(([name, row]): SpotCheck[] => {
    const { id, accuracy, step, series } = row;
    const record = typeof id === "string" ? byId.get(id) : undefined;
    if (record?.task.kind !== "train" || typeof accuracy !== "number") return [];
    const { final, curve } = (record as Train).result;
    const atEnd = series === "majority baseline" ? final.baselineAccuracy : final.accuracy;
    const found = step === undefined ? atEnd : curve.find((p) => p.step === step)?.accuracy;
    return [{ what: `${name}, record ${String(id)}`, said: accuracy, found: found ?? null }];
  });
  const ofCells = cells.flatMap(({ at, certified, hard, twin, escape, verdict }) =>
    [certified, hard, twin, escape].flatMap((fact): SpotCheck[] => {
      if (fact === null || verdict.kind === "holds") return [];
      return fact.values.map((said, i) => ({
        what: `${at}: ${fact.says}, record ${fact.records[i]}`,
        said,
        found: finalOf(byId.get(fact.records[i])),
      }));
    }),
  );
  const pool = [...ofFigures, ...ofCells];
  const { below } = stream(keyFor("spot checks", seed));
  return Array.from({ length: count }, () => pool[below(pool.length)]);
}
