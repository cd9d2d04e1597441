/** `certify network`: members of an architecture that are hard to tell apart, searched, frozen and certified. */

import * as z from "zod/mini";
import type { Command } from "commander";
import { refuseUnread } from "../base/options.ts";
import { described, integer } from "../base/schema.ts";
import { issue, statementFields, type CertifyFlags } from "./certify.ts";
import {
  addFields,
  addSeed,
  asOptions,
  collect,
  newCommand,
  parseArguments,
  parseOptions,
  parseSeed,
} from "./command.ts";
import { yesFlag } from "./consent.ts";
import { readText } from "./io.ts";
import { schema as networkSchema } from "../prover/params.ts";

const searchFields = z.strictObject({
  ...statementFields,
  samples: described(
    z.optional(integer(100, 100_000_000)),
    "inputs that deep networks are evaluated on, which the search does not see [100000]",
  ),
  steps: described(z.optional(integer(0, 1_000_000)), "gradient steps of the search [400; 2000 of an orbit]"),
  restarts: described(
    z.optional(integer(1, 1000)),
    "starts that are tried, the best is kept [1; 4 of an orbit]",
  ),
});

export function command(): Command {
  const built = addSeed(
    newCommand(
      "certify network",
      [
        "How hard an architecture is: searches networks of it that are hard to tell apart, and certifies how many",
        "queries learners of them need.",
      ].join(" "),
      "equihard certify network --student gnn --graph cycle --n 6 --members 128 --out certificate.json",
    ),
  )
    .option("--out <file>", "write the certificate to a file; it holds the members' weights")
    .option(
      "--law <gaussian|cube|erdos-renyi:P|file:inputs.npz>",
      [
        "inputs independent and standard normal; all vectors of signs, or all graphs with edges of probability P,",
        "few enough to list; or uniform on those of an array X, inputs first [gaussian]",
      ].join(" "),
    )
    .option("--values <file>", "of other laws: npz for the members' values, which verify --labels reads")
    .option(...yesFlag);
  addFields(built, networkSchema);
  addFields(built, searchFields);
  return built;
}

export async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(command(), args);
  if (parsed === null) return 0;
  const flags = parsed.opts<CertifyFlags & Record<string, unknown>>();
  const { law } = flags;
  if (typeof law === "string" && law !== "gaussian") {
    const { runOnInputs } = await import("./certify-network-inputs.ts");
    return runOnInputs(law, flags);
  }
  refuseUnread({ values: flags["values"] }, [], "the gaussian law: the certificate holds the weights");
  const { networkClass } = await import("../prover/network-class.ts");
  const params = asOptions(() => networkClass.parse(collect(networkSchema, flags), readText));
  return issue(networkClass, params, { ...parseOptions(searchFields, flags), seed: parseSeed(flags) }, flags);
}
