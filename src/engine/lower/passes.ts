/**
 * The lowering's optimisations. Each can be left out, and the graph computes the same: tests hold them against each
 * other.
 */

export interface Passes {
  /** Transposes, broadcasts and reshapes rewrite views; without, every value is brought into row-major order. */
  readonly views: boolean;
  /**
   * Sums of products are matrix products, and sums of a matrix's rows; without, products entry by entry and their sums.
   */
  readonly products: boolean;
  /** Transposes are folded into Gemm; without, transposes and MatMul. */
  readonly gemm: boolean;
  /** A product comes out in the order in which it is read; without, left before right. */
  readonly order: boolean;
  /** Sums of matrix products are chains of Gemm with an addend. */
  readonly sums: boolean;
  /** Operations on known numbers are done beforehand, additions of 0 and products with 1 not at all. */
  readonly folding: boolean;
  /** a + (-b), a * (1 / b), relu and its gradient have short forms. */
  readonly shortening: boolean;
  /** Equal nodes are one, and equal constants. */
  readonly sharing: boolean;
  /** What no output needs is dropped, and outputs are written where they are computed. */
  readonly dropping: boolean;
  /**
   * Batched products read operands that lie transposed, by an operation of ONNX Runtime's own: for models that it alone
   * runs. Of standard ones it makes the same by itself, but where a transpose follows another movement of data it joins
   * those two first, into one that moves entry by entry.
   */
  readonly fused: boolean;
}

/** Those whose results are standard operations. */
export const allPasses: Passes = {
  views: true,
  products: true,
  gemm: true,
  order: true,
  sums: true,
  folding: true,
  shortening: true,
  sharing: true,
  dropping: true,
  fused: false,
};
