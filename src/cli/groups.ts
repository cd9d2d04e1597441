/** `groups [NAME]` */

import { groupDocumentation } from "../symmetry/expression.ts";
import { runSteps } from "../base/progress.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, progress, readText } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "groups",
    "Lists the permutation groups, or describes one.",
    "equihard groups cyclic:4xcyclic:5",
  );
  const parsed = parseArguments(command.argument("[name]", "e.g. dihedral:6 or file:generators.json"), args);
  if (parsed === null) return 0;
  const [name] = parsed.args;
  if (name === undefined) {
    const groups = groupDocumentation();
    print(parsed.opts(), { schema: "equihard.groups/1", groups }, () =>
      groups.map((g) => `${g.kind.padEnd(12)} ${g.text} (degree up to ${g.maximum})`).join("\n"),
    );
    return 0;
  }
  const { parseGroup } = await import("../symmetry/groups.ts");
  const group = parseGroup(name, readText, "group");
  const bar = progress(parsed.opts());
  await runSteps(group.chainSteps(), ({ what, done, total }) =>
    bar.report({ text: what, fraction: done / total }),
  );
  bar.end();
  const document = {
    schema: "equihard.group/1",
    name: group.name,
    degree: group.degree,
    order: group.order(),
    generators: group.generators.length,
    transitive: group.transitive,
    abelian: group.abelian(),
  };
  print(parsed.opts(), document, () =>
    [
      `${group.name}: order ${document.order} on ${group.degree} points`,
      document.transitive ? "transitive" : "not transitive",
      document.abelian ? "abelian" : "not abelian",
    ].join(", "),
  );
  return 0;
}
