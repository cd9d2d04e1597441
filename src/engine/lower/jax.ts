/** jax-js. On Node 20 `completeGlobals` comes before its first array: `trace` and `startJax` see to that. */

export * from "@jax-js/jax";
