/** `budget FILE` */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { described, integer } from "../base/schema.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { print, readJson } from "./io.ts";

const schema = z.strictObject({
  steps: described(integer(1, Number.MAX_SAFE_INTEGER), "gradient steps T"),
  parameters: described(integer(1, Number.MAX_SAFE_INTEGER), "trainable weights P"),
  batch: described(integer(1, Number.MAX_SAFE_INTEGER), "examples a step B"),
  delta: described(
    z._default(z.number().check(z.gt(0), z.lt(1)), 0.01),
    "failure probability of all answers at once",
  ),
});

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "budget",
    "A training budget in queries and tolerance, held against a certificate.",
    "equihard budget certificate.json --steps 4000 --parameters 12737 --batch 256",
  );
  command.argument("[file]", "certificate written by certify");
  addFields(command, schema);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [file] = parsed.args;
  if (file === undefined)
    reject({ where: "budget", what: "no file named", next: "equihard budget FILE --steps T" });
  const flags = parsed.opts<{ json?: boolean; quiet?: boolean }>();
  const options = parseOptions(schema, flags);
  const { budget, formatBudget } = await import("../query/budget.ts");
  const document = budget(readJson(file), options);
  print(flags, document, () => formatBudget(document));
  return 0;
}
