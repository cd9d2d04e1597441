/** `learners [NAME]` */

import { requireChoice } from "../base/errors.ts";
import { optionList } from "../base/options.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand("learners", "Lists the learners.", "equihard learners");
  const parsed = parseArguments(command.argument("[name]", "learner id"), args);
  if (parsed === null) return 0;
  const { learners } = await import("../learner/registry.ts");
  const { everyFamily: families } = await import("../family/neighbours.ts");
  const [name] = parsed.args;
  if (name !== undefined)
    requireChoice(
      name,
      learners.map((l) => l.id),
      "learner",
    );
  const shown = learners
    .filter((l) => name === undefined || l.id === name)
    .map(({ id, aliases = [], summary, access, budget, options, refusal }) => ({
      id,
      aliases,
      summary,
      access,
      budget,
      options,
      families: families.filter((f) => refusal(f) === null).map((f) => f.id),
    }));
  print(parsed.opts(), { schema: "equihard.learners/1", learners: shown }, () =>
    shown
      .map((l) => {
        const facts = [
          ...l.aliases.map((name) => `also ${name}`),
          `access: ${l.access}`,
          `reads ${optionList(l.options)}`,
          `default budget: ${l.budget}`,
          `families: ${l.families.join(", ")}`,
        ];
        return `${l.id.padEnd(18)} ${l.summary}\n${" ".repeat(19)}${facts.join("; ")}`;
      })
      .join("\n"),
  );
  return 0;
}
