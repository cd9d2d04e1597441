/**
 * The matrix products of a step alone, at its own shapes, one after the other as the step has them: what it would take
 * if everything else cost nothing.
 */

import { createSession, runtimeVersion } from "../src/engine/run/session.node.ts";
import { startJax } from "../src/engine/run/program.ts";
import { lowerProgram } from "../src/engine/lower/lower.ts";
import { encodeModel, type Model, type ModelArray, type ModelConstant, type ModelNode } from "../src/engine/lower/onnx-model.ts"; // prettier-ignore
import { trace } from "../src/engine/lower/trace.ts";
import { trainingStep } from "../src/engine/train/training-step.ts";
import { keyFor, normals } from "../src/base/random.ts";
import { product } from "../src/base/product.ts";
import { inProcess, type Contender } from "./contender.ts";
import type { Workload } from "./workload.ts";

/** What the products of a step are called in its race. */
export const productsName = (distinctRows: boolean): string =>
  distinctRows ? "products alone, distinct rows" : "products alone";

/** Sums over rows are products with a row of ones, and no part of the step's own arithmetic. */
function isProduct({ op, inputs, attributes }: ModelNode, shapes: Shapes): boolean {
  const rows = shapes.get(inputs[0])?.[attributes["transA"] === 1 ? 1 : 0];
  return op === "MatMul" || (op === "Gemm" && rows !== 1);
}

type Shapes = ReadonlyMap<string, readonly number[]>;

/**
 * The products, and of what makes an operand only what costs nothing: another shape of what a product gives, and for a
 * batched one a transpose, which the runtime draws into it. Every other operand is given.
 */
function needed(model: Model, shapes: Shapes): { nodes: ModelNode[]; given: string[] } {
  const producers = new Map(model.nodes.flatMap((n) => n.outputs.map((o) => [o, n] as const)));
  const constants = new Set(model.constants.map((c) => c.name));
  const kept = new Set(model.nodes.filter((n) => isProduct(n, shapes)));
  const given = new Set<string>();
  /** Whether a product's result is all that the array holds. */
  const isResult = (name: string): boolean => {
    const from = producers.get(name);
    return from !== undefined && (kept.has(from) || (from.op === "Reshape" && isResult(from.inputs[0])));
  };
  function take(name: string, reader: ModelNode): void {
    const from = producers.get(name);
    const free =
      from !== undefined && (isResult(name) || (from.op === "Transpose" && reader.op === "MatMul"));
    if (!free) {
      if (!constants.has(name)) given.add(name);
    } else if (!kept.has(from)) {
      kept.add(from);
      for (const input of from.inputs) take(input, from);
    }
  }
  for (const node of model.nodes.filter((n) => isProduct(n, shapes)))
    for (const input of node.inputs) take(input, node);
  return { nodes: model.nodes.filter((n) => kept.has(n)), given: [...given] };
}

/** A model that repeats the products `steps` times; of each that no other reads one entry is kept, so that all are done. */
export function repeatedProducts(model: Model): Model {
  const shapes = model.shapes as Shapes;
  const { nodes, given } = needed(model, shapes);
  const read = new Set(nodes.flatMap((n) => n.inputs));
  const last = nodes.flatMap((n) => n.outputs).filter((name) => !read.has(name));
  const integers = (name: string, value: number, count: number): ModelConstant => {
    const bytes = new Uint8Array(BigInt64Array.from({ length: count }, (_, i) => BigInt(value < 0 ? i : value)).buffer); // prettier-ignore
    return { name, type: "int64", shape: [count], bytes };
  };
  const shapeOf = (name: string): readonly number[] => {
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`the shape of ${name} is not known`);
    return shape;
  };
  const ranks = [...new Set(last.map((name) => shapeOf(name).length))];
  const corner = last.map((name): ModelNode => {
    const rank = shapeOf(name).length;
    return { op: "Slice", inputs: [name, `from ${rank}`, `to ${rank}`, `axes ${rank}`], outputs: [`corner ${name}`], attributes: {} }; // prettier-ignore
  });
  const sum: ModelNode = {
    op: "Sum",
    inputs: [...corner.flatMap((n) => n.outputs), "tick"],
    outputs: ["tock"],
    attributes: {},
  };
  const most = Math.max(...ranks);
  const used = new Set(nodes.flatMap((n) => n.inputs));
  const graph = {
    nodes: [...nodes, ...corner, sum],
    constants: [
      ...model.constants.filter((c) => used.has(c.name)),
      ...ranks.flatMap((rank) => [integers(`from ${rank}`, 0, rank), integers(`to ${rank}`, 1, rank), integers(`axes ${rank}`, -1, rank)]),
    ],
    inputs: [{ name: "tick", type: "float32" as const, shape: [1] }],
    outputs: [{ name: "tock", type: "float32" as const, shape: Array.from({ length: most }, () => 1) }],
  }; // prettier-ignore
  const ticks: ModelArray = { name: "ticks", type: "float32", shape: ["steps", 1] };
  const tocks: ModelArray = { name: "tocks", type: "float32", shape: ["steps", ...graph.outputs[0].shape] };
  return {
    nodes: [
      { op: "Scan", inputs: ["ticks"], outputs: ["tocks"], attributes: { body: { graph }, num_scan_inputs: 1 } },
    ],
    constants: [],
    inputs: [ticks, ...given.map((name) => ({ name, type: "float32" as const, shape: shapeOf(name) }))],
    outputs: [tocks],
  }; // prettier-ignore
}

/** A contender whose steps are the products of the workload's. */
export async function productsOf(work: Workload, distinctRows: boolean): Promise<Contender> {
  await startJax();
  const { fn, inputs } = trainingStep({
    network: work.network(distinctRows),
    loss: "squared",
    optimizer: "adam",
    batch: work.batch,
  });
  const model = repeatedProducts(lowerProgram(trace(fn, inputs)));
  const session = await createSession(encodeModel(model));
  const given = Object.fromEntries(
    model.inputs.slice(1).map(({ name, shape }) => {
      const numbers = normals(
        keyFor("bench products", name),
        new Float32Array(product(shape as readonly number[])),
      );
      return [name, numbers.map((x) => x / 8)];
    }),
  );
  return inProcess(
    productsName(distinctRows),
    `onnxruntime ${runtimeVersion}`,
    async (count) => {
      await session.run({ ...given, ticks: new Float32Array(count) });
      return Array.from({ length: count }, () => 0);
    },
    () => session.release(),
  );
}
