/** `play signs`: one's own questions, or gradient descent's, to the adversary over all products of a few signs. */

import type { Command } from "commander";
import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { described, integer } from "../base/schema.ts";
import type { SignsGame } from "../study/play/signs.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { print, type OutputOptions } from "./io.ts";

/** Questions as `src/study/play/questions.ts` writes them. */
const questions = /^[0-9a-v]+([.][0-9a-v]+)*$/;

const schema = z.strictObject({
  bits: described(z._default(integer(2, 5), 5), "signs of an input; the functions are their products"),
  tau: described(z._default(z.number().check(z.gt(0), z.lt(1)), 0.3), "tolerance of the answers"),
  asked: described(
    z.optional(z.string().check(z.regex(questions))),
    "questions in order, parted by dots: digits of base 32 name the functions whose sum is asked about",
  ),
  descent: described(
    z._default(integer(0, 100_000), 0),
    "questions up to which gradient descent goes on; it ends its step",
  ),
});

export function command(): Command {
  const built = newCommand(
    "play signs",
    "The lab's adversary, over all products of a few signs: which functions survive each question.",
    "equihard play signs --bits 5 --tau 0.3 --asked 12.34",
  );
  addFields(built, schema);
  return built;
}

export async function run(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(command(), args);
  if (parsed === null) return 0;
  const flags = parsed.opts<OutputOptions>();
  const { bits, tau, asked = "", descent } = parseOptions(schema, flags as Record<string, unknown>);
  const { questionsOf } = await import("../study/play/questions.ts");
  const [chosen, all] = [questionsOf(asked, 2 ** bits), questionsOf(asked, 32)];
  if (JSON.stringify(chosen) !== JSON.stringify(all))
    reject({ where: "--asked", what: `names a function beyond the ${2 ** bits} of ${bits} signs` });
  const { playSigns } = await import("../study/play/signs.ts");
  const game = await playSigns({ bits, tau, asked: chosen, descent });
  print(flags, game, () => text(game));
  return 0;
}

function text({ names, population, excludedPerQuery, tau, left }: SignsGame): string {
  const head = [
    `${names.length} functions, tolerance ${tau}, all ${population} inputs:`,
    `a query excludes at most ${excludedPerQuery} functions`,
  ].join(" ");
  const rows = left.map(({ asked, alive }, i) => {
    const out = (left[i - 1]?.alive ?? []).filter((f) => !alive.includes(f)).map((f) => names[f]);
    return `${String(asked).padStart(9)}${String(alive.length).padStart(11)}  ${out.join(" ")}`.trimEnd();
  });
  return [head, "", "  queries  survivors  excluded", ...rows].join("\n");
}
