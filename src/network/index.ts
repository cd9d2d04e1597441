/**
 * Equivariant networks, and what one of your own is made of: a `Network` is data and two pure functions over jax-js
 * arrays.
 * Arrays are reference-counted: an operation consumes its arguments, `x.ref` keeps one.
 */

export { DType, grad, jit, jvp, lax, nn, numpy, valueAndGrad, vjp, vmap } from "../engine/lower/jax.ts";
export { startJax } from "../engine/run/program.ts";
export { reuse, weightCount, type Encoded, type Network, type Shapes, type Weights } from "./network.ts";
export { affine, constant, fanInOf, meanOver, readout, readoutShapes, relu } from "./layers.ts";
export type { Pooling, Sizes } from "./layers.ts";
export { initialise } from "./initialise.ts";
export { gnn, type GnnOptions } from "./gnn.ts";
export { featureGnn, type FeatureGnnOptions } from "./feature-gnn.ts";
export { gin, type GinOptions } from "./gin.ts";
export { attention, type AttentionOptions } from "./attention.ts";
export { unitary, type UnitaryOptions } from "./unitary.ts";
export { lieUnitary, type LieUnitaryOptions } from "./lie-unitary.ts";
export { canonicalMlp, type CanonicalOptions } from "./canonical.ts";
export { gramSchmidtMlp, type GramSchmidtOptions } from "./gram-schmidt.ts";
export type { DrawnGraphs, FixedGraph } from "./graph-input.ts";
export { mlp, type MlpOptions } from "./mlp.ts";
export { deepSets, groupLinear, type EquivariantOptions } from "./group-linear.ts";
export { frameAveraged, type FrameAveragedOptions } from "./frame-averaged.ts";
export type { Features } from "./features.ts";
export { polynomialNetwork, type PolynomialOptions } from "./polynomial.ts";
