/** `families [NAME]` */

import { print } from "./io.ts";
import { newCommand, parseArguments } from "./command.ts";
import { fields } from "../base/fields.ts";
import { optionFlag, optionList } from "../base/options.ts";
import type { Family } from "../family/family.ts";

function describe(family: Family): Record<string, unknown> {
  return {
    id: family.id,
    title: family.title,
    source: family.source,
    model: family.model,
    parameters: fields(family.schema),
    students: Object.entries(family.students).map(([id, { options }]) => ({ id, options })),
    explanation: family.explanation,
  };
}

function text(family: Family): string {
  const rows = fields(family.schema).map((f) => {
    const preset = f.default === undefined ? "" : `, default ${String(f.default)}`;
    return `  ${optionFlag(f.name).padEnd(12)} ${f.description}${f.allowed === "" ? "" : ` (${f.allowed}${preset})`}`;
  });
  const students = Object.entries(family.students).map(
    ([id, { options }]) => `  ${id.padEnd(14)} ${optionList(options)}`,
  );
  return `${family.id}: ${family.title}\n${family.source}; certificates against ${family.model} learners\n\n${family.explanation}\n\nParameters:\n${rows.join("\n")}\n\nStudents, and the sizes that each reads:\n${students.join("\n")}`;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "families",
    "Lists the hard families, or explains one.",
    "equihard families gnn-degree-parity",
  );
  const parsed = parseArguments(command.argument("[name]", "family id"), args);
  if (parsed === null) return 0;
  const { families, familyById } = await import("../family/registry.ts");
  const [name] = parsed.args;
  if (name !== undefined) {
    const family = familyById(name);
    print(parsed.opts(), { schema: "equihard.family/1", ...describe(family) }, () => text(family));
    return 0;
  }
  print(parsed.opts(), { schema: "equihard.families/1", families: families.map(describe) }, () =>
    families.map((f) => `${f.id.padEnd(22)} ${f.title} (${f.model})`).join("\n"),
  );
  return 0;
}
