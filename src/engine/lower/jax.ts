/**
 * jax-js, made to load on Node 20: it expects two features of Node 22 (float64 arrays from data and `einsum` throw
 * without them). Import jax-js only from here.
 */

import "./jax-shim.ts";

export * from "@jax-js/jax";
