/** `groups [NAME]` */

import * as z from "zod/mini";
import { groupDocumentation } from "../symmetry/expression.ts";
import { runSteps } from "../base/progress.ts";
import { described, integer } from "../base/schema.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { print, progress, readText } from "./io.ts";

const schema = z.strictObject({
  degree: described(
    z.optional(integer(0, 100)),
    "count the invariant polynomials up to this degree: the dimension of random ones, and what learning them takes",
  ),
});

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "groups",
    "Lists the permutation groups, or describes one.",
    "equihard groups cyclic:4xcyclic:5",
  );
  addFields(command, schema);
  const parsed = parseArguments(command.argument("[name]", "e.g. dihedral:6 or file:generators.json"), args);
  if (parsed === null) return 0;
  const [name] = parsed.args;
  if (name === undefined) {
    const groups = groupDocumentation();
    print(parsed.opts(), { schema: "equihard.groups/1", groups }, () =>
      groups.map((g) => `${g.kind.padEnd(12)} ${g.text} (degree up to ${g.maximum})`).join("\n"),
    );
    return 0;
  }
  const { parseGroup } = await import("../symmetry/groups.ts");
  const group = parseGroup(name, readText, "group");
  const bar = progress(parsed.opts());
  await runSteps(group.chainSteps(), ({ what, done, total }) =>
    bar.report({ text: what, fraction: done / total }),
  );
  const { degree } = parseOptions(schema, parsed.opts());
  const ladder = degree === undefined ? undefined : await ladderOf(group, degree);
  bar.end();
  const document = {
    schema: "equihard.group/1",
    name: group.name,
    degree: group.degree,
    order: group.order(),
    generators: group.generators.length,
    transitive: group.transitive,
    abelian: group.abelian(),
    ...(ladder === undefined ? {} : { ladder }),
  };
  print(
    parsed.opts(),
    document,
    () =>
      [
        `${group.name}: order ${document.order} on ${group.degree} points`,
        document.transitive ? "transitive" : "not transitive",
        document.abelian ? "abelian" : "not abelian",
      ].join(", ") + ladderText(ladder),
  );
  return 0;
}

/** Of each group, dim V_l^G for l = 0, 1, ...: the spectral query dimension of random invariant polynomials. */
type Ladder = readonly { readonly group: string; readonly dimensions: readonly bigint[] }[];

/** The symmetric group's cycle types are listed up to here. */
const LARGEST_SYMMETRIC = 60;

/** The group between no symmetry at all and, on few enough points, all of it. */
async function ladderOf(group: PermutationGroup, degree: number): Promise<Ladder> {
  const { parseGroup } = await import("../symmetry/groups.ts");
  const { invariantPolynomials } = await import("../symmetry/harmonic-invariants.ts");
  const n = group.degree;
  const ends = [`trivial:${n}`, ...(n <= LARGEST_SYMMETRIC ? [`symmetric:${n}`] : [])].map((name) =>
    parseGroup(name),
  );
  return [ends[0], group, ...ends.slice(1)].map((of) => ({
    group: of.name,
    dimensions: invariantPolynomials(of.cycleIndex(), degree),
  }));
}

function ladderText(ladder: Ladder | undefined): string {
  if (ladder === undefined) return "";
  const width = Math.max(...ladder.map(({ group }) => group.length));
  const lines = ladder.map(({ group, dimensions }) => `${group.padEnd(width)}  ${dimensions.join(" ")}`);
  return ["\n\ninvariant polynomials of degree 0, 1, ...: the dimension d_eff of random ones", ...lines].join(
    "\n",
  );
}
