/**
 * The certificate document: what a family's spectrum proves about query learners, with the evidence.
 *
 * `assemble` computes every field from (family, tau, rho, evidence) alone; the verifier calls it on a document's own
 * evidence and compares.
 */

import * as z from "zod/mini";
import type { Json } from "../base/json.ts";
import { reject } from "../base/errors.ts";
import { keyFor } from "../base/random.ts";
import { parseWith } from "../base/schema.ts";
import { refuseUnread } from "../base/options.ts";
import type { Checked } from "../base/checked.ts";
import {
  asWritten,
  divide,
  log2Rational,
  multiply,
  exactly,
  rational,
  type Rational,
} from "../numeric/rational.ts";
import { runSteps } from "../base/progress.ts";
import { printedLog2 } from "../numeric/rounding.ts";
import type { Cost } from "../base/cost.ts";
import {
  memberLaws,
  trainingLaws,
  type Certifiable,
  type Claims,
  type EvidenceOptions,
} from "./certifier.ts";
import { notionsOf, notionsSchema, notionTable, parseNotion, type Known } from "./notions.ts";
import { countJson, log2Json, requiredQueries, sizeJson, type Strength } from "./statement.ts";

export const certificateSchemaId = "equihard.certificate/1";

/** The success probabilities for which a randomised statement is printed. */
const successes = [0.5, 0.9];

const finite = z.number();
const count = z.union([z.int().check(z.gte(0)), z.string().check(z.regex(/^[1-9]\d{15,20000}$/))]);
const logarithm = z.nullable(finite);
const correlation = finite.check(z.gt(0), z.lte(1));

/** Whether the tolerance is a share of ||f|| or that of inner products with f as it is. */
const normalisations = ["relative", "absolute"] as const;

const statementFields = { queries: count, log2Queries: logarithm, vacuous: z.boolean() };

/**
 * Strict: an unknown field is an error at every level. `family.params` and `evidence` have schemas of their family's.
 */
export const certificateSchema = z.strictObject({
  schema: z.literal(certificateSchemaId),
  family: z.strictObject({
    id: z.string().check(z.maxLength(100)),
    params: z.record(z.string(), z.unknown()),
  }),
  model: z.enum(["SQ", "CSQ"]),
  functions: z.strictObject({
    count: z.nullable(z.string().check(z.regex(/^[1-9]\d{0,20000}$/))),
    log2: logarithm,
  }),
  gram: z.strictObject({
    method: z.enum(["exact", "closed-form", "orthogonal", "schur", "monte-carlo"]),
    lambdaMax: z.nullable(finite),
    maxAbsCorrelation: z.nullable(finite),
  }),
  dimension: z.strictObject({
    spectral: z.union([finite, z.string().check(z.regex(/^[1-9]\d{15,20000}$/))]),
    log2: finite,
  }),
  statement: z.strictObject({
    tau: correlation,
    rho: correlation,
    /** The tolerance is tau times ||f|| (relative), or tau itself; rho is always a correlation. */
    normalisation: z.enum(normalisations),
    /** Queries h and hypotheses g have norm at most 1 in this space, under the input law. */
    space: z.literal("L2"),
    class: z.string().check(z.maxLength(30_000)),
    members: z.enum(memberLaws),
    training: z.enum(trainingLaws),
    ...statementFields,
    /** Which of the two bounds is the better one and gives `queries`. */
    bound: z.enum(["spectral", "pairwise"]),
    /** Learners that succeed with this probability on a member drawn by the law `members`. */
    randomised: z.array(z.strictObject({ success: correlation, ...statementFields })).check(z.maxLength(10)),
  }),
  confidence: finite.check(z.gt(0), z.lte(1)),
  /** Where members were searched: gradient steps, and the dimension at its random start and at its end. */
  search: z.optional(z.strictObject({ steps: z.int().check(z.gte(0)), start: finite, end: finite })),
  /** Other notions of the class's size, where one is asked for. */
  notions: z.optional(notionsSchema),
  evidence: z.record(z.string(), z.unknown()),
  /** Checksum of family, what is asked and evidence: all else follows from them. Guards against damage, not intent. */
  digest: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
});

/** A certificate as `certify --json` prints it: what learners need at least, of which class, and the evidence. */
export type Certificate = z.output<typeof certificateSchema>;

/** What is asked of a certificate. */
export interface CertifyOptions extends Partial<EvidenceOptions> {
  /** Tolerance of the queries, in (0, 1]; default 1/16. */
  readonly tau?: number;
  /** Correlation the learner must exceed, in (0, 1]; default 1/2. */
  readonly rho?: number;
  /** The tolerance is that of inner products with f as it is, not divided by ||f||; default false. */
  readonly absolute?: boolean;
  /** Another notion of size than "spectral": `notions` is then part of the certificate. */
  readonly notion?: string;
  /** Called with the fraction done and what is being done. */
  readonly onProgress?: (fraction: number, what: string) => void;
}

const optionsSchema = z.object({ tau: correlation, rho: correlation });

/** The parameters that a certificate of these holds. */
export const definingOf = <V>({ certifier }: Certifiable<V>, params: Checked<V>): Checked<V> =>
  certifier.defining?.(params) ?? params;

/**
 * @param family a class that has certificates
 * @param params its parameters, checked or not; those that do not define the class (a hidden set, a bit) are left out
 * @throws InputError for parameters that cannot be certified, and for options that their certificate does not read
 */
export async function certifyClass(
  family: Certifiable,
  params: unknown,
  options: CertifyOptions = {},
): Promise<Certificate> {
  const { defining, own } = prepare(family, params, options);
  const { tau, rho } = parseWith(optionsSchema, { tau: options.tau ?? 1 / 16, rho: options.rho ?? 1 / 2 });
  const asked = parseNotion(options.notion ?? "spectral", "--notion");
  const { onProgress } = options;
  const asksForList = { ...own, apart: asked !== "spectral" };
  const evidence = await runSteps(family.certifier.certify(defining, asksForList), ({ done, total, what }) =>
    onProgress?.(Math.min(1, done / total), what),
  );
  return assemble(family, defining, evidence, {
    tau,
    rho,
    normalisation: options.absolute === true ? "absolute" : "relative",
    ...(asked === "spectral" ? {} : { notions: [asked] }),
  });
}

/** The parameters that define the class, and the options that are the certifier's own, all of them read. */
function prepare(family: Certifiable, params: unknown, options: CertifyOptions) {
  const { id, certifier } = family;
  const defining = definingOf(family, family.parse(params));
  const { tau: _t, rho: _r, absolute: _a, notion: _n, onProgress: _p, seed = 0, doAll, ...given } = options;
  const read = certifier.options?.(defining, given) ?? [];
  refuseUnread(given, read, `a certificate of ${id} with these parameters`);
  return { defining, own: { ...given, seed, ...(doAll === undefined ? {} : { doAll }) } };
}

/** What `certifyClass` will take, on one core, as far as it is more than little. */
export function certificateCost(family: Certifiable, params: unknown, options: CertifyOptions = {}): Cost {
  const { defining, own } = prepare(family, params, options);
  return family.certifier.cost?.(defining, own) ?? { seconds: 0, bytes: 0 };
}

/** What is asked of a statement, and the names of notions; all else of it follows from the evidence. */
export interface Asked extends Pick<Certificate["statement"], "tau" | "rho" | "normalisation"> {
  readonly notions?: readonly string[];
}

/** What a certificate's statement and notions are answers to. */
export const askedOf = ({ statement, notions }: Certificate): Asked => ({
  ...statement,
  ...(notions === undefined ? {} : { notions: notions.map(({ notion }) => notion) }),
});

/**
 * Every field of the document, from the class's parameters, the evidence and what is asked.
 * @throws InputError for an absolute tolerance where no bound on the norms is known
 */
export function assemble(family: Certifiable, params: Checked, evidence: unknown, asked: Asked): Certificate {
  const { id, certifier } = family;
  const { tau, rho, normalisation, notions } = asked;
  const known = knownOf(family, params, evidence, asked);
  const { claims } = known;
  const strength = strengthOf(claims);
  const squares: [Rational, Rational] = [known.tauSquared, squareOf(rho)];
  const table = notions === undefined ? undefined : notionTable(tau, notions);
  const dimension = dimensionOf(claims.dimension);
  const search = certifier.search?.(params, evidence);
  const { bound, ...deterministic } = requiredQueries(strength, ...squares);
  const randomised = successes.map((success) => ({
    success,
    ...fieldsOf(requiredQueries(strength, ...squares, asWritten(success))),
  }));
  return {
    schema: certificateSchemaId,
    family: { id, params: params.json },
    model: modelOf(family, claims),
    functions: { count: claims.count === null ? null : `${claims.count}`, log2: claims.log2Count },
    gram: {
      method: claims.method,
      lambdaMax: claims.lambdaMax,
      maxAbsCorrelation: claims.maxAbsCorrelation,
    },
    dimension,
    statement: {
      tau,
      rho,
      normalisation,
      space: "L2",
      ...certifier.scope(params, evidence),
      ...fieldsOf(deterministic),
      bound,
      randomised,
    },
    confidence: claims.confidence,
    ...(search === undefined ? {} : { search: { ...search, end: Number(dimension.spectral) } }),
    ...(table === undefined ? {} : { notions: notionsOf(known, table) }),
    evidence: evidence as Record<string, Json>,
    digest: keyFor(
      "certificate",
      id,
      params.json,
      tau,
      rho,
      normalisation,
      ...(table === undefined ? [] : [table]),
      evidence,
    )
      .map((word) => word.toString(16).padStart(8, "0"))
      .join(""),
  };
}

/** What notions are made from, as the statement is. */
export function knownOf(
  family: Certifiable,
  params: Checked,
  evidence: unknown,
  { tau, normalisation }: Asked,
): Known {
  const { id, certifier } = family;
  const claims = certifier.claims(params, evidence);
  const norm = normalisation === "relative" ? undefined : certifier.largestSquaredNorm?.(params, evidence);
  return {
    claims,
    signs: modelOf(family, claims) === "SQ",
    tauSquared:
      normalisation === "relative" ? squareOf(tau) : divide(squareOf(tau), exactly(requireNorm(id, norm))),
  };
}

const squareOf = (x: number): Rational => multiply(asWritten(x), asWritten(x));

/** Where statistical queries are covered, labels are +-1. */
const modelOf = ({ model }: Certifiable, claims: Claims): "SQ" | "CSQ" => claims.model ?? model;

const requireNorm = (id: string, squaredNorm: number | undefined): number =>
  squaredNorm ??
  reject({
    where: "--absolute",
    what: `no bound on the norms of the functions of ${id} with these parameters is known`,
    next: "leave it out: the tolerance is then relative to ||f||",
  });

const fieldsOf = ({ queries, vacuous }: { queries: bigint; vacuous: boolean }) => ({
  queries: countJson(queries),
  log2Queries: log2Json(queries),
  vacuous,
});

/** d_eff rounded down: a number, above 2^53 the digits of its integer part. */
const dimensionOf = (dimension: Rational): Certificate["dimension"] => ({
  spectral: sizeJson(dimension),
  log2: printedLog2(log2Rational(dimension)),
});

function strengthOf({ dimension, count: members, maxAbsCorrelation }: Claims): Strength {
  if (members === null || maxAbsCorrelation === null) return { dimension };
  return { dimension, pairwise: { count: members, delta: exactly(maxAbsCorrelation) } };
}

/** The strength a certificate's own numbers state: what `budget` needs, for every family. */
export function statedStrength(certificate: Certificate): Strength {
  const { spectral } = certificate.dimension;
  const dimension = typeof spectral === "string" ? rational(BigInt(spectral)) : exactly(spectral);
  const { count: members } = certificate.functions;
  const { maxAbsCorrelation } = certificate.gram;
  if (members === null || maxAbsCorrelation === null) return { dimension };
  return { dimension, pairwise: { count: BigInt(members), delta: exactly(maxAbsCorrelation) } };
}
