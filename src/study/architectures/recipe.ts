/** One architecture: its members searched and certified, and the certificate of the polygons that would fit into it. */

import * as z from "zod/mini";
import type { JsonObject } from "../../base/checked.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { keyFor, normals } from "../../base/random.ts";
import { certify } from "../../family/certify.ts";
import { libraryNetwork } from "../../prover/library-network.ts";
import { networkClass } from "../../prover/network-class.ts";
import { certifyNetwork } from "../../prover/own-network.ts";
import type { NetworkValues } from "../../prover/params.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { Measured } from "./study.ts";

const schema = z.strictObject({
  params: z.record(z.string(), z.unknown()),
  steps: integer(0, 1_000_000),
  inputs: z.nullable(integer(4, 1_000_000)),
});
const deepSchema = z.strictObject({
  student: z.literal("gnn"),
  graph: z.string(),
  n: integer(1, 64),
  d: integer(1, 64),
  layers: integer(1, 16),
  width: integer(1, 256),
  members: integer(2, 2000),
});

export const hardestFound: Recipe = async (given, { onProgress }) => {
  const { params, steps, inputs } = parseWith(schema, given, "an architecture");
  if (inputs !== null) return onDrawnInputs(params, inputs, steps);
  const checked = networkClass.parse(params);
  const { search, functions } = await certify(networkClass, checked, {
    steps,
    onProgress: (fraction, what) => onProgress?.(what, fraction),
  });
  const polygon = await polygonIn(checked.values);
  return {
    params: checked.json,
    steps,
    start: search?.start ?? NaN,
    end: search?.end ?? NaN,
    members: functions.count === null ? null : Number(functions.count),
    polygon,
  } satisfies Measured & JsonObject;
};

/** Deep networks, for which no inner product is in closed form, on inputs that are drawn once. */
async function onDrawnInputs(given: object, inputs: number, steps: number): Promise<JsonObject> {
  const params = parseWith(deepSchema, given, "a deep architecture");
  const { n, d, members } = params;
  const shape = [n, d];
  const data = normals(keyFor("inputs of architectures", n, d, inputs), new Float32Array(inputs * n * d));
  const network = libraryNetwork(params, shape, 0);
  const { search } = await certifyNetwork(network, { count: inputs, shape, data }, { members, steps });
  return { params, inputs, ...search, members, polygon: null } satisfies Measured & JsonObject;
}

/** The largest even k whose polygon of 2k relus fits, by its family's certificate; null for other architectures. */
async function polygonIn({ setting, width, members, orbit }: NetworkValues): Promise<Measured["polygon"]> {
  const k = 2 * Math.floor(width / 4);
  const family = k < 2 ? undefined : familyOf(setting);
  if (family === undefined) return null;
  const count = orbit ? {} : { count: members };
  const { dimension } = await certify(family.id, { ...family.params, k, ...count });
  return { k, dimension: Number(dimension.spectral) };
}

/** The family whose functions are members of the architecture. */
function familyOf(setting: NetworkValues["setting"]): { id: string; params: object } | undefined {
  switch (setting.student) {
    case "mlp":
      return { id: "gnn-hidden-plane", params: { n: 1, d: setting.d } };
    case "gnn":
      return { id: "gnn-hidden-plane", params: { n: setting.n, d: setting.d, graph: setting.graph } };
    case "frame-averaged":
    case "group-linear": {
      const { group, columns } = setting;
      // a polygon of the whole input is one of group-linear only where the group moves every pair of points apart
      const fits =
        columns === 1 && (setting.student === "frame-averaged" || group.order() === BigInt(group.degree));
      return fits ? { id: "cnn-hidden-plane", params: { group: group.name } } : undefined;
    }
    default:
      return undefined;
  }
}
