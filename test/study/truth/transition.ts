import { recordsOf } from "../../../src/run/record.ts";
import { certified } from "./cells.ts";
import { movementSaid } from "./movement.ts";
import { average, different, rule, type Rule, type Told, type Truth } from "./rule.ts";
import { easy, isLearn, isTrain, isTried, option, type Learn, type Train, type Tried } from "./run.ts";

const explained = (r: Tried): number => r.result.final.explainedVariance ?? 0;
const sizeOf = ({ task }: { readonly task: Tried["task"] }): string => JSON.stringify(task.params);

/** A cell of a map: one size, with the family's own training, the changed ones, the twin and the learner beside. */
interface MapCell {
  readonly hard: readonly Train[];
  readonly twin: readonly Train[];
  readonly changed: readonly Train[];
  readonly beside: readonly Learn[];
  /** Whether it asks fewer queries than are certified. */
  readonly within: boolean;
}

function mapOf({ own }: Told, family: string): MapCell[] {
  const of = own.filter((r) => r.task.family === family);
  const tried = of.filter(isTried);
  const trained = tried.filter(isTrain);
  const [first] = trained;
  const isOwn = (r: Train): boolean => JSON.stringify(r.task.options) === JSON.stringify(first.task.options);
  const certificates = recordsOf(of, "certify");
  return different(tried.map(sizeOf)).map((size) => {
    const here = trained.filter((r) => sizeOf(r) === size);
    const hard = here.filter((r) => !easy(r) && isOwn(r));
    const certificate = certificates.find((c) => JSON.stringify(c.task.params) === size);
    const run = hard.find((r) => r.task.seed === 0);
    let within = false;
    if (certificate !== undefined && run !== undefined && !certificate.result.statement.vacuous) {
      const queries = Math.max(1, run.result.steps) * run.result.weights;
      const batch = Number(option(run, "batch") ?? 256);
      const tauSquared = Math.min(1, (2 * Math.log((2 * queries) / 0.01)) / batch);
      within = queries < certified(certificate, tauSquared);
    }
    return {
      hard,
      twin: here.filter((r) => easy(r) && isOwn(r)),
      changed: here.filter((r) => !easy(r) && !isOwn(r)),
      beside: tried.filter(isLearn).filter((r) => sizeOf(r) === size),
      within,
    };
  });
}

const learned = (runs: readonly Tried[]): boolean => runs.length > 0 && average(runs.map(explained)) > 0.9;

function familyRules(told: Told, family: string): { readonly title: Rule; readonly caption: string } {
  const cells = mapOf(told, family);
  const run = cells.filter((c) => c.hard.length > 0);
  const failed = run.filter((c) => !learned(c.hard));
  const rescued = failed.filter((c) => c.changed.some((r) => explained(r) > 0.9)).length;
  const unchecked = failed.filter((c) => c.changed.length === 0).length;
  const beside = cells.filter((c) => c.beside.length > 0);
  const found = beside.filter((c) => learned(c.beside));
  const twins = cells.filter((c) => c.twin.length > 0);
  const { width, steps, batch } = run[0].hard[0].task.options;
  const open = unchecked > 0 ? ` (not yet run in ${unchecked} cells)` : "";
  const seeds = run[0].hard.length;
  const moved = movementSaid(run.map((c) => c.hard));
  const caption = [
    `Students of width ${width}, ${steps} steps of ${batch}, ${seeds} seed${seeds === 1 ? "" : "s"} a cell.`,
    `${run.length - failed.length} of ${run.length} hard cells are learned (above 0.9).`,
    '"checks": the better of four times the learning rate and twice the width, run where the hard target was not',
    `learned${open}; they would have learned ${rescued} of these.`,
    ...(beside.length === 0
      ? []
      : [
          '"hard, square first" is the learner label-transform with the same student, optimiser, examples and steps:',
          `${found.length} of ${beside.length} hard cells are learned,`,
          `${found.filter((c) => c.hard.length > 0 && !learned(c.hard)).length} of them not by gradient descent alone.`,
        ]),
  ].join(" ");
  const within = failed.filter((c) => c.within).length;
  const end = [
    "The power of ten is steps times weights over the certified number of queries at the batch's tolerance:",
    `${within} of the ${failed.length} failures lie within the certificate's bound, the others are not explained by it.`,
  ].join(" ");
  return {
    title: rule(`${family}: gradient descent learns {} hard cells, {} easy ones`, () => [
      `${run.length - failed.length} of ${run.length}`,
      `${twins.filter((c) => learned(c.twin)).length} of ${twins.length}`,
    ]),
    caption: [caption, ...(moved === undefined ? [] : [moved]), end].join(" "),
  };
}

export const transition: Truth = {
  definitions: ["Explained variance on fresh samples: above 0.9 counts"],
  rules(told) {
    const families = different(told.own.map((r) => r.task.family));
    const all = families.map((family) => familyRules(told, family));
    const captions = all.map(({ caption }) => caption);
    return [
      ...all.map(({ title }) => title),
      // a map's caption is one of them, to the letter
      {
        pattern: /^(Students of width .*)$/g,
        again: (said) => (captions.includes(said) ? said : captions[0]),
      },
    ];
  },
};
