/** `play FAMILY` */

import * as z from "zod/mini";
import { fields } from "../base/fields.ts";
import { described, integer } from "../base/schema.ts";
import type { Play } from "../study/play/study.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyIndex,
  familyParams,
  givenOptions,
  newCommand,
  parseOptions,
  parseSeed,
} from "./command.ts";
import type { Family } from "../family/family.ts";
import { interruptible, print, progress } from "./io.ts";

const countSchema = z.strictObject({
  count: described(z.optional(integer(1, 1_000_000)), "functions to list, where the family is too large"),
});

export async function run(args: readonly string[]): Promise<number> {
  const { play, playSchema } = await import("../study/play/play.ts");
  const { lineAt } = await import("../study/play/study.ts");
  const command = addSeed(
    newCommand(
      "play",
      "A learner against the adversarial oracle: functions that survive each query.",
      "equihard play gnn-degree-parity --n 12 --tau 0.5",
    ),
  );
  addFields(command, playSchema);
  command.addHelpText("after", "\nThe world of the lab's adversary: equihard play signs --help");
  const signs = await import("./play-signs.ts");
  const at = await familyIndex(command, args, signs.command().options);
  if (args[at] === "signs") return signs.run(args.toSpliced(at, 1));
  // some families have a parameter of that name already
  const hasCount = ({ schema }: Family): boolean => fields(schema).some((f) => f.name === "count");
  const named = await familyCommand(command, args, (family) => {
    if (!hasCount(family)) addFields(command, countSchema);
  });
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<{ json?: boolean; quiet?: boolean }>();
  const params = familyParams(family, flags);
  const options = givenOptions(playSchema, flags);
  const count = hasCount(family) ? undefined : parseOptions(countSchema, flags).count;
  const seed = parseSeed(flags);
  const bar = progress(flags);
  const signal = interruptible();
  const job = { family, params, seed, ...(count === undefined ? {} : { count }), options };
  const { sideBySide } = await import("./threads.ts");
  const result = await play(job, {
    signal,
    doAll: sideBySide,
    onProgress: (text, fraction) => bar.report({ text, fraction }),
  });
  bar.end();
  print(flags, result, () => text(result, lineAt));
  return 0;
}

const row = (strategy: string, ...numbers: readonly unknown[]): string =>
  strategy.padEnd(12) + numbers.map((x, i) => String(x).padStart([9, 12, 11][i])).join("");

/** At most this many rows a strategy. */
const ROWS = 8;

function text(result: Play, lineAt: (result: Play, queries: number) => number): string {
  const { family, functions, tau, lambda, confidence, excludedPerQuery, vacuous, population, estimate } =
    result;
  const confident = confidence === 1 ? "" : `, with confidence ${confidence}`;
  const known = estimate === undefined ? confident : ` proved, estimated ${estimate.toPrecision(4)}`;
  const bound = `a query excludes at most ${excludedPerQuery} functions (lambda ${lambda.toPrecision(4)}${known})`;
  const head = [
    `${family.id}: ${functions} functions, tolerance ${tau}, a population of ${population} examples`,
    `certified: ${bound}${vacuous ? ": vacuous at this tolerance" : ""}`,
    "",
    row("strategy", "queries", "survivors", "at least"),
  ];
  const rows = result.runs.flatMap(({ strategy, curve }) => {
    const step = Math.max(1, Math.ceil((curve.length - 1) / (ROWS - 1)));
    return curve
      .filter((_, i) => i % step === 0 || i === curve.length - 1)
      .map(({ queries, survivors }, i) =>
        row(i === 0 ? strategy : "", queries, survivors, lineAt(result, queries)),
      );
  });
  return [...head, ...rows].join("\n");
}
