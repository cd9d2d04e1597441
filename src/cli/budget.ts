/** `budget FILE` */

import { reject } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { print, progress, readText, type OutputOptions } from "./io.ts";
import { axesHelp, labelsHelp, readLabels } from "./labels.ts";

export async function run(args: readonly string[]): Promise<number> {
  const { budgetSchema } = await import("../query/budget.ts");
  const command = newCommand(
    "budget",
    [
      "A training budget held against a certificate, which is verified first: its queries",
      "counted (a heuristic), and with --noise the theorem about noisy gradient descent.",
    ].join(" "),
    "equihard budget certificate.json --steps 4000 --parameters 12609 --batch 256",
  );
  command
    .option("--labels <file>", `for a certificate of your own class: ${labelsHelp}`)
    .option("--functions <rows|columns>", axesHelp)
    .argument("[file]", "certificate written by certify");
  addFields(command, budgetSchema);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [file] = parsed.args;
  if (file === undefined)
    reject({ where: "budget", what: "no file named", next: "equihard budget FILE --steps T" });
  const flags = parsed.opts<OutputOptions & { labels?: string; functions?: string }>();
  const options = parseOptions(budgetSchema, parsed.opts());
  const { parseDocument } = await import("../query/document.ts");
  const document = parseDocument(readText(file), file);
  if (flags.labels === undefined)
    refuseUnread({ functions: flags.functions }, ["labels"], "a budget without labels");
  const labels =
    flags.labels === undefined ? {} : { labels: await readLabels(flags.labels, flags.functions) };
  const { verifiedBudget } = await import("../family/budget.ts");
  const { neighbours } = await import("../family/neighbours.ts");
  const { networkClass } = await import("../prover/network-class.ts");
  const bar = progress(flags);
  const { verification, budget } = await verifiedBudget(document, options, {
    families: [...neighbours, networkClass],
    ...labels,
    onProgress: (fraction: number) => bar.report({ text: "verifying", fraction }),
  });
  bar.end();
  if (budget === null) {
    const { formatVerification } = await import("../query/format.ts");
    print(flags, verification, () => formatVerification(verification));
    return 1;
  }
  const { formatBudget } = await import("../query/budget-text.ts");
  print(flags, budget, () => formatBudget(budget));
  return 0;
}
