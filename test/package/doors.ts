/** The entries of the package, as package.json names them. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The source file of each entry that is a module, by the name it is imported under. */
export function doors(): Record<string, string> {
  const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
    exports: Record<string, string>;
  };
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([, file]) => file.endsWith(".js"))
      .map(([door, file]) => [
        door.replace(/^\./, "equihard"),
        resolve(root, file.replace(/^\.\/dist/, "src").replace(/\.js$/, ".ts")),
      ]),
  );
}
