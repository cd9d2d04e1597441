/** `verify FILE` */

import { reject } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { newCommand, parseArguments } from "./command.ts";
import { yesFlag } from "./consent.ts";
import { print, progress, readText, type OutputOptions } from "./io.ts";
import { axesHelp, labelsHelp, readLabels } from "./labels.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "verify",
    "Checks a certificate by an independent route.",
    "equihard verify certificate.json --full",
  )
    .option(
      "--full",
      [
        "the longest check: the counts of degree parities modulo so many primes that they are proved,",
        "larger enumerations of orbits; elsewhere there is one",
      ].join(" "),
    )
    .option("--fresh", "draw samples anew, by this machine's own randomness (certificates from samples)")
    .option(...yesFlag)
    .option("--labels <file>", `of a certificate of your own class: ${labelsHelp}`)
    .option("--functions <rows|columns>", axesHelp)
    .argument("[file]", "certificate written by certify");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [file] = parsed.args;
  if (file === undefined) reject({ where: "verify", what: "no file named", next: "equihard verify FILE" });
  const flags = parsed.opts<
    OutputOptions & {
      full?: boolean;
      fresh?: boolean;
      yes?: boolean;
      labels?: string;
      functions?: string;
    }
  >();
  const { parseDocument } = await import("../query/document.ts");
  const document = parseDocument(readText(file), file);
  if (flags.labels === undefined)
    refuseUnread({ functions: flags.functions }, ["labels"], "a check without labels");
  const labels = flags.labels === undefined ? undefined : await readLabels(flags.labels, flags.functions);
  const { verify } = await import("../family/certify.ts");
  const { neighbours } = await import("../family/neighbours.ts");
  const { networkClass } = await import("../prover/network-class.ts");
  const { sideBySide } = await import("./threads.ts");
  const bar = progress(flags);
  const verification = await verify(document, {
    families: [...neighbours, networkClass],
    full: flags.full ?? false,
    fresh: flags.fresh ?? false,
    doAll: sideBySide,
    ...(flags.yes === true ? { limit: { seconds: Number.MAX_VALUE, bytes: Infinity } } : {}),
    ...(labels === undefined ? {} : { labels }),
    onProgress: (fraction: number) => bar.report({ text: "checking", fraction }),
  });
  bar.end();
  const { formatVerification } = await import("../query/format.ts");
  print(flags, verification, () => formatVerification(verification));
  return verification.valid ? 0 : 1;
}
