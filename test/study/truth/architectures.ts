import type { Truth } from "./rule.ts";

/** Its numbers stand in a table. */
export const architectures: Truth = {};
