/** Graphs for any number of examples. */

import { describe, expect, it } from "vitest";
import type { Model } from "../../../src/engine/lower/onnx-model.ts";
import { freeBatch } from "../../../src/engine/lower/free-batch.ts";

describe("a graph for any batch", () => {
  const model = (shape: readonly bigint[], op = "Reshape"): Model => ({
    nodes: [{ op, inputs: ["x", "shape"], outputs: ["y"], attributes: {} }],
    constants: [
      {
        name: "shape",
        type: "int64",
        shape: [shape.length],
        bytes: new Uint8Array(BigInt64Array.from(shape).buffer),
      },
    ],
    inputs: [{ name: "x", type: "float32", shape: [1, 4] }],
    outputs: [{ name: "y", type: "float32", shape: [4] }],
  });

  it("computes affine shapes, and refuses others and other graphs (negative control)", () => {
    const free = freeBatch((b) => model([BigInt(2 * b + 1), 3n]));
    expect(free.nodes.map(({ op }) => op)).toEqual(["Shape", "Gather", "Mul", "Add", "Reshape"]);
    expect(() => freeBatch((b) => model([BigInt(b * b)]))).toThrow("no affine function");
    expect(() => freeBatch((b) => model([1n], b === 241 ? "Reshape" : "Expand"))).toThrow("another one");
  });
});
