/**
 * A graph for any number of examples. Lowering knows sizes only, so a function is lowered at several of them; what
 * differs between the graphs (shapes that Reshape and Expand are given) has to be an affine function of the batch, and
 * is computed from the input's shape instead. Anything else that differs is refused.
 */

import type { Model, ModelArray, ModelConstant, ModelNode } from "./onnx-model.ts";

/** Primes far from the sizes of networks; the third tests what the first two say. */
const batches = [241, 251, 257] as const;

const batchName = "batch";

/**
 * @param modelAt the graph for so many examples, along the first axis of every input
 * @throws Error where the graphs differ by more than the batch
 */
export function freeBatch(modelAt: (batch: number) => Model): Model {
  const models = batches.map(modelAt);
  const [first, ...others] = models;
  const shape = (model: Model): string =>
    JSON.stringify([model.nodes, model.constants.map(({ name, type }) => [name, type])]);
  if (others.some((other) => shape(other) !== shape(first)))
    throw new Error("the graph is another one for another number of examples");
  const nodes: ModelNode[] = [];
  const constants: ModelConstant[] = [];
  for (const [i, constant] of first.constants.entries()) {
    const same = models.map((model) => model.constants[i]);
    if (same.every(({ bytes }) => equal(bytes, constant.bytes))) constants.push(constant);
    else addShape(same, nodes, constants);
  }
  const source = first.inputs[0].name;
  const batch: ModelNode[] = [
    { op: "Shape", inputs: [source], outputs: [`${batchName} shape`], attributes: {} },
    {
      op: "Gather",
      inputs: [`${batchName} shape`, `${batchName} axis`],
      outputs: [batchName],
      attributes: {},
    },
  ];
  const axis = integers(`${batchName} axis`, [0n]);
  return {
    ...first,
    nodes: nodes.length === 0 ? first.nodes : [...batch, ...nodes, ...first.nodes],
    constants: nodes.length === 0 ? constants : [...constants, axis],
    inputs: first.inputs.map((array, i) =>
      freed(
        models.map((model) => model.inputs[i]),
        array,
      ),
    ),
    outputs: first.outputs.map((array, i) =>
      freed(
        models.map((model) => model.outputs[i]),
        array,
      ),
    ),
  };
}

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);

function integers(name: string, values: readonly bigint[]): ModelConstant {
  const bytes = new Uint8Array(BigInt64Array.from(values).buffer);
  return { name, type: "int64", shape: [values.length], bytes };
}

/** The constant as `base + slope * batch`, computed in the graph. */
function addShape(same: readonly ModelConstant[], nodes: ModelNode[], constants: ModelConstant[]): void {
  const [{ name, type, shape }] = same;
  if (type !== "int64" || shape.length !== 1)
    throw new Error(`the constant ${name} (${type}) depends on the number of examples`);
  const [a, b, c] = same.map(({ bytes }) => new BigInt64Array(bytes.slice().buffer));
  const [p, q, r] = batches.map(BigInt);
  const slope = Array.from(a, (x, i) => (b[i] - x) / (q - p));
  const base = Array.from(a, (x, i) => x - slope[i] * p);
  if (slope.some((s, i) => base[i] + s * q !== b[i] || base[i] + s * r !== c[i]))
    throw new Error(`the shape ${name} is no affine function of the number of examples`);
  const [base_, slope_, scaled] = [`${name} base`, `${name} slope`, `${name} scaled`];
  constants.push(integers(base_, base), integers(slope_, slope));
  nodes.push(
    { op: "Mul", inputs: [batchName, slope_], outputs: [scaled], attributes: {} },
    { op: "Add", inputs: [scaled, base_], outputs: [name], attributes: {} },
  );
}

/** The array with a name in the place of the sizes that are the batch. */
const freed = (same: readonly ModelArray[], array: ModelArray): ModelArray => ({
  ...array,
  shape: array.shape.map((size, axis) =>
    same.every(({ shape }, i) => shape[axis] === batches[i]) ? batchName : size,
  ),
});
