/** The ceiling of a step is all of its matrix products, and nothing else of it. */

import { beforeAll, describe, expect, it } from "vitest";
import { productsOf, repeatedProducts } from "../../bench/products.ts";
import { flops } from "../../bench/sections.ts";
import { pinned, workload, type Size } from "../../bench/workload.ts";
import { lowerProgram } from "../../src/engine/lower/lower.ts";
import type { Graph, Model } from "../../src/engine/lower/onnx-model.ts";
import { trace } from "../../src/engine/lower/trace.ts";
import { startJax } from "../../src/engine/run/program.ts";
import { trainingStep } from "../../src/engine/train/training-step.ts";

beforeAll(() => startJax());

const size: Size = { ...pinned(16), batch: 8 };

function stepOf(distinctRows: boolean): Model {
  const network = workload(size).network(distinctRows);
  const { fn, inputs } = trainingStep({ network, loss: "squared", optimizer: "adam", batch: size.batch });
  return lowerProgram(trace(fn, inputs));
}

const bodyOf = (model: Model): Graph => (model.nodes[0].attributes["body"] as { graph: Graph }).graph;

describe.each([false, true])("distinct rows: %s", (distinctRows) => {
  it("has the operations of the step's products, by their count on paper", () => {
    const step = stepOf(distinctRows);
    const shapeOf = (name: string): readonly number[] => step.shapes?.get(name) ?? [];
    const operations = (graph: Graph): number =>
      graph.nodes
        .filter(({ op }) => op === "Gemm" || op === "MatMul")
        .reduce((sum, { inputs, attributes }) => {
          const columns = shapeOf(inputs[1]).at(attributes["transB"] === 1 ? 0 : -1) ?? 0;
          return sum + 2 * columns * shapeOf(inputs[0]).reduce((a, b) => a * b, 1);
        }, 0);
    const alone = operations(bodyOf(repeatedProducts(step)));
    const counted = flops(size, distinctRows);
    expect(alone).toBeGreaterThanOrEqual(counted);
    expect(alone).toBeLessThan(1.15 * counted); // products with a single column are not counted on paper
    expect(operations(step)).toBeGreaterThan(alone); // sums over rows are products with ones
  });

  it("has nothing else, and what no product reads is looked at", () => {
    const step = stepOf(distinctRows);
    const { nodes } = bodyOf(repeatedProducts(step));
    const own = nodes.filter(({ op }) => op !== "Slice" && op !== "Sum");
    expect([...new Set(own.map(({ op }) => op))].every((op) => ["Gemm", "MatMul", "Reshape", "Transpose"].includes(op))).toBe(true); // prettier-ignore
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    expect(own.flatMap(({ outputs }) => outputs).filter((name) => !read.has(name))).toEqual([]);
  });

  it("runs as often as it is told to", async () => {
    const contender = await productsOf(workload(size), distinctRows);
    expect((await contender.steps(3)).losses).toHaveLength(3);
    await contender.close();
  });
});
