/** `learn FAMILY --learner ID` */

import { reject, requireChoice } from "../base/errors.ts";
import { described, integer, z } from "../base/schema.ts";
import { learners } from "../learner/registry.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  newCommand,
  parseOptions,
  parseSeed,
} from "./command.ts";
import { interruptible, print, progress } from "./io.ts";

const schema = z.strictObject({
  samples: described(z.optional(integer(1, 100_000_000)), "examples the learner may use"),
  tau: described(
    z._default(z.number().check(z.gte(0), z.lt(1)), 1e-3),
    "tolerance of the oracle (oracle learners)",
  ),
  noise: described(z._default(z.number().check(z.gte(0), z.lte(0.5)), 0), "probability that a training label is flipped"), // prettier-ignore
});

export async function run(args: readonly string[]): Promise<number> {
  const command = addSeed(
    newCommand("learn", "Any learner on one drawn instance.", "equihard learn gnn-degree-parity --n 12 --learner f2-elimination"), // prettier-ignore
  ).option("--learner <id>", "see 'equihard learners'");
  addFields(command, schema);
  const { family, parsed } = await familyCommand(command, args);
  if (family === undefined || parsed === null) return 0;
  const flags = parsed.opts<{ learner?: string; json?: boolean; quiet?: boolean }>();
  const ids = learners.filter((l) => l.families.includes(family.id)).map((l) => l.id);
  if (flags.learner === undefined) reject({ where: "--learner", what: "missing", allowed: ids.join(", ") });
  const learner = requireChoice(flags.learner, ids, "--learner");
  const params = familyParams(family, flags);
  const options = parseOptions(schema, flags);
  const { runTask } = await import("../experiment/task.ts");
  const bar = progress(flags);
  const task = {
    kind: "learn" as const,
    family: family.id,
    params,
    seed: parseSeed(flags),
    learner,
    options,
  };
  const { result } = await runTask(task, {
    signal: interruptible(),
    onProgress: (text, fraction) => bar.report({ text, fraction }),
  });
  bar.end();
  print(flags, result, () => {
    const r = result as { final: { accuracy: number | null }; queries: number | null; samples: number | null; exact: boolean; recovered: unknown; target: unknown }; // prettier-ignore
    const cost = [r.queries === null ? "" : `${r.queries} queries`, r.samples === null ? "" : `${r.samples} samples`].filter(Boolean).join(", "); // prettier-ignore
    return `${learner}: accuracy ${r.final.accuracy?.toFixed(5) ?? "none"} with ${cost}\nfound ${JSON.stringify(r.recovered)}, target ${JSON.stringify(r.target)}: ${r.exact ? "the same function" : "not the same function"}`;
  });
  return 0;
}
