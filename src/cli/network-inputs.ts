/** The inputs of `certify network` that are listed: those of a file, of the cube, or all graphs. */

import { reject } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { product } from "../base/product.ts";
import type { Samples } from "../distribution/law.ts";
import { resolveGraph, type GraphParameter } from "../family/parameter/graph-parameter.ts";
import { resolveGroup } from "../family/parameter/group-parameter.ts";
import { npzLimit } from "../interop/npz.ts";
import { oneArray } from "../interop/one-array.ts";
import { gnn } from "../network/gnn.ts";
import type { Network } from "../network/network.ts";
import { allGraphs, cubeInputs, graphProbabilities } from "../prover/all-inputs.ts";
import { libraryNetwork } from "../prover/library-network.ts";
import type { Setting } from "../prover/params.ts";
import { readBytes, readText } from "./io.ts";

/** Of the options, what decides over inputs and architecture. */
export interface Architecture {
  readonly student: Setting["student"];
  readonly graph?: GraphParameter | undefined;
  readonly group?: string | undefined;
  readonly n?: number | undefined;
  readonly d?: number | undefined;
  readonly columns?: number | undefined;
  readonly layers: number;
  readonly width: number;
}

export interface Listed {
  readonly inputs: Samples;
  readonly network: Network;
  /** Absent where all are equally likely. */
  readonly probabilities?: Float64Array;
  /** What the listed inputs are, in sentences. */
  readonly said: string;
}

export const lawsHelp = "gaussian, cube, erdos-renyi:P, file:inputs.npz";

/** @throws InputError for an unknown law, and for an architecture that does not fit its inputs */
export async function listedInputs(law: string, of: Architecture, seed: number): Promise<Listed> {
  if (law.startsWith("erdos-renyi:")) return graphs(law, of);
  const { n, d, columns } = of;
  if (law === "cube") {
    const inputs = cubeInputs(cubeShape(of));
    const said = `They are all vectors of ${product(inputs.shape)} signs: the law is the cube's.`;
    return { inputs, network: networkOn(inputs, { group: cubeGroup, ...of }, seed), said };
  }
  if (!law.startsWith("file:"))
    return reject({ where: "law", what: `"${law}" is unknown`, allowed: lawsHelp });
  refuseUnread({ n, d, columns }, [], "networks on inputs of a file, which have their own sizes");
  const inputs = await readInputs(law.slice("file:".length));
  return { inputs, network: networkOn(inputs, of, seed), said: "They are the rows of the file." };
}

function networkOn({ shape }: Samples, of: Architecture, seed: number): Network {
  const { student, layers, width, graph = "complete", group } = of;
  const known = group === undefined ? {} : { group: resolveGroup({ group }, readText).group };
  const over = student === "gnn" ? resolveGraph(shape[0], graph, readText).graph : "complete";
  return libraryNetwork({ student, layers, width, graph: over, ...known }, shape, seed);
}

/** Where none is named: of few enough points. */
const cubeGroup = "cyclic:12";

/** Sizes as far as they are given, else small ones. */
function cubeShape({ student, n, d, columns, group = cubeGroup }: Architecture): number[] {
  switch (student) {
    case "mlp":
      return [d ?? 10];
    case "gnn":
      return [n ?? 4, d ?? 3];
    case "deep-sets":
      return [n ?? 5, columns ?? 2];
    default:
      return [resolveGroup({ group }, readText).group.degree, columns ?? 1];
  }
}

/** Message passing on all graphs without features, each edge with probability p. */
function graphs(law: string, { student, n = 5, layers, width, ...over }: Architecture): Listed {
  const written = law.slice("erdos-renyi:".length);
  const p = Number(written);
  if (written.trim() === "" || !(p > 0 && p < 1))
    return reject({ where: "law", what: law, allowed: "erdos-renyi:P, P above 0 and below 1" });
  if (student !== "gnn") return reject({ where: "student", what: student, allowed: "gnn, on drawn graphs" });
  refuseUnread(over, [], "networks on drawn graphs");
  const degrees = { expectedDegree: (n - 1) * p, degreeSd: Math.sqrt((n - 1) * p * (1 - p)) };
  const network = gnn({ n, ...degrees, layers, width, readoutLayers: 1, pool: "mean" });
  const listed = { inputs: allGraphs(n), network };
  const said = `They are all graphs on ${n} nodes: the law is that of erdos-renyi:${p}.`;
  if (p === 0.5) return { ...listed, said };
  return {
    ...listed,
    probabilities: graphProbabilities(n, p),
    said: [
      said,
      "Each value is multiplied by the root of its graph's probability over that of the uniform law,",
      "so that products under the uniform law are those under this one.",
    ].join(" "),
  };
}

/** The array X, or the only one, inputs first. */
async function readInputs(path: string): Promise<Samples> {
  const { array } = await oneArray(readBytes(path, npzLimit), path, ["X"]);
  const [count, ...shape] = array.shape;
  if (shape.length === 0 || array.data.length === 0)
    reject({
      where: path,
      what: `an array of shape (${array.shape.join(", ")})`,
      allowed: "(inputs, numbers of each, ...)",
    });
  const data = Float32Array.from(array.data);
  const wrong = data.findIndex((x) => !Number.isFinite(x));
  if (wrong >= 0)
    reject({ where: path, what: `input ${Math.floor(wrong / (data.length / count))} is not finite` });
  return { count, shape, data };
}
