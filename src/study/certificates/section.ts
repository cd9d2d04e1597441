/** The report's table of certificates. */

import type { Certificate } from "../../query/certificate.ts";
import { shownBelow } from "../../numeric/rounding.ts";
import { paragraph, sentences, table, type Section } from "../../report/page.ts";
import { familiesSection } from "../families.ts";
import type { Certified } from "./study.ts";

/** A big number: digits where they are few, else a power of two, rounded down. */
function big(value: string | number, log2: number | null): string {
  if (typeof value === "number" && !Number.isInteger(value)) return shownBelow(value, 6);
  const digits = String(value);
  return digits.length <= 12 || log2 === null ? digits : `2^${(Math.floor(10 * log2) / 10).toFixed(1)}`;
}

const size = (params: Readonly<Record<string, unknown>>): string =>
  Object.entries(params)
    .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(", ");

const row = ({ family, functions, dimension, statement, gram, confidence, model }: Certificate): string[] => [
  family.id,
  size(family.params),
  functions.count === null ? "a continuum" : big(functions.count, functions.log2),
  big(dimension.spectral, dimension.log2),
  statement.vacuous ? "vacuous" : big(statement.queries, statement.log2Queries),
  confidence === 1 ? gram.method : `${gram.method}, with confidence ${confidence}`,
  model,
];

const INTRODUCTION = sentences(
  "Queries: what a learner that is guaranteed a correlation above rho = 1/2 with every member needs",
  "at tolerance tau = 1/16.",
  "SQ covers all statistical queries, CSQ correlational ones only.",
);

export const certificateSections = ({ families, certificates }: Certified): Section[] => [
  familiesSection([
    ...families.map(({ id, title, source }) => paragraph(`${id}: ${title} (${source}).`)),
    paragraph(INTRODUCTION),
    table(
      ["family", "size", "functions", "d_eff at least", "queries", "method", "model"],
      certificates.map(row),
    ),
  ]),
];
