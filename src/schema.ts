/**
 * Schemas for the parameters and the evidence of a family of your own: all of zod/mini, as the program's own are made
 * with, and how `families` and `--help` show a field. Import it as a namespace: `import * as z from "equihard/schema"`.
 */

export * from "zod/mini";
export { described, integer } from "./base/schema.ts";
