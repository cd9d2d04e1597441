/** `families [NAME]` */

import { print } from "./io.ts";
import { newCommand, parseArguments } from "./command.ts";
import { fields } from "../base/fields.ts";
import { optionFlag, optionList } from "../base/options.ts";
import type { Family } from "../family/family.ts";
import type { LabelLaw } from "../family/label-law.ts";

function describe(family: Family): Record<string, unknown> {
  return {
    id: family.id,
    title: family.title,
    source: family.source,
    model: family.model,
    parameters: fields(family.schema),
    students: Object.entries(family.students).map(([id, { options }]) => ({ id, options })),
    explanation: family.explanation,
    ...(family.labelLaw === undefined ? {} : { labelLaw: labelLaw(family, family.labelLaw) }),
  };
}

/** The law's statement, and its order at the sizes of the certificate table. */
function labelLaw(family: Family, { twoValued, statement, order }: LabelLaw) {
  const sizes = family.settings?.certified ?? [];
  const orders = sizes.map((params) => ({ params, order: order(family.parse(params)) }));
  return { statement: statement.replaceAll("\n", " "), twoValued, orders };
}

/** One order for all sizes, or one a size. */
function orderLines({ labelLaw: law, ...family }: Family): string[] {
  if (law === undefined) return [];
  const { orders } = labelLaw(family, law);
  const said = (order: number | null): string => (order === null ? "none" : String(order));
  const all = [...new Set(orders.map((o) => said(o.order)))];
  const each = orders.map(
    ({ params, order }) =>
      `  ${said(order).padEnd(5)} ${Object.entries(params)
        .map(([name, value]) => `${optionFlag(name)} ${JSON.stringify(value).replaceAll('"', "")}`)
        .join(" ")}`,
  );
  const heading = "Order at which the labels' law speaks:";
  const shown = all.length === 1 ? [`${heading} ${all[0]}`] : [heading, ...each];
  return ["", ...shown, law.statement];
}

function text(family: Family): string {
  const rows = fields(family.schema).map((f) => {
    const preset = f.default === undefined ? "" : `, default ${String(f.default)}`;
    return `  ${optionFlag(f.name).padEnd(12)} ${f.description}${f.allowed === "" ? "" : ` (${f.allowed}${preset})`}`;
  });
  const students = Object.entries(family.students).map(
    ([id, { options }]) => `  ${id.padEnd(14)} ${optionList(options)}`,
  );
  return [
    `${family.id}: ${family.title}`,
    `${family.source}; certificates against ${family.model} learners`,
    "",
    family.explanation,
    "",
    "Parameters:",
    ...rows,
    "",
    "Students, and the sizes that each reads:",
    ...students,
    ...orderLines(family),
  ].join("\n");
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "families",
    "Lists the hard families, or explains one.",
    "equihard families gnn-degree-parity",
  );
  const parsed = parseArguments(command.argument("[name]", "family id"), args);
  if (parsed === null) return 0;
  const { everyFamily: families } = await import("../family/neighbours.ts");
  const { familyById } = await import("../family/registry.ts");
  const [name] = parsed.args;
  if (name !== undefined) {
    const family = familyById(name, families);
    print(parsed.opts(), { schema: "equihard.family/1", ...describe(family) }, () => text(family));
    return 0;
  }
  print(parsed.opts(), { schema: "equihard.families/1", families: families.map(describe) }, () =>
    families.map((f) => `${f.id.padEnd(22)} ${f.title} (${f.model})`).join("\n"),
  );
  return 0;
}
