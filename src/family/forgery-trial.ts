/** Verifiers held against forgers: how many false documents do they accept? */

import { canonicalJson } from "../base/json.ts";
import { InputError } from "../base/errors.ts";
import { keyFor } from "../base/random.ts";
import { compare, exactly, multiply } from "../numeric/rational.ts";
import { statedStrength, type Certificate } from "../query/certificate.ts";
import type { Cost, EvidenceOptions } from "../query/certifier.ts";
import type { Labels } from "../query/own-class/labels.ts";
import { certifiable, certify, verify } from "./certify.ts";
import type { Family } from "./family.ts";
import { forgeries, type Forgery } from "./forgeries.ts";

/** A certificate to forge. */
export interface Forgeable {
  readonly certificate: Certificate;
  /** Of a class of one's own: what it was made from. */
  readonly labels?: Labels;
  /** The certificate's family, where it is not built in. */
  readonly family?: Family;
}

/** What became of forged documents. */
export interface TrialResult {
  readonly documents: number;
  readonly refused: number;
  /** Accepted, and right: the claim is not above the certifier's own for the same parameters. */
  readonly weaker: number;
  /**
   * Accepted, and above the certifier's own by less than a part in 10^6, the room that it leaves: the verifier proved
   * it.
   */
  readonly sharper: number;
  /**
   * Accepted though a single field was changed, or the claim is more than that above the certifier's own: by their
   * changes.
   */
  readonly falseAccepted: readonly string[];
  /** Anything thrown but a refusal, by their changes. */
  readonly crashes: readonly string[];
  readonly slowest: { readonly milliseconds: number; readonly change: string };
}

/** How many forgeries, which, and how much work each may be. */
export interface TrialOptions {
  /** Documents in all; default 1000. */
  readonly count?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Work that verifying one may take by the verifier's estimate, beyond which it is refused; default: `verify`'s. */
  readonly limit?: Cost;
  readonly onProgress?: (fraction: number) => void;
}

const closeness = 1e-6;

/**
 * Verifies forged documents of the certificates in turn. Whether an accepted one is true is decided by the certifier,
 * run on the parameters and the seed that the document states.
 */
export async function forgeryTrial(
  honest: readonly Forgeable[],
  { count = 1000, seed = 0, limit, onProgress }: TrialOptions = {},
): Promise<TrialResult> {
  const forgers = honest.map(({ certificate, family }, i) =>
    forgeries(certificate, keyFor("forgeries", seed, i), family ?? certificate.family.id),
  );
  const falseAccepted: string[] = [];
  const crashes: string[] = [];
  let [refused, weaker, sharper] = [0, 0, 0];
  let slowest = { milliseconds: 0, change: "" };
  for (let i = 0; i < count; i++) {
    const which = i % honest.length;
    const { value: forgery } = forgers[which].next() as { value: Forgery };
    const change = `${honest[which].certificate.family.id} ${which}, ${forgery.kind}: ${forgery.change}`;
    const start = performance.now();
    const outcome = await outcomeOf(forgery, honest[which], limit);
    const milliseconds = performance.now() - start;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, change };
    if (outcome === "refused") refused++;
    else if (outcome === "accepted") {
      const verdict = await judged(forgery, honest[which]);
      if (verdict === "weaker") weaker++;
      else if (verdict === "sharper") sharper++;
      else falseAccepted.push(change);
    } else crashes.push(`${change}: ${outcome}`);
    onProgress?.((i + 1) / count);
  }
  return { documents: count, refused, weaker, sharper, falseAccepted, crashes, slowest };
}

async function outcomeOf(
  { document }: Forgery,
  { labels, family }: Forgeable,
  limit?: Cost,
): Promise<string> {
  try {
    const { valid } = await verify(document, {
      ...(labels === undefined ? {} : { labels }),
      ...(limit === undefined ? {} : { limit }),
      ...(family === undefined ? {} : { families: [family] }),
    });
    return valid ? "accepted" : "refused";
  } catch (error) {
    if (error instanceof InputError) return "refused";
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function judged(forgery: Forgery, honest: Forgeable): Promise<"weaker" | "sharper" | "false"> {
  const forged = forgery.document as Certificate;
  if (forgery.kind === "field") return "false";
  if (canonicalJson(forged) === canonicalJson(honest.certificate)) return "weaker";
  const own = await recertified(forged, honest);
  if (
    own === undefined ||
    own.functions.count !== forged.functions.count ||
    own.confidence !== forged.confidence
  )
    return "false";
  if (!above(forged, own, 0)) return "weaker";
  return above(forged, own, closeness) ? "false" : "sharper";
}

/** The certifier's own document for the same parameters, numbers asked, seed and samples. */
async function recertified(
  forged: Certificate,
  { labels, family }: Forgeable,
): Promise<Certificate | undefined> {
  const known = family ?? forged.family.id;
  const { parse, certifier } = certifiable(known);
  const { seed, samples } = forged.evidence as Partial<EvidenceOptions>;
  const { tau, rho, normalisation } = forged.statement;
  try {
    const exact = forged.gram.method === "exact";
    const read = certifier.options?.(parse(forged.family.params), { exact }) ?? [];
    const given = { samples, exact, labels };
    return await certify(known, forged.family.params, {
      ...Object.fromEntries(Object.entries(given).filter(([name]) => read.includes(name as "samples"))),
      ...(seed === undefined ? {} : { seed }),
      tau,
      rho,
      absolute: normalisation === "absolute",
    });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Whether one document claims more than the other, by more than a share. */
function above(forged: Certificate, own: Certificate, share: number): boolean {
  const [claimed, found] = [statedStrength(forged), statedStrength(own)];
  const room = exactly(1 + share);
  if (compare(claimed.dimension, multiply(found.dimension, room)) > 0) return true;
  const less = (a: number | null, b: number | null): boolean =>
    a !== null && (b === null || compare(multiply(exactly(a), room), exactly(b)) < 0);
  return (
    less(forged.gram.lambdaMax, own.gram.lambdaMax) ||
    less(forged.gram.maxAbsCorrelation, own.gram.maxAbsCorrelation)
  );
}
