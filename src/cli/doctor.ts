/** `doctor` */

import { cpus, totalmem } from "node:os";
import { formatProblem, type Problem } from "../base/errors.ts";
import { importProblem, type OptionalPackage } from "../base/optional.ts";
import { version } from "../base/version.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print } from "./io.ts";

interface Component {
  readonly name: OptionalPackage;
  readonly purpose: string;
  /** Why it cannot be used, and what to do; null where it can. */
  readonly problem: string | null;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand("doctor", "Shows the engine in use and optional components.", "equihard doctor");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const { engineInUse } = await import("../engine/run/program.ts");
  const { nativeProblem } = await import("../engine/run/native.ts");
  const engine = await engineInUse();
  const imported = (name: OptionalPackage, loading: Promise<unknown>): Promise<Problem | null> =>
    loading.then(() => null).catch((error) => importProblem(name, error));
  const component = (name: OptionalPackage, purpose: string, problem: Problem | null): Component => ({
    name,
    purpose,
    problem: problem === null ? null : formatProblem({ ...problem, where: undefined }),
  });
  const components = [
    component(
      "onnxruntime-node",
      "training engine, several times faster than WebAssembly",
      await nativeProblem(),
    ),
    component("highs", "solves what reduce is given", await imported("highs", import("highs"))),
    component(
      "@observablehq/plot",
      "figures",
      await imported("@observablehq/plot", import("@observablehq/plot")),
    ),
    component("linkedom", "figures", await imported("linkedom", import("linkedom"))),
  ];
  const document = {
    schema: "equihard.doctor/1",
    version,
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    engine,
    components,
  };
  print(parsed.opts(), document, () =>
    [
      `equihard ${version}, Node ${process.version}, ${document.cpus} x ${document.cpu}, ${document.memoryGiB} GiB`,
      `training engine: ${engine.engine} ${engine.version}`,
      ...components.map(
        ({ name, purpose, problem }) =>
          `${name} (${purpose}): ${problem ?? (name === "onnxruntime-node" ? "in use" : "installed")}`,
      ),
    ].join("\n"),
  );
  return 0;
}
