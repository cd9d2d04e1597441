import type { Truth } from "./rule.ts";

/** Its cells have rules of their own (`cells.ts`), its sentences no numbers. */
export const failing: Truth = {};
