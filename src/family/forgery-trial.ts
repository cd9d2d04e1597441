/** Verifiers held against forgers: how many false documents do they accept? */

import { InputError } from "../base/errors.ts";
import { keyFor } from "../base/random.ts";
import type { Cost } from "../base/cost.ts";
import { verify } from "./certify.ts";
import { forgeries, type Forgeable, type Forgery } from "./forgeries.ts";
import { judge } from "./forgery-verdict.ts";

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
  /**
   * Another verifier than `verify`: whether it accepts a document. It may ask less, only whether every claim is at most
   * the truth: of a single changed field, too, the claims are then what is judged.
   */
  readonly verifier?: (document: unknown, honest: Forgeable) => Promise<boolean>;
  /** Milliseconds, for `slowest`; default: those of the wall. */
  readonly clock?: () => number;
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Verifies forged documents of the certificates in turn. Whether an accepted one is true is decided by the certifier,
 * run on the parameters and the seed that the document states.
 */
export async function forgeryTrial(
  honest: readonly Forgeable[],
  options: TrialOptions = {},
): Promise<TrialResult> {
  const { count = 1000, seed = 0, verifier, clock = () => performance.now(), onProgress } = options;
  const forgers = honest.map(({ certificate, family }, i) =>
    forgeries(certificate, keyFor("forgeries", seed, i), family ?? certificate.family.id),
  );
  const accepts = verifier ?? ((document, of) => accepted(document, of, options.limit));
  const falseAccepted: string[] = [];
  const crashes: string[] = [];
  const counts = { refused: 0, weaker: 0, sharper: 0 };
  let slowest = { milliseconds: 0, change: "" };
  for (let i = 0; i < count; i++) {
    const which = i % honest.length;
    const { value: forgery } = forgers[which].next() as { value: Forgery };
    const change = `${honest[which].certificate.family.id} ${which}, ${forgery.kind}: ${forgery.change}`;
    const start = clock();
    const outcome = await outcomeOf(accepts(forgery.document, honest[which]));
    const milliseconds = clock() - start;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, change };
    if (outcome === "refused") counts.refused++;
    else if (outcome === "accepted") {
      const strict = verifier === undefined && forgery.kind === "field";
      const verdict = strict ? "false" : await judge(forgery.document, honest[which]);
      if (verdict === "false") falseAccepted.push(change);
      else counts[verdict]++;
    } else crashes.push(`${change}: ${outcome}`);
    onProgress?.((i + 1) / count);
  }
  return { documents: count, ...counts, falseAccepted, crashes, slowest };
}

async function accepted(document: unknown, { labels, family }: Forgeable, limit?: Cost): Promise<boolean> {
  const { valid } = await verify(document, {
    ...(labels === undefined ? {} : { labels }),
    ...(limit === undefined ? {} : { limit }),
    ...(family === undefined ? {} : { families: [family] }),
  });
  return valid;
}

async function outcomeOf(accepts: Promise<boolean>): Promise<string> {
  try {
    return (await accepts) ? "accepted" : "refused";
  } catch (error) {
    if (error instanceof InputError) return "refused";
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
