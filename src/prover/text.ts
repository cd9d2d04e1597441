/** A class of searched networks in words. */

import type { NetworkValues, Setting } from "./params.ts";

/** As "every one of" is followed by it. */
export function describeClass({ setting, width, members, orbit, deep, layers }: NetworkValues): string {
  if (deep)
    return [
      `the ${members} networks listed, ${setting.student} of ${layers} hidden ${layers === 1 ? "layer" : "layers"} of`,
      `${width} relus with biases ${onWhat(setting)}, inputs standard normal`,
    ].join(" ");
  if (orbit) {
    const where = "group" in setting ? ", wherever the average over the group is not constant" : "";
    return [
      `all rotations of the network listed, a sum of ${width} relus without biases ${overWhat(setting)},`,
      `each less the mean over all of these, inputs standard normal${where}`,
    ].join(" ");
  }
  return [
    `the ${members} networks listed, sums of ${width} relus without biases ${overWhat(setting)},`,
    "each less its mean, inputs standard normal",
  ].join(" ");
}

function overWhat(setting: Setting): string {
  switch (setting.student) {
    case "mlp":
      return `on R^${setting.d}`;
    case "gnn":
    case "gin":
      return `over the neighbours' sum of ${setting.d} features, added up over ${graphOf(setting)}`;
    case "frame-averaged":
      return `on ${points(setting)}, averaged over the group ${setting.group.name}`;
    default:
      return `of means over the orbits around a point, added up over ${points(setting)} under ${setting.group.name}`;
  }
}

/** Of deep networks, whose architecture is named by its student. */
function onWhat(setting: Setting): string {
  if (setting.student === "mlp") return `on R^${setting.d}`;
  if ("graph" in setting) return `on ${setting.d} features a node of ${graphOf(setting)}`;
  return `on ${points(setting)}, under ${setting.group.name}`;
}

const graphOf = ({ graph, n }: Setting & { student: "gnn" | "gin" }): string =>
  `${typeof graph === "string" ? `the graph ${graph}` : "a graph from a file"} on ${n} nodes`;

const points = ({ group, columns }: { group: { degree: number }; columns: number }): string =>
  `${group.degree} points with ${columns} ${columns === 1 ? "number" : "numbers"} each`;
