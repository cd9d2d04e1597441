/** Is what a forged document claims true? The certifier, run on what the document states, decides. */

import * as z from "zod/mini";
import { InputError } from "../base/errors.ts";
import { add, compare, divide, exactly, multiply, rational, type Rational } from "../numeric/rational.ts";
import { askedOf, assemble, certificateSchema, definingOf, type Certificate } from "../query/certificate.ts";
import type { Certifiable, Claims, EvidenceOptions } from "../query/certifier.ts";
import { runSteps } from "../base/progress.ts";
import { parseWith } from "../base/schema.ts";
import { certifiable, certify } from "./certify.ts";
import type { Forgeable } from "./forgeries.ts";

/** The room that a verifier's proof leaves. */
const room = exactly(1 + 1e-6);
/** Logarithms are printed to so many digits, rounded down. */
const digits = exactly(1e-11);

/**
 * @param document what a verifier accepted
 * @param honest what it was forged from
 * @returns weaker: no claim is above the certifier's own for the same parameters; sharper: one is, by less than a part
 *   in 10^6 of the dimension, the correlations or the norms; false otherwise
 */
export async function judge(document: unknown, honest: Forgeable): Promise<"weaker" | "sharper" | "false"> {
  const { data: forged } = z.safeParse(certificateSchema, document);
  if (forged === undefined || forged.family.id !== honest.certificate.family.id) return "false";
  const family = certifiable(honest.family ?? forged.family.id);
  const own = await recertified(forged, honest);
  if (own === undefined) return "false";
  const params = definingOf(family, family.parse(own.family.params));
  const claims = (of: Certifiable): Certificate => assemble(of, params, own.evidence, askedOf(forged));
  if (claimsAtMost(forged, claims(family))) return "weaker";
  return claimsAtMost(forged, claims(sharper(family)), digits) ? "sharper" : "false";
}

/** The certifier's own document for the same parameters, what is asked, seed and samples, or listed functions. */
async function recertified(
  forged: Certificate,
  { labels, family }: Forgeable,
): Promise<Certificate | undefined> {
  const known = family ?? forged.family.id;
  const of = certifiable(known);
  const { parse, certifier } = of;
  const { seed, samples } = forged.evidence as Partial<EvidenceOptions>;
  const { tau, rho, normalisation } = forged.statement;
  const exact = forged.gram.method === "exact";
  try {
    if (certifier.again !== undefined) {
      const params = definingOf(of, parse(forged.family.params));
      const evidence = await runSteps(
        certifier.again(params, parseWith(certifier.evidence, forged.evidence)),
      );
      return assemble(of, params, evidence, askedOf(forged));
    }
    const read = certifier.options?.(parse(forged.family.params), { exact }) ?? [];
    const given = { samples, exact, labels };
    return await certify(known, forged.family.params, {
      ...Object.fromEntries(Object.entries(given).filter(([name]) => read.includes(name as "samples"))),
      ...(seed === undefined ? {} : { seed }),
      tau,
      rho,
      absolute: normalisation === "absolute",
      ...(forged.notions === undefined ? {} : { notion: "sq-dim" }),
    });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The class as if all that is known of it were better by the room. */
function sharper(family: Certifiable): Certifiable {
  const { certifier } = family;
  const less = (x: number): number => x / (1 + 1e-6);
  const lessOf = (x: Rational): Rational => divide(x, room);
  return {
    ...family,
    certifier: {
      ...certifier,
      claims(params, evidence): Claims {
        const claims = certifier.claims(params, evidence);
        const { dimension, lambdaMax, maxAbsCorrelation, absoluteLambda, meanSquare } = claims;
        return {
          ...claims,
          dimension: multiply(dimension, room),
          lambdaMax: lambdaMax === null ? null : less(lambdaMax),
          maxAbsCorrelation: maxAbsCorrelation === null ? null : less(maxAbsCorrelation),
          ...(absoluteLambda === undefined ? {} : { absoluteLambda: lessOf(absoluteLambda) }),
          ...(meanSquare === undefined ? {} : { meanSquare: lessOf(meanSquare) }),
        };
      },
      largestSquaredNorm(params, evidence) {
        const norm = certifier.largestSquaredNorm?.(params, evidence);
        return norm === undefined ? undefined : less(norm);
      },
    },
  };
}

/**
 * What claims more the larger it is (`end` is the dimension where a search ended), and what the smaller it is; the rest
 * has to be equal.
 */
const lowerBounds = ["spectral", "log2", "queries", "log2Queries", "value", "end"];
const upperBounds = ["lambdaMax", "maxAbsCorrelation"];

/** Whether nothing outside the evidence is claimed that the limit does not claim, logarithms within `apart`. */
function claimsAtMost(claimed: unknown, limit: unknown, apart = rational(0), name = ""): boolean {
  // how a bound was found is no claim of its own
  if (["evidence", "digest"].includes(name)) return true;
  if (["bound", "reason"].includes(name) && typeof limit === "string") return true;
  if (typeof limit === "object" && limit !== null) {
    if (typeof claimed !== "object" || claimed === null) return false;
    const names = new Set([...Object.keys(limit), ...Object.keys(claimed)]);
    return [...names].every((key) =>
      claimsAtMost(
        (claimed as Record<string, unknown>)[key],
        (limit as Record<string, unknown>)[key],
        apart,
        Array.isArray(limit) ? name : key,
      ),
    );
  }
  if (claimed === limit) return true;
  if (name === "vacuous") return claimed === true;
  if (!lowerBounds.includes(name) && !upperBounds.includes(name)) return false;
  if (claimed === null || limit === null) return claimed === null;
  const [a, b] = upperBounds.includes(name) ? [limit, claimed] : [claimed, limit];
  const more = name.startsWith("log2") ? add(sizeOf(b), apart) : sizeOf(b);
  return compare(sizeOf(a), more) <= 0;
}

const sizeOf = (x: unknown): Rational => (typeof x === "string" ? rational(BigInt(x)) : exactly(x as number));
