/** `certify FAMILY` */

import { printJson } from "../base/json.ts";
import { described, integer, z } from "../base/schema.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  newCommand,
  parseOptions,
  parseSeed,
} from "./command.ts";
import { print, progress, requireWritable, writeWhole } from "./io.ts";

const schema = z.strictObject({
  tau: described(z._default(z.number().check(z.gt(0), z.lte(1)), 1 / 16), "tolerance of the queries"),
  rho: described(
    z._default(z.number().check(z.gt(0), z.lte(1)), 1 / 2),
    "correlation the learner must exceed",
  ),
  samples: described(
    z.optional(integer(100, 1_000_000_000)),
    "samples, where something is not computed exactly (degree parities: undirected, n above 15)",
  ),
});

export async function run(args: readonly string[]): Promise<number> {
  const command = addSeed(
    newCommand("certify", "How many queries any learner needs, with the evidence.", "equihard certify gnn-degree-parity --n 15 --out certificate.json"), // prettier-ignore
  ).option("--out <file>", "write the certificate to a file");
  addFields(command, schema);
  const { family, parsed } = await familyCommand(command, args);
  if (family === undefined || parsed === null) return 0;
  const flags = parsed.opts<{ out?: string; json?: boolean; quiet?: boolean }>();
  const params = familyParams(family, flags);
  const options = parseOptions(schema, flags);
  const seed = parseSeed(flags);
  if (flags.out !== undefined) requireWritable(flags.out);
  const { certify } = await import("../query/certificate.ts");
  const { formatCertificate } = await import("../query/format.ts");
  const bar = progress(flags);
  const certificate = await certify(family.id, params, {
    ...options,
    seed,
    onProgress: (fraction: number, text: string) => bar.report({ text, fraction }),
  });
  bar.end();
  if (flags.out !== undefined) writeWhole(flags.out, `${printJson(certificate)}\n`);
  print(flags, certificate, () => formatCertificate(certificate));
  return 0;
}
