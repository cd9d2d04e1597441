/** What a visitor's own labels of a class of functions say: its certificate, and how alike the functions are. */

import { formatCertificate } from "../../../src/family/certificate-text.ts";
import { certifyLabels, InputError, type Labels } from "../../../src/index.ts";
import { labelsIn } from "../../../src/dataset/labels.ts";

export interface OwnSpec {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where the functions are. */
  readonly axis: "rows" | "columns";
}

export interface OwnFacts {
  readonly functions: number;
  readonly samples: number;
  /** The Gram matrix of the first functions on the samples, normalised. */
  readonly gram: readonly number[];
  /** The largest absolute value, of values that are not all +-1. */
  readonly bound: number | null;
  /** Of the statement: dimension and queries, and the tolerance of these. */
  readonly dimension: number | string;
  readonly queries: number | string;
  readonly tau: number;
  readonly vacuous: boolean;
  /** In full, as the command line prints it. */
  readonly certificate: string;
}

/** Functions whose Gram matrix is drawn. */
const drawn = 40;

export async function own({ name, bytes, axis }: OwnSpec): Promise<OwnFacts> {
  const labels = await labelsIn(bytes, name, axis);
  const bound = boundOf(labels);
  const certificate = await certifyLabels(labels, bound === null ? {} : { bound });
  const { queries, tau, vacuous } = certificate.statement;
  return {
    functions: labels.functions,
    samples: labels.samples,
    gram: normalised(labels),
    bound,
    dimension: certificate.dimension.spectral,
    queries,
    tau,
    vacuous,
    certificate: formatCertificate(certificate),
  };
}

/** Values +-1 need no bound; others get the largest absolute value seen, which the page says. */
function boundOf({ values }: Labels): number | null {
  let most = 0;
  let signs = true;
  for (const value of values) {
    if (!Number.isFinite(value))
      throw new InputError({ where: "labels", what: `${value}`, allowed: "finite numbers" });
    most = Math.max(most, Math.abs(value));
    if (Math.abs(value) !== 1) signs = false;
  }
  return signs ? null : most;
}

function normalised({ functions, samples, values }: Labels): number[] {
  const count = Math.min(functions, drawn);
  const product = (i: number, j: number): number => {
    let sum = 0;
    for (let s = 0; s < samples; s++) sum += values[i * samples + s] * values[j * samples + s];
    return sum;
  };
  const norms = Array.from({ length: count }, (_, i) => Math.sqrt(product(i, i)));
  return Array.from({ length: count * count }, (_, at) => {
    const [i, j] = [Math.floor(at / count), at % count];
    return norms[i] * norms[j] > 0 ? product(i, j) / (norms[i] * norms[j]) : 0;
  });
}
