/** `reduce FILE` */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { printJson } from "../base/json.ts";
import { described } from "../base/schema.ts";
import type { Hypergraph } from "../reduction/hypergraph.ts";
import type { Reduction } from "../reduction/reduce.ts";
import { graphForms } from "../reduction/set-splitting.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { print, readText, requireWritable, writeOutFile } from "./io.ts";

const schema = z.strictObject({
  graphs: described(
    z._default(z.enum(graphForms), "stars"),
    "how a vector becomes a graph: a star read at its centre, or one node with a self-loop",
  ),
  timeLimit: described(z._default(z.number().check(z.gt(0), z.lte(86_400)), 60), "seconds for the solver"),
});

const formats = `
FILE holds a hypergraph of at least two vertices a hyperedge, as JSON (0-based)
  {"vertices":7,"edges":[[0,1,2],[0,3,4]]}
or as text (1-based; one hyperedge a line, ended by 0; 'c' begins a comment)
  p hyper 7 2
  1 2 3 0
  1 4 5 0
Exit code 0 with an answer, fittable or not; 1 without one within the time limit.`;

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "reduce",
    "2-colouring a hypergraph as fitting a small threshold GNN: data set, fit, colouring.",
    "equihard reduce fano.json --out graphs.json",
  );
  command
    .argument("[file]", "hypergraph, JSON or text")
    .option("--out <file>", "write the labelled graphs (JSON)")
    .addHelpText("after", formats);
  addFields(command, schema);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const [file] = parsed.args;
  if (file === undefined) reject({ where: "reduce", what: "no file named", next: "equihard reduce FILE" });
  const flags = parsed.opts<{ out?: string; json?: boolean; quiet?: boolean }>();
  const { graphs, timeLimit } = parseOptions(schema, flags);
  const { parseHypergraph } = await import("../reduction/hypergraph.ts");
  const hypergraph = parseHypergraph(readText(file, 16 * 2 ** 20), file);
  if (flags.out !== undefined) requireWritable(flags.out);
  const { reduce, dataDocument } = await import("../reduction/reduce.ts");
  if (flags.out !== undefined) {
    const { dataSetOf } = await import("../reduction/set-splitting.ts");
    writeOutFile(flags.out, `${printJson(dataDocument(dataSetOf(hypergraph, graphs), graphs), 0)}\n`);
  }
  const result = await reduce(hypergraph, { form: graphs, timeLimit });
  print(flags, result, () => text(hypergraph, result, graphs, timeLimit));
  return result.fittable === null ? 1 : 0;
}

function text(
  { vertices, edges }: Hypergraph,
  { fittable, colouring, network }: Reduction,
  form: string,
  limit: number,
): string {
  const graphs = 1 + vertices + edges.length;
  const size = `${vertices} vertices, ${edges.length} hyperedges: ${graphs} labelled graphs (${form})`;
  if (fittable === null) return `${size}\nno answer within ${limit} s; raise --time-limit`;
  if (!fittable)
    return [
      size,
      "not fittable: no weights of two threshold units and an AND label all graphs, so it is not 2-colourable",
      "(the solver's infeasibility, for all real weights; a fit would have been checked in integers)",
    ].join("\n");
  const units = network!.units.map((u, s) => `unit ${s}: bias ${u.bias}, weights ${shortened(u.weights)}`);
  return [
    size,
    "fittable: every graph labelled correctly (checked in integers)",
    ...units,
    `colouring: ${shortened(colouring!)} (no hyperedge monochromatic; its own network labels every graph)`,
  ].join("\n");
}

const shortened = (values: readonly number[]): string =>
  values.length <= 40 ? values.join(" ") : `${values.slice(0, 40).join(" ")} ... (--json shows all)`;
