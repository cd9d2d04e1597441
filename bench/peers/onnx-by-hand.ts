/**
 * The pinned step as an ONNX graph written by hand, node by node: what the compiler in `src/engine/` is held against.
 * Gradients are derived on paper; nothing here comes from the traced function.
 */

import { createSession, runtimeVersion } from "../../src/engine/run/session.node.ts";
import { encodeModel, type Attribute, type ModelConstant, type ModelNode } from "../../src/engine/lower/onnx-model.ts"; // prettier-ignore
import { optimiser } from "../../src/engine/train/optimiser.ts";
import type { TypedArray } from "../../src/engine/run/session.ts";
import { inProcess, type Contender } from "../contender.ts";
import { encoded, flatWeights, learningRate, type GnnWorkload, type Size } from "../workload.ts";

export function handWrittenStep({ n, batch: B, width: W }: Size): Uint8Array {
  const nodes: ModelNode[] = [];
  const constants: ModelConstant[] = [];
  let count = 0;
  const node = (op: string, inputs: string[], attributes: Record<string, Attribute> = {}, output?: string): string => {
    const name = output ?? `t${count++}`;
    nodes.push({ op, inputs, outputs: [name], attributes });
    return name;
  }; // prettier-ignore
  const constant = (type: "float32" | "int64", shape: number[], data: Float32Array | BigInt64Array): string => {
    const name = `c${count++}`;
    constants.push({ name, type, shape, bytes: new Uint8Array(data.buffer) });
    return name;
  }; // prettier-ignore
  const number = (x: number): string => constant("float32", [], Float32Array.of(x));
  const integers = (...xs: number[]): string => constant("int64", [xs.length], BigInt64Array.from(xs.map(BigInt))); // prettier-ignore
  const reshape = (x: string, ...shape: number[]): string => node("Reshape", [x, integers(...shape)]);
  const gemm = (a: string, b: string, transA = 0, transB = 0, c?: string): string =>
    node("Gemm", c === undefined ? [a, b] : [a, b, c], { transA, transB });
  const sumRows = (x: string): string => node("ReduceSum", [x, integers(0)], { keepdims: 0 });
  const mask = (gate: string, x: string): string => node("Where", [node("Greater", [gate, zero]), x, zero]);

  const zero = number(0);
  const sizes = [W, W, W * W, W * W, W, W * W, W, W, 1];
  const parts = sizes.map((_, i) => `w${i}`);
  nodes.push({
    op: "Split",
    inputs: ["weights", integers(...sizes)],
    outputs: parts,
    attributes: { axis: 0 },
  });
  const [w1, b1, self, neighbour, b2, hidden, bh, out, bo] = [
    reshape(parts[0], 1, W), parts[1], reshape(parts[2], W, W), reshape(parts[3], W, W), parts[4],
    reshape(parts[5], W, W), parts[6], reshape(parts[7], W, 1), parts[8],
  ]; // prettier-ignore

  // forward
  const x = reshape("degree", B * n, 1);
  const h1 = node("Relu", [node("Add", [node("Mul", [x, w1]), b1])]);
  const near = reshape(node("MatMul", ["adjacency", reshape(h1, B, n, W)]), B * n, W);
  const h2 = node("Relu", [gemm(near, neighbour, 0, 0, gemm(h1, self, 0, 0, b2))]);
  const pooled = node("ReduceMean", [reshape(h2, B, n, W)], { axes: [1], keepdims: 0 });
  const r = node("Relu", [gemm(pooled, hidden, 0, 0, bh)]);
  const error = node("Sub", [reshape(gemm(r, out, 0, 0, bo), B), "labels"]);
  node("ReduceMean", [node("Mul", [error, error])], { keepdims: 0 }, "loss");

  // backward
  const dOut = reshape(node("Mul", [error, number(2 / B)]), B, 1);
  const dr = mask(r, gemm(dOut, out, 0, 1));
  const dPooled = node("Mul", [gemm(dr, hidden, 0, 1), number(1 / n)]);
  const gate = node("Greater", [reshape(h2, B, n, W), zero]);
  const dz2 = reshape(node("Where", [gate, reshape(dPooled, B, 1, W), zero]), B * n, W);
  const dNear = reshape(gemm(dz2, neighbour, 0, 1), B, n, W);
  const through = reshape(node("MatMul", ["adjacency", dNear]), B * n, W); // the adjacency is symmetric
  const dz1 = mask(h1, gemm(dz2, self, 0, 1, through));
  const gradients = [
    gemm(x, dz1, 1), sumRows(dz1), gemm(h1, dz2, 1), gemm(near, dz2, 1), sumRows(dz2),
    gemm(pooled, dr, 1), sumRows(dr), gemm(r, dOut, 1), sumRows(dOut),
  ]; // prettier-ignore
  const gradient = node("Concat", gradients.map((g, i) => reshape(g, sizes[i])), { axis: 0 }); // prettier-ignore

  // Adam, on moments that hold m / (1 - beta1) and v / (1 - beta2)
  const m = node("Add", [node("Mul", ["m", number(0.9)]), gradient], {}, "m_next");
  const v = node("Add", [node("Mul", ["v", number(0.999)]), node("Mul", [gradient, gradient])], {}, "v_next");
  const step = node("Div", [m, node("Add", [node("Sqrt", [v]), "epsilon"])]);
  node("Sub", ["weights", node("Mul", [step, "rate"])], {}, "weights_next");

  const size = sizes.reduce((a, b) => a + b, 0);
  const tensor = (name: string, ...shape: number[]) => ({ name, type: "float32", shape }) as const;
  return encodeModel({
    nodes,
    constants,
    inputs: [
      tensor("weights", size), tensor("m", size), tensor("v", size), tensor("rate"), tensor("epsilon"),
      tensor("degree", B, n), tensor("adjacency", B, n, n), tensor("labels", B),
    ],
    outputs: [tensor("weights_next", size), tensor("m_next", size), tensor("v_next", size), tensor("loss")],
  }); // prettier-ignore
}

export async function onnxByHand(work: GnnWorkload): Promise<Contender> {
  const session = await createSession(handWrittenStep(work));
  const inputs = encoded(work, work.network(false));
  const weights = flatWeights(work);
  const empty = (): Float32Array => new Float32Array(weights.length);
  let state: Record<string, TypedArray> = { weights, m: empty(), v: empty() };
  const adam = optimiser("adam");
  let taken = 0;
  return inProcess(
    "hand-written ONNX graph",
    `onnxruntime ${runtimeVersion}`,
    async () => {
      const i = taken++;
      const [rate, epsilon] = adam.schedule(i + 1, learningRate).map((value) => Float32Array.of(value));
      const { degree, adjacency } = inputs[i % inputs.length];
      const { labels } = work.batches[i % inputs.length];
      const out = await session.run({ ...state, rate, epsilon, degree, adjacency, labels });
      state = { weights: out.weights_next, m: out.m_next, v: out.v_next };
      return [out.loss[0]];
    },
    () => session.release(),
  );
}
