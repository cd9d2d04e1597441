/** Results to begin with: a small sweep, kept with the file that it was run from. */

import { quoted } from "../../../src/base/shell.ts";
import type { Row } from "./rows.ts";

/** What the sweep is called, in the note and in its commands. */
const name = "orders";
const question =
  "select d, k, seed, final_explained_variance as explained, final_loss as loss from trials order by k, d, seed";

export interface Example {
  readonly name: string;
  readonly rows: readonly Row[];
  /** What makes its rows anew, and serves them. */
  readonly commands: string;
}

/** Loaded when it is asked for. */
export async function example(): Promise<Example> {
  const { default: kept } = await import("./example.json", { with: { type: "json" } });
  const commands = [
    `echo ${quoted(JSON.stringify(kept.sweep))} > ${name}.json`,
    `equihard sweep ${name}.json`,
    `equihard query runs/${name} ${quoted(question)} --json > runs/${name}.json`,
    "equihard lab --results runs",
  ];
  return { name: `${name}.json`, rows: kept.rows, commands: commands.join("\n") };
}
