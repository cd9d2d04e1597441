/** `certify custom`: a class of functions given by its values on samples. */

import * as z from "zod/mini";
import type { Command } from "commander";
import { reject } from "../base/errors.ts";
import { described } from "../base/schema.ts";
import { issue, statementFields, type CertifyFlags } from "./certify.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { yesFlag } from "./consent.ts";
import { axesHelp, labelsHelp, readLabels } from "./labels.ts";

const schema = z.strictObject({
  ...statementFields,
  bound: described(
    z.optional(z.number().check(z.gt(0))),
    "B with |f| <= B everywhere; absent, every value is +1 or -1, or the law is uniform",
  ),
  law: described(
    z.optional(z.enum(["uniform"])),
    "uniform: the input law is that on the listed inputs, and the certificate is exact (absent: they are samples)",
  ),
});

export function command(): Command {
  const built = newCommand(
    "certify custom",
    [
      "How many queries a class of your own needs, with confidence 0.99,",
      "from the values of its functions on independent samples.",
    ].join(" "),
    "equihard certify custom --labels labels.npz --out certificate.json",
  )
    .option("--labels <file>", labelsHelp)
    .option("--functions <rows|columns>", axesHelp)
    .option("--out <file>", "write the certificate to a file")
    .option(...yesFlag);
  addFields(built, schema);
  return built;
}

export async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(command(), args);
  if (parsed === null) return 0;
  const flags = parsed.opts<CertifyFlags & { labels?: string; functions?: string }>();
  if (flags.labels === undefined)
    reject({ where: "--labels", what: "missing", allowed: labelsHelp, next: "see docs/your-own-family.md" });
  const { bound, law, ...options } = parseOptions(schema, flags as Record<string, unknown>);
  const labels = await readLabels(flags.labels, flags.functions);
  const { customParams } = await import("../query/own-class/class-of-your-own.ts");
  const params = customParams(labels, bound, law);
  const { customClass } = await import("../query/own-class/index.ts");
  return issue(customClass, params, { ...options, labels }, flags);
}
