/**
 * Other notions of a class's size than the spectral one, from the numbers that a certificate proves anyway
 * (docs/theory.md, "Other notions of dimension"): statistical dimension with average correlation (Feldman et al.
 * 2017), VSTAT and randomised statistical dimension (Feldman, Perkins and Vempala 2018), cross-predictability (Abbe
 * and Sandon 2020), SQ dimension (Blum et al. 1994). Evaluated in exact rationals and rounded once, to the side on
 * which they stay true.
 */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import {
  asWritten,
  divide,
  exactly,
  floor,
  multiply,
  nearestNumber,
  numberBelow,
  parseRational,
  rational,
  reciprocal,
  type Rational,
} from "../numeric/rational.ts";
import { cubeRoot } from "../numeric/integers.ts";
import type { Claims } from "./certifier.ts";
import { averageCorrelationDimension, countJson, sizeJson } from "./statement.ts";

/** Success probability of the learners that tell labels from noise, and what it exceeds guessing by, doubled. */
const alpha = 0.9;
const advantage = rational(4, 5);

/** As documents hold them; the values follow from the evidence, and `notion` says which and of what. */
export const notionsSchema = z
  .array(
    z.strictObject({
      notion: z.string().check(z.maxLength(60)),
      quantity: z.string().check(z.maxLength(200)),
      /** Null where the notion does not apply; digits above 2^53. */
      value: z.nullable(z.union([z.number(), z.string().check(z.regex(/^[1-9]\d{15,20000}$/))])),
      /** Whether the quantity is the value (to its last digit, rounded down) or at least the value. */
      bound: z.nullable(z.enum(["exact", "lower"])),
      /** What it follows from, or why it does not apply. */
      reason: z.string().check(z.maxLength(200)),
    }),
  )
  .check(z.maxLength(12));

export type Notion = z.output<typeof notionsSchema>[number];

/** What notions are made from. */
export interface Known {
  readonly claims: Claims;
  /** Labels are +-1. */
  readonly signs: boolean;
  /** The square of the tolerance relative to ||f||. */
  readonly tauSquared: Rational;
}

type Row = Omit<Notion, "notion">;

/** @param x the argument, as `sda:x` and `vstat:x` have one */
const rows: Readonly<Record<string, (known: Known, x: number) => Row[]>> = {
  spectral: ({ claims: { dimension, exact = false } }) => [
    size("spectral query dimension d_eff", dimension, exact, "D / lambda_max(M)"),
  ],
  sda: ({ claims }, gamma) => [absoluteRow(claims, gamma), signedRow(claims, gamma)],
  vstat: ({ claims: { dimension }, signs }, m) => {
    const quantity = `VSTAT(${m}): queries, labels against noise`;
    if (!signs) return [none(quantity, "labels are real numbers, not +-1")];
    const queries = floor(divide(dimension, multiply(rational(3), asWritten(m)))) + 1n;
    return [least(quantity, queries, "more than d_eff / (3 m)")];
  },
  rsd: ({ claims: { dimension }, tauSquared }) => {
    const queries = floor(multiply(advantage, multiply(tauSquared, dimension))) + 1n;
    const quantity = `RSD: queries, labels from noise, alpha = ${alpha}`;
    return [least(quantity, queries, "more than (2 alpha - 1) tau^2 d_eff")];
  },
  "cross-predictability": ({ claims }) => {
    const { exact = false, meanSquare } = claims;
    const quantity = "1 / cross-predictability";
    return meanSquare === undefined
      ? [size(quantity, claims.dimension, false, "at least d_eff")]
      : [size(quantity, reciprocal(meanSquare), exact, "D^2 / ||M||_F^2")];
  },
  "sq-dim": ({ claims }) => [sqRow(claims)],
};

/** Far below the largest float64, to which larger numbers would be rounded. */
const largestM = 1e300;
const allowed =
  "spectral, sda:gamma (0 < gamma <= 1), vstat:m (1 <= m <= 1e300), rsd, cross-predictability, sq-dim";

/**
 * A notion in its one spelling: `sda:1/4` is `sda:0.25`.
 * @param where names the option or field in problems
 */
export function parseNotion(text: string, where: string): string {
  const { kind, argument } = parts(text);
  const takes = kind === "sda" || kind === "vstat";
  if (!Object.hasOwn(rows, kind) || takes !== (argument !== undefined))
    return reject({ where, what: `"${text.slice(0, 40)}" is no notion`, allowed });
  if (argument === undefined) return kind;
  const value = nearestNumber(parseRational(argument, where));
  if (kind === "sda" ? !(value > 0 && value <= 1) : !(value >= 1 && value <= largestM))
    return reject({ where, what: `${argument} is out of range`, allowed });
  return `${kind}:${value}`;
}

function parts(text: string): { kind: string; argument?: string } {
  const at = text.indexOf(":");
  return at < 0 ? { kind: text } : { kind: text.slice(0, at), argument: text.slice(at + 1) };
}

/**
 * All notions in order, each as named in `asked`, else, where it has an argument, with gamma = tau^2 and m = 1 /
 * tau^2.
 */
export function notionTable(tau: number, asked: readonly string[] = []): string[] {
  const square = multiply(asWritten(tau), asWritten(tau));
  const gamma = Math.max(nearestNumber(square), Number.MIN_VALUE);
  const m = Math.min(numberBelow(rational(floor(reciprocal(square)))), largestM);
  const preset = ["spectral", `sda:${gamma}`, `vstat:${m}`, "rsd", "cross-predictability", "sq-dim"];
  return preset.map((name) => asked.find((other) => parts(other).kind === parts(name).kind) ?? name);
}

/**
 * The values of the named notions, in the names' order. @throws InputError for a name that is not in its one spelling
 */
export function notionsOf(known: Known, names: readonly string[]): Notion[] {
  return names.flatMap((notion) => {
    if (parseNotion(notion, "notions") !== notion)
      reject({ where: "notions", what: `"${notion}"`, allowed: parseNotion(notion, "notions") });
    const { kind, argument } = parts(notion);
    return rows[kind](known, Number(argument)).map((row) => ({ notion, ...row }));
  });
}

/**
 * Mean |<f, g>| over C' x C' is at most lambda_max(|M|) / |C'|; and at most 1/|C'| + delta where no correlation
 * exceeds it.
 */
function absoluteRow({ count, maxAbsCorrelation, absoluteLambda }: Claims, gamma: number): Row {
  const quantity = `SDA(${gamma}), absolute correlations`;
  if (count === null || (absoluteLambda === undefined && maxAbsCorrelation === null))
    return none(quantity, "only M itself is bounded, not the absolute values");
  const spectral =
    absoluteLambda === undefined
      ? 0n
      : floor(divide(multiply(asWritten(gamma), rational(count)), absoluteLambda));
  const pairwise =
    maxAbsCorrelation === null
      ? 0n
      : averageCorrelationDimension(count, exactly(maxAbsCorrelation), asWritten(gamma));
  return absoluteLambda === undefined || pairwise > spectral
    ? least(quantity, pairwise, "D (gamma - delta) / (1 - delta), no correlation above delta")
    : least(quantity, spectral, "gamma D / lambda_max(|M|)");
}

const signedRow = ({ dimension }: Claims, gamma: number): Row =>
  least(`SDA(${gamma}), signed correlations`, floor(multiply(asWritten(gamma), dimension)), "gamma d_eff");

/**
 * Any list of min(D, 1/delta) members will do, or one that the evidence names. Else a list drawn greedily: of N
 * independent members two correlate above 1/d with probability at most q = d^2 E <f, g>^2, so N / (1 + (N - 1) q) of
 * them do not in pairs (Turan), for large N at least d where (d - 1) q < 1.
 */
function sqRow({ count, maxAbsCorrelation, meanSquare, dimension, apart }: Claims): Row {
  const named = BigInt(apart ?? 0);
  const greedy = largestList(meanSquare ?? reciprocal(dimension));
  const plain =
    count === null || maxAbsCorrelation === null ? 0n : plainList(count, exactly(maxAbsCorrelation));
  const quantity = "SQ dimension";
  const isWhole = (list: bigint) => ({ bound: list === count ? ("exact" as const) : ("lower" as const) });
  if (named > plain && named >= greedy)
    return {
      ...least(quantity, named, "the greedy list of the evidence, no two above 1/d"),
      ...isWhole(named),
    };
  if (plain <= greedy) return least(quantity, greedy, "a greedy list, d^2 (d - 1) E <f, g>^2 < 1");
  const reason = "any min(D, 1/delta) members, no correlation above delta";
  return { ...least(quantity, plain, reason), ...isWhole(plain) };
}

const plainList = (count: bigint, delta: Rational): bigint => {
  if (delta.num === 0n) return count;
  const most = floor(reciprocal(delta));
  return most < count ? most : count;
};

/** The largest d with d^2 (d - 1) x < 1, for x > 0; at least 1. */
function largestList({ num, den }: Rational): bigint {
  // r^3 <= 1/x < (r + 1)^3, so r will do and r + 2 will not
  const root = cubeRoot(den / num);
  return (root + 1n) ** 2n * root * num < den ? root + 1n : root;
}

const none = (quantity: string, reason: string): Row => ({ quantity, value: null, bound: null, reason });
const least = (quantity: string, value: bigint, reason: string): Row => ({
  quantity,
  value: countJson(value),
  bound: "lower",
  reason,
});
const size = (quantity: string, value: Rational, exact: boolean, reason: string): Row => ({
  quantity,
  value: sizeJson(value),
  bound: exact ? "exact" : "lower",
  reason,
});
