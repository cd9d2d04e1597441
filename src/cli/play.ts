/** `play FAMILY` */

import * as z from "zod/mini";
import { fields } from "../base/fields.ts";
import { described, integer } from "../base/schema.ts";
import type { Play } from "../study/play/study.ts";
import {
  addFields,
  addSeed,
  familyCommand,
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
  const result = await play(job, { signal, onProgress: (text, fraction) => bar.report({ text, fraction }) });
  bar.end();
  print(flags, result, () => text(result, lineAt));
  return 0;
}

/** At most this many rows a strategy. */
const ROWS = 8;

function text(result: Play, lineAt: (result: Play, queries: number) => number): string {
  const { family, functions, tau, lambda, confidence, excludedPerQuery, vacuous, population, estimate } =
    result;
  const known =
    estimate !== undefined
      ? ` proved, estimated ${estimate.toPrecision(4)}`
      : confidence === 1
        ? ""
        : `, with confidence ${confidence}`;
  const head = [
    `${family.id}: ${functions} functions, tolerance ${tau}, a population of ${population} examples`,
    `certified: a query excludes at most ${excludedPerQuery} functions (lambda ${lambda.toPrecision(4)}${known})${vacuous ? ": vacuous at this tolerance" : ""}`,
    "",
    `${"strategy".padEnd(12)}${"queries".padStart(9)}${"survivors".padStart(12)}${"at least".padStart(11)}`,
  ];
  const rows = result.runs.flatMap(({ strategy, curve }) => {
    const step = Math.max(1, Math.ceil((curve.length - 1) / (ROWS - 1)));
    return curve
      .filter((_, i) => i % step === 0 || i === curve.length - 1)
      .map(
        ({ queries, survivors }, i) =>
          `${(i === 0 ? strategy : "").padEnd(12)}${String(queries).padStart(9)}${String(survivors).padStart(12)}${String(lineAt(result, queries)).padStart(11)}`,
      );
  });
  return [...head, ...rows].join("\n");
}
