/** `cancel RUN` */

import { resolve } from "node:path";
import { newCommand, parseArguments } from "./command.ts";
import { print, type OutputOptions } from "./io.ts";
import { requireRun } from "./status.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "cancel",
    [
      "Ends a run: its jobs on Slurm are cancelled, and workers give back what they are at. What is done stays;",
      "'equihard resume' goes on.",
    ].join("\n"),
    "equihard cancel runs/widths",
  ).argument("[run]", "run folder");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const dir = requireRun(parsed.args[0], "cancel");
  const { cancelRun } = await import("../run/executor/slurm/cancel.ts");
  const { ask } = await import("../run/executor/slurm/calls.ts");
  const { arrays, silence } = await cancelRun(resolve(dir), ask);
  print(parsed.opts<OutputOptions>(), { schema: "equihard.cancel/1", run: dir, arrays, silence }, () =>
    [
      `${dir} is cancelled: workers leave within seconds`,
      ...(arrays > 0 && silence === null ? [`job arrays cancelled: ${arrays}`] : []),
      ...(silence === null ? [] : [`Slurm did not answer (${silence}): cancel again later`]),
    ].join("; "),
  );
  return 0;
}
