/** `verify FILE` */

import { reject } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, progress, readJson } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command =
    newCommand("verify", "Checks a certificate by an independent route.", "equihard verify certificate.json --full") // prettier-ignore
      .option("--full", "check every Fourier coefficient, not 256 random ones")
      .argument("[file]", "certificate written by certify");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [file] = parsed.args;
  if (file === undefined) reject({ where: "verify", what: "no file named", next: "equihard verify FILE" });
  const flags = parsed.opts<{ full?: boolean; json?: boolean; quiet?: boolean }>();
  const { verify } = await import("../query/verify.ts");
  const bar = progress(flags);
  const verification = await verify(readJson(file), {
    full: flags.full ?? false,
    onProgress: (fraction: number) => bar.report({ text: "checking", fraction }),
  });
  bar.end();
  print(flags, verification, () =>
    [
      `${verification.valid ? "valid" : "NOT VALID"}: ${verification.route}`,
      ...verification.checks.map((c) => `  ${c.ok ? "ok  " : "FAIL"} ${c.name}: ${c.detail}`),
    ].join("\n"),
  );
  return verification.valid ? 0 : 1;
}
