/**
 * Sums of matrix products: Gemm takes an addend, so a tree of additions over products becomes a chain of products,
 * each adding to the one before, without a pass over memory of its own.
 */

import type { ModelNode } from "./onnx-model.ts";

type Shapes = ReadonlyMap<string, readonly number[]>;

/** `nodes` (in topological order) with sums of Gemm results folded into the Gemms. */
export function fuseSums(nodes: readonly ModelNode[], shapes: Shapes): ModelNode[] {
  const producers = new Map(nodes.flatMap((n) => n.outputs.map((o) => [o, n] as const)));
  const uses = new Map<string, number>();
  for (const name of nodes.flatMap((n) => n.inputs)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const absorbed = new Set<ModelNode>();

  const sameShape = (a: string, b: string): boolean => shapes.get(a)?.join() === shapes.get(b)?.join();

  function terms(sum: ModelNode): string[] {
    return sum.inputs.flatMap((name) => {
      const producer = producers.get(name);
      const inner = producer?.op === "Add" && uses.get(name) === 1 && sameShape(name, sum.outputs[0]);
      if (!inner) return [name];
      absorbed.add(producer);
      return terms(producer);
    });
  }

  function isProduct(name: string, total: string): boolean {
    const producer = producers.get(name);
    return (
      producer?.op === "Gemm" &&
      producer.inputs.length === 2 &&
      uses.get(name) === 1 &&
      sameShape(name, total)
    );
  }

  function fuse(sum: ModelNode): ModelNode[] {
    const total = sum.outputs[0];
    const before = new Set(absorbed);
    const all = terms(sum);
    const products = all.filter((name) => isProduct(name, total));
    if (products.length === 0) {
      for (const n of absorbed) if (!before.has(n)) absorbed.delete(n);
      return [sum];
    }
    const rank = (name: string): number => shapes.get(name)?.length ?? 0;
    const others = all.filter((name) => !products.includes(name)).sort((a, b) => rank(a) - rank(b));
    const gemms = products.map((name) => producers.get(name) as ModelNode);
    for (const gemm of gemms) absorbed.add(gemm);
    return chained(total, gemms, others);
  }

  // from the last sum backwards, so that a whole tree is seen from its root
  const parts = nodes.toReversed().map((n) => (n.op === "Add" && !absorbed.has(n) ? fuse(n) : [n]));
  return parts
    .toReversed()
    .flat()
    .filter((n) => !absorbed.has(n));
}

/** The sum `total` of products and others: the others first, then each product added to all before it. */
function chained(
  total: string,
  products: readonly ModelNode[],
  [first, ...others]: readonly string[],
): ModelNode[] {
  const made: ModelNode[] = [];
  let addend: string | undefined = first;
  for (const other of others) {
    const name = `${total}s${made.length}`;
    made.push({ op: "Add", inputs: [addend as string, other], outputs: [name], attributes: {} });
    addend = name;
  }
  for (const [i, gemm] of products.entries()) {
    const name = i === products.length - 1 ? total : `${total}p${i}`;
    const inputs = addend === undefined ? gemm.inputs : [...gemm.inputs, addend];
    made.push({ ...gemm, inputs, outputs: [name] });
    addend = name;
  }
  return made;
}
