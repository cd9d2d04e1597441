/** The matrix product as a model. */

import { encodeModel } from "./onnx-model.ts";

/** The product of a (m x k, or k x m where `transposeA`) and b (k x n, or n x k where `transposeB`): c, m x n. */
export interface Product {
  readonly size: readonly [m: number, k: number, n: number];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly type: "float32" | "float64";
}

/** The bytes of the model. */
export const productModel = ({ size: [m, k, n], transposeA, transposeB, type }: Product): Uint8Array =>
  encodeModel({
    nodes: [
      {
        op: "Gemm",
        inputs: ["a", "b"],
        outputs: ["c"],
        attributes: { transA: Number(transposeA), transB: Number(transposeB) },
      },
    ],
    constants: [],
    inputs: [
      { name: "a", type, shape: transposeA ? [k, m] : [m, k] },
      { name: "b", type, shape: transposeB ? [n, k] : [k, n] },
    ],
    outputs: [{ name: "c", type, shape: [m, n] }],
  });
