/** The README and the pages of the documentation. */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

const names = ["README.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)]; // prettier-ignore

/** Name from the root, and text. */
export const pages: readonly (readonly [string, string])[] = names.map(
  (name) => [name, readFileSync(join(root, name), "utf8")] as const,
);
