/** `doctor` */

import { cpus, totalmem } from "node:os";
import { newCommand, parseArguments } from "./command.ts";
import { print } from "./io.ts";
import { version } from "../base/version.ts";

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand("doctor", "Shows the engine in use and optional components.", "equihard doctor");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const { engineInUse } = await import("../engine/run/program.ts");
  const engine = await engineInUse();
  const document = {
    schema: "equihard.doctor/1",
    version,
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    engine,
  };
  print(parsed.opts(), document, () =>
    [
      `equihard ${version}, Node ${process.version}, ${document.cpus} x ${document.cpu}, ${document.memoryGiB} GiB`,
      `training engine: ${JSON.stringify(engine)}`,
      "onnxruntime-node is optional; add it with: npm install onnxruntime-node",
    ].join("\n"),
  );
  return 0;
}
