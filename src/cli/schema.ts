/** `schema [NAME]` */

import { requireChoice } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print } from "./io.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "schema",
    "JSON Schema of the documents and tables that the program reads and prints; without a name their list.",
    "equihard schema sweep > sweep.schema.json",
  );
  const parsed = parseArguments(command.argument("[name]", "document or table"), args);
  if (parsed === null) return 0;
  const { documents, jsonSchema } = await import("./documents.ts");
  const [name] = parsed.args;
  if (name !== undefined) {
    const document = jsonSchema(requireChoice(name, Object.keys(documents), "schema"));
    print(parsed.opts(), document, () => JSON.stringify(document, null, 2));
    return 0;
  }
  const list = Object.entries(documents).map(([id, { what }]) => ({ name: id, what }));
  print(parsed.opts(), { schema: "equihard.schemas/1", schemas: list }, () =>
    list.map((d) => `${d.name.padEnd(32)} ${d.what}`).join("\n"),
  );
  return 0;
}
