/** `gram FAMILY --members FILE` */

import { reject } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, readJson, readText } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "gram",
    "Inner products of explicitly given members, not normalised.",
    "equihard gram gnn-degree-parity --members members.json",
  )
    .option(
      "--members <file>",
      [
        'JSON, e.g. {"n":6,"edges":"undirected","p":0.5,"members":[[1,2],[3]]};',
        "files that it names are found from the working folder",
      ].join(" "),
    )
    .argument("[family]", "family id");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const { everyFamily } = await import("../family/neighbours.ts");
  const { familyById } = await import("../family/registry.ts");
  const [name] = parsed.args;
  if (name === undefined) reject({ where: "gram", what: "no family named", next: "see 'equihard families'" });
  const family = familyById(name, everyFamily);
  const flags = parsed.opts<{ members?: string; json?: boolean; quiet?: boolean }>();
  if (flags.members === undefined)
    reject({ where: "--members", what: "missing", allowed: "a JSON file of members" });
  const { gram } = await import("../family/certify.ts");
  const result = gram(family, readJson(flags.members), readText);
  print(flags, result, () =>
    [
      `method: ${result.method}`,
      ...result.gram.map((row) => row.map((x) => x.toPrecision(6).padStart(13)).join("")),
    ].join("\n"),
  );
  return 0;
}
