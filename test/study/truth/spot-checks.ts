/**
 * Numbers drawn by chance out of all that a run's studies show: of figures, of tables and of sentences. One of a figure
 * or a table has to be a number of the records that its row names, or of the study's own where it names none.
 */

import { keyFor, stream } from "../../../src/base/random.ts";
import { recordsOf, type StoredRecord } from "../../../src/run/record.ts";
import type { Scope } from "../../../src/study/study.ts";
import { certified } from "./cells.ts";
import { gateOf, ownOf, type Saying } from "./gate.ts";
import { average } from "./rule.ts";
import { isTrain, isTried, share, shareOf } from "./run.ts";
import { altered, numbersAt } from "./texts.ts";

/** A number that a run shows, and whether the records bear it out. */
export interface SpotCheck {
  readonly what: string;
  readonly said: string;
  readonly right: () => boolean;
}

/** All numbers in a value, and the means of lists of them. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value === "string") return value !== "" && Number.isFinite(Number(value)) ? [Number(value)] : [];
  if (value === null || typeof value !== "object") return [];
  const inner = Object.values(value).map(numbersIn);
  const means = Array.isArray(value) && value.every((x) => typeof x === "number") ? [average(value)] : [];
  return [...means, ...inner.flat()];
}

/** What a record says in numbers: its own, shares of what a constant leaves, and examples up to a point of its curve. */
export function numbersOf(record: StoredRecord): number[] {
  const own = [...numbersIn(record.task), ...numbersIn(record.result), ...numbersIn(record.measurement)];
  if (!isTried(record)) return own;
  const all = [...own, share(record) ?? 0, record.result.final.explainedVariance ?? 0];
  if (!isTrain(record)) return all;
  const { curve, validationBaselineLoss: constant, final, weights, steps } = record.result;
  const { trainAccuracy = null, trainExplained } = record.result;
  const batch = record.task.options.batch ?? 256;
  const points = curve.flatMap(({ step, loss, accuracy }) => {
    const explainedVariance = loss === null ? null : 1 - loss / constant;
    const of = shareOf({ accuracy, baselineAccuracy: final.baselineAccuracy, explainedVariance });
    return [
      step * batch,
      ...(explainedVariance === null ? [] : [explainedVariance]),
      ...(of === null ? [] : [of]),
    ];
  });
  const fitted =
    trainExplained === undefined
      ? []
      : [
          shareOf({
            accuracy: trainAccuracy,
            baselineAccuracy: final.baselineAccuracy,
            explainedVariance: trainExplained,
          }) ?? 0,
        ];
  return [...all, ...points, ...fitted, steps * weights];
}

/** How far trainings are above or below what a certificate of the same functions says at their batches, in powers of ten. */
function positionsIn(own: readonly StoredRecord[]): number[] {
  const nameOf = ({ task }: StoredRecord): string => `${task.family} ${JSON.stringify(task.params)}`;
  const certificates = new Map(recordsOf(own, "certify").map((r) => [nameOf(r), r]));
  return own.filter(isTrain).flatMap((r) => {
    const certificate = certificates.get(nameOf(r));
    if (certificate === undefined) return [];
    const queries = Math.max(1, r.result.steps) * r.result.weights;
    const tauSquared = Math.min(1, (2 * Math.log((2 * queries) / 0.01)) / (r.task.options.batch ?? 256));
    return [Math.log10(queries) - Math.log10(certified(certificate, tauSquared))];
  });
}

/** Computed when first asked for. */
function once<T>(compute: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: compute() }).value;
}

const near = (list: readonly number[], x: number, by = 1e-9 * Math.max(1, Math.abs(x))): boolean =>
  list.some((y) => Math.abs(x - y) <= by);

/** Measured numbers of figures: whole ones are mostly places, and are anywhere. */
function ofFigures({ sections, study }: Saying, own: readonly StoredRecord[], byId: ById): SpotCheck[] {
  const all = once(() => [...own.flatMap(numbersOf), ...positionsIn(own)]);
  const known = new Map<StoredRecord, number[]>();
  const of = (r: StoredRecord): number[] => {
    if (!known.has(r)) known.set(r, numbersOf(r));
    return known.get(r)!;
  };
  return sections.flatMap(({ blocks }) =>
    blocks.flatMap((b) => {
      if (b.kind !== "figure") return [];
      return b.figure.rows.flatMap((row) => {
        const named = Object.values(row).flatMap((x) => (typeof x === "string" ? (byId.get(x) ?? []) : []));
        const from = (): number[] => (named.length > 0 ? named.flatMap(of) : all());
        return Object.entries(row).flatMap(([column, x]): SpotCheck[] => {
          if (typeof x !== "number" || Number.isInteger(x) || column === PLACE) return [];
          const what = `${study.id}, figure ${b.figure.name}, ${column}`;
          return [{ what, said: String(x), right: () => near(from(), x) }];
        });
      });
    }),
  );
}

/** Where a mark is drawn beside others: no number of a record. */
const PLACE = "place";

/** Numbers of three digits and more in tables, rounded as they stand there. */
function ofTables({ sections, study }: Saying, own: readonly StoredRecord[]): SpotCheck[] {
  const all = once(() => own.flatMap(numbersOf));
  return sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((b) => {
      if (b.kind !== "table") return [];
      return b.table.rows.flatMap((row) =>
        row.flatMap((text) =>
          [...text.matchAll(/(?<![\d.])-?\d*\.\d{3,}(?![\d.e])/g)].map(([said]): SpotCheck => {
            const unit = 10 ** -(said.length - said.indexOf(".") - 1);
            const right = (): boolean => near(all(), Number(said), 1.0001 * unit);
            return { what: `${study.id}, table under ${title}: ${row.join(" | ")}`, said, right };
          }),
        ),
      );
    }),
  );
}

/** Numbers of sentences: the gate finds nothing to doubt, and with the number changed it does. */
function ofTexts(saying: Saying, records: readonly StoredRecord[], scope: Scope): SpotCheck[] {
  const { texts, study } = saying;
  const gate = once(() => gateOf(saying, records, scope));
  return texts.flatMap((text) =>
    numbersAt(text).map((at) => ({
      what: `${study.id}: ${text}`,
      said: text.slice(Math.max(0, at - 20), at + 1),
      right: () => gate()([text]).length === 0 && gate()([altered(text, at)]).length > 0,
    })),
  );
}

type ById = ReadonlyMap<string, StoredRecord>;

/** As many as are asked for, of figures, tables and sentences by turns, each drawn from all of its kind. */
export function spotChecks(
  said: readonly Saying[],
  records: readonly StoredRecord[],
  scope: Scope,
  { seed, count }: { readonly seed: number; readonly count: number },
): SpotCheck[] {
  const byId = new Map(records.map((r) => [r.id, r]));
  const kinds = [
    said.flatMap((s) => ofFigures(s, ownOf(s.study, records, scope), byId)),
    // a table of certificates has those of other studies too
    said.flatMap((s) => ofTables(s, [...ownOf(s.study, records, scope), ...recordsOf(records, "certify")])),
    said.flatMap((s) => ofTexts(s, records, scope)),
  ].filter((pool) => pool.length > 0);
  const { below } = stream(keyFor("spot checks", seed));
  return Array.from({ length: count }, (_, i) => {
    const pool = kinds[i % kinds.length];
    return pool[below(pool.length)];
  });
}
