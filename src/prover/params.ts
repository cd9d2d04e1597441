/** Parameters of `network`: which networks are searched, how many of them, and the law of their inputs. */

import * as z from "zod/mini";
import { parserOf, type ReadFile } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import { optionFlag, refuseUnread } from "../base/options.ts";
import { described, integer } from "../base/schema.ts";
import { graphParameter, resolveGraph, type GraphParameter } from "../family/parameter/graph-parameter.ts";
import { filesField, groupField, resolveGroup } from "../family/parameter/group-parameter.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import { pairOrbits } from "../symmetry/orbits.ts";

export const id = "network";

const students = ["gnn", "gin", "mlp", "group-linear", "deep-sets", "frame-averaged"] as const;
type Student = (typeof students)[number];

/** Most members of a class. */
const LARGEST_LIST = 2000;
/** Weights of all members together, and elements of a group that is averaged over. */
const mostWeights = 2 ** 20;
const mostElements = 1024;
/** Deep networks that are searched, where no number is given: each has to be evaluated on every sample. */
const deepMembers = 16;

export const schema = z.strictObject({
  student: described(z._default(z.enum(students), "gnn"), "the architecture of the members"),
  law: described(
    z._default(z.enum(["gaussian"]), "gaussian"),
    "law of the inputs: all independent, standard normal",
  ),
  n: described(
    z.optional(integer(1, 256)),
    "nodes of the graph of a gnn or gin [5], points of deep-sets [8]",
  ),
  d: described(z.optional(integer(1, 256)), "features of a node (gnn, gin), inputs of an mlp [16]"),
  graph: described(
    z.optional(graphParameter),
    "of a gnn or gin: complete, cycle, path, star, er:P (drawn from the seed) or file:edges.json [complete]",
  ),
  group: z.optional(groupField()),
  columns: described(
    z.optional(integer(1, 64)),
    "numbers at a point, where a group acts on the points [1; 4 for deep-sets]",
  ),
  layers: described(
    z._default(integer(1, 16), 1),
    [
      "hidden relu layers: 1 without biases, in closed form; more, and every gin, by samples and Lipschitz",
      "constants; of other laws with biases, 2 if not said",
    ].join(" "),
  ),
  width: described(z._default(integer(1, 256), 8), "relus of a layer"),
  members: described(z.optional(integer(2, LARGEST_LIST)), "networks that are searched [256; deep ones 16]"),
  orbit: described(
    z.optional(z.boolean()),
    [
      "search one network and certify it with all its rotations (mlp, gnn, frame-averaged, and group-linear of a group",
      "with one element for every pair of points): a continuum, whose dimension no list limits",
    ].join(" "),
  ),
});
const withFiles = z.extend(schema, { files: filesField });
type Given = z.output<typeof withFiles>;

/** What an architecture is made over. */
export type Setting =
  | { readonly student: "mlp"; readonly d: number }
  | {
      readonly student: "gnn" | "gin";
      readonly n: number;
      readonly d: number;
      readonly graph: GraphParameter;
    }
  | {
      readonly student: "group-linear" | "deep-sets" | "frame-averaged";
      readonly group: PermutationGroup;
      readonly columns: number;
    };

/** The parameters of `network`, checked. */
export interface NetworkValues {
  readonly setting: Setting;
  readonly width: number;
  /** 1 for an orbit. */
  readonly members: number;
  /** The class is one member with all its rotations. */
  readonly orbit: boolean;
  /** Inputs of a hidden unit: each member of one layer has width times (this + 1) weights. */
  readonly unitInputs: number;
  readonly layers: number;
  /** Not in closed form: several layers, or a gin. */
  readonly deep: boolean;
}

export const parse = parserOf(id, withFiles, (given, readFile) => {
  const { student, n, d, graph, group, files: _f, columns, members: listed, orbit = false, ...rest } = given;
  refuseUnread({ n, d, graph, group, columns }, readBy[student], `a ${student} of this command`);
  const { layers, width } = rest;
  const deep = layers > 1 || student === "gin";
  const preset = deep ? deepMembers : 256;
  const members = orbit ? 1 : (listed ?? preset);
  const { json, setting } = settingOf(given, readFile);
  const unitInputs = unitInputsOf(setting);
  if (orbit) requireRotations(setting, unitInputs, listed, deep);
  // a further layer has as many maps as the first at most
  const each = width * (unitInputs + 1) + (layers - 1) * width * (width * mapsAtMost(setting) + 1);
  if (members * each > mostWeights)
    reject({
      where: "members",
      what: `${members} networks of about ${each} weights`,
      allowed: `at most ${mostWeights} weights in all`,
      next: `lower ${optionFlag("members")} or ${optionFlag("width")}`,
    });
  return {
    json: { student, ...json, ...rest, ...(orbit ? { orbit } : { members }) },
    values: { setting, width, members, orbit, unitInputs, layers, deep } satisfies NetworkValues,
  };
});

/**
 * Rotations of what a unit sees are absorbed by first-layer weights. Harmonics of different degrees stay apart, and the
 * dimension has a closed form, where two views see the same up to a factor or up to an element of the group.
 */
function requireRotations(
  setting: Setting,
  unitInputs: number,
  members: number | undefined,
  deep: boolean,
): void {
  refuseUnread({ members }, [], "an orbit, which is one network");
  const { student } = setting;
  const next = "leave --orbit out: listed members are certified";
  if (deep)
    reject({
      where: "orbit",
      what: "the rotations of a deep network have no closed form",
      allowed: "one layer, --student mlp, gnn, frame-averaged or group-linear",
      next,
    });
  const mixed = student === "deep-sets" || (student === "group-linear" && !regular(setting.group));
  if (mixed)
    reject({
      where: "orbit",
      what: `two points of a ${student} network see means that mix the degrees of harmonics: no closed form`,
      allowed: "mlp, gnn, frame-averaged, and group-linear of a group with as many elements as points",
      next,
    });
  if (unitInputs < 3)
    reject({
      where: "orbit",
      what: `hidden units see ${unitInputs === 1 ? "one number" : `${unitInputs} numbers`}`,
      allowed: "at least 3",
      next: "take more features or columns",
    });
}

/** Of a transitive group: one element moves a point to another. */
const regular = (group: PermutationGroup): boolean => group.order() === BigInt(group.degree);

const readBy: Readonly<Record<Student, readonly string[]>> = {
  mlp: ["d"],
  gnn: ["n", "d", "graph"],
  gin: ["n", "d", "graph"],
  "group-linear": ["group", "columns"],
  "deep-sets": ["n", "columns"],
  "frame-averaged": ["group", "columns"],
};

function settingOf(given: Given, readFile?: ReadFile): { json: object; setting: Setting } {
  const { student, n, d = 16, graph = "complete", group: name = "cyclic:12", files, columns } = given;
  if (student === "mlp") return { json: { d }, setting: { student, d } };
  if (student === "gnn" || student === "gin") {
    const fixed = { ...resolveGraph(n, graph, readFile), d };
    return { json: fixed, setting: { student, ...fixed } };
  }
  if (student === "deep-sets") {
    const [points, own] = [n ?? 8, columns ?? 4];
    const { group } = resolveGroup({ group: `symmetric:${points}` });
    return { json: { n: points, columns: own }, setting: { student, group, columns: own } };
  }
  const { json, group } = resolveGroup({ group: name, files }, readFile);
  const own = columns ?? 1;
  requireFitting(student, group);
  return { json: { ...json, columns: own }, setting: { student, group, columns: own } };
}

function requireFitting(student: "group-linear" | "frame-averaged", group: PermutationGroup): void {
  if (student === "frame-averaged" && group.order() > BigInt(mostElements))
    reject({
      where: "group",
      what: `${group.name} has ${group.order()} elements to average over`,
      allowed: `at most ${mostElements}`,
    });
  if (student === "group-linear" && !group.transitive)
    reject({
      where: "group",
      what: `${group.name} moves its points in several orbits`,
      allowed: "transitive groups for group-linear",
      next: "take --student frame-averaged",
    });
}

/** Maps of a layer beyond the first. */
const mapsAtMost = (setting: Setting): number => {
  // a gin's layer is two of one map each
  if ("graph" in setting) return 2;
  if (setting.student === "mlp" || setting.student === "frame-averaged") return 1;
  return pairOrbits(setting.group.generators, setting.group.degree).count;
};

/** Numbers that a hidden unit weighs. */
function unitInputsOf(setting: Setting): number {
  if ("d" in setting) return setting.d;
  const { group, columns, student } = setting;
  if (student === "frame-averaged") return group.degree * columns;
  return pairOrbits(group.generators, group.degree).count * columns;
}
