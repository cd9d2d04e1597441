/** `doctor` */

import { cpus, totalmem } from "node:os";
import { formatProblem, type Problem } from "../base/errors.ts";
import { importProblem, type OptionalPackage } from "../base/optional.ts";
import { version } from "../base/version.ts";
import { engineLine } from "./engine-line.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, type OutputOptions } from "./io.ts";
import { siteLines, slurmSite, type SiteFlags } from "./site.ts";

interface Component {
  readonly name: OptionalPackage;
  readonly purpose: string;
  /** Why it cannot be used, and what to do; null where it can. */
  readonly problem: string | null;
  /** The graphics card that it gives. */
  readonly adapter?: string;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "doctor",
    "Shows the engine in use, optional components, and what a Slurm site allows.",
    "equihard doctor --site",
  )
    .option("--site", "send a small job: do nodes see this folder and this program?")
    .option("--partition <name>", "where the small job goes [the site's default]");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<SiteFlags & OutputOptions>();
  const { engineInUse } = await import("../engine/run/program.ts");
  const engine = await engineInUse();
  const components = await optionalComponents();
  const document = {
    schema: "equihard.doctor/1",
    version,
    node: process.version,
    cpus: cpus().length,
    cpu: cpus()[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    engine,
    components,
    slurm: await slurmSite(flags),
  };
  print(flags, document, () =>
    [
      `equihard ${version}, Node ${process.version}, ${document.cpus} x ${document.cpu}, ${document.memoryGiB} GiB`,
      engineLine(engine),
      ...components.map(({ name, purpose, problem, adapter }) => {
        const there = name === "onnxruntime-node" ? "in use" : "installed";
        return `${name} (${purpose}): ${problem ?? adapter ?? there}`;
      }),
      ...siteLines(document.slurm),
    ].join("\n"),
  );
  return 0;
}

/** The packages that only some of the work needs, as they are here. */
async function optionalComponents(): Promise<Component[]> {
  const { startGraphics } = await import("../engine/run/graphics.ts");
  const card = await startGraphics();
  const gpu = "trains large networks on a graphics card, train --engine webgpu";
  const { nativeProblem } = await import("../engine/run/native.ts");
  const imported = (name: OptionalPackage, loading: Promise<unknown>): Promise<Problem | null> =>
    loading.then(() => null).catch((error) => importProblem(name, error));
  const component = (name: OptionalPackage, purpose: string, problem: Problem | null): Component => ({
    name,
    purpose,
    problem: problem === null ? null : formatProblem({ ...problem, where: undefined }),
  });
  return [
    component(
      "onnxruntime-node",
      "training engine, several times faster than WebAssembly",
      await nativeProblem(),
    ),
    "what" in card ? component("webgpu", gpu, card) : { ...component("webgpu", gpu, null), ...card },
    component("highs", "solves what reduce is given", await imported("highs", import("highs"))),
    component(
      "@observablehq/plot",
      "figures",
      await imported("@observablehq/plot", import("@observablehq/plot")),
    ),
    component("linkedom", "figures", await imported("linkedom", import("linkedom"))),
    component(
      "@duckdb/node-api",
      "answers query",
      await imported("@duckdb/node-api", import("@duckdb/node-api")),
    ),
  ];
}
