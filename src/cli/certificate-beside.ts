/** The certificate of a data set's family, written beside it where it takes no more than the data does. */

import { parse as parsePath } from "node:path";
import { InputError } from "../base/errors.ts";
import { printJson } from "../base/json.ts";
import { optionWords } from "../base/options.ts";
import type { Source } from "../dataset/examples.ts";
import { openParams, type Manifest } from "../dataset/manifest.ts";
import { certify, costOfCertificate } from "../family/certify.ts";
import { notice, writeOutFile, type OutputOptions } from "./io.ts";

/** Seconds and bytes up to which a certificate is made unasked. */
const [longest, largest] = [60, 2 ** 30];

/**
 * Of the hard family; the twin has none.
 * @returns the fields of a manifest that speak of it
 */
export async function certificateOf(
  source: Source,
  path: string,
  flags: OutputOptions,
): Promise<Pick<Manifest, "certificate" | "certify">> {
  const { family, easy } = source;
  if (easy || family.certifier === undefined) return { certificate: null };
  const params = openParams(source);
  const command = ["equihard certify", family.id, ...optionWords(params)].join(" ");
  try {
    const { seconds, bytes } = costOfCertificate(family, params);
    if (seconds > longest || bytes > largest) return { certificate: null, certify: command };
    const certificate = await certify(family, params);
    writeOutFile(path, `${printJson(certificate)}\n`);
    return { certificate: parsePath(path).base };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    notice(flags, `no certificate: ${error.message}`); // the data are there all the same
    return { certificate: null };
  }
}
