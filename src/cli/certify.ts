/** `certify FAMILY` */

import * as z from "zod/mini";
import { printJson } from "../base/json.ts";
import { described, integer } from "../base/schema.ts";
import type { CertifyOptions } from "../query/certificate.ts";
import type { Certifiable } from "../query/certifier.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyIndex,
  familyParams,
  newCommand,
  parseOptions,
  parseSeed,
} from "./command.ts";
import { requireConsent, yesFlag } from "./consent.ts";
import { print, progress, requireWritable, writeOutFile, type OutputOptions } from "./io.ts";

/** Of the statement: what every certificate is asked for. */
export const statementFields = {
  tau: described(z._default(z.number().check(z.gt(0), z.lte(1)), 1 / 16), "tolerance of the queries"),
  rho: described(
    z._default(z.number().check(z.gt(0), z.lte(1)), 1 / 2),
    "correlation the learner must exceed",
  ),
  notion: described(
    z._default(z.string(), "spectral"),
    "another notion of size, part of the certificate: sda:gamma, vstat:m, rsd, cross-predictability or sq-dim",
  ),
};

const schema = z.strictObject({
  ...statementFields,
  absolute: described(
    z.optional(z.boolean()),
    "the tolerance is that of inner products with f as it is, not relative to ||f||",
  ),
  samples: described(
    z.optional(integer(100, 1_000_000_000)),
    [
      "samples, where something is not computed exactly",
      "(degree parities: undirected, n above 15; 1, 2 or 5 times a power of ten)",
    ].join(" "),
  ),
  exact: described(
    z.optional(z.boolean()),
    "compute exactly where sampling would take over (degree parities: n up to 17, with the time and memory for it)",
  ),
});

export interface CertifyFlags extends OutputOptions {
  readonly out?: string;
  readonly yes?: boolean;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = addSeed(
    newCommand(
      "certify",
      "How many queries learners need at least, with the evidence.",
      "equihard certify gnn-degree-parity --n 15 --out certificate.json",
    ),
  )
    .option("--out <file>", "write the certificate to a file")
    .option(...yesFlag)
    .addHelpText(
      "after",
      [
        "\nA class of your own, from its values on samples: equihard certify custom --help",
        "The networks of an architecture, searched: equihard certify network --help",
      ].join("\n"),
    );
  addFields(command, schema);
  const custom = await import("./certify-custom.ts");
  const network = await import("./certify-network.ts");
  const further = [...custom.command().options, ...network.command().options];
  const at = await familyIndex(command, args, further);
  if (args[at] === "custom") return custom.run(args.toSpliced(at, 1));
  if (args[at] === "network") return network.run(args.toSpliced(at, 1));
  const named = await familyCommand(command, args);
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<CertifyFlags>();
  const params = familyParams(family, flags as Record<string, unknown>);
  const options = parseOptions(schema, flags as Record<string, unknown>);
  const { withCertificates } = await import("../family/certifiable.ts");
  return issue(
    withCertificates(family),
    params,
    { ...options, seed: parseSeed(flags as Record<string, unknown>) },
    flags,
  );
}

/** Computes a certificate, unless it would take long and `--yes` is missing; writes and prints it. */
export async function issue(
  family: Certifiable,
  given: unknown,
  options: CertifyOptions,
  flags: CertifyFlags,
): Promise<number> {
  if (flags.out !== undefined) requireWritable(flags.out);
  const { certificateCost, certifyClass, definingOf } = await import("../query/certificate.ts");
  const { formatClass } = await import("../query/format.ts");
  const params = definingOf(family, family.parse(given));
  const { sideBySide } = await import("./threads.ts");
  const own: CertifyOptions = { ...options, doAll: sideBySide };
  requireConsent(certificateCost(family, params, own), flags.yes, `certify ${family.id}`);
  const bar = progress(flags);
  const certificate = await certifyClass(family, params, {
    ...own,
    onProgress: (fraction: number, text: string) => bar.report({ text, fraction }),
  });
  bar.end();
  if (flags.out !== undefined) writeOutFile(flags.out, `${printJson(certificate)}\n`);
  print(flags, certificate, () => formatClass(family, params, certificate));
  return 0;
}
