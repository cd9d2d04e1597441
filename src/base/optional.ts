/**
 * Packages that only some of the work needs: they are not installed with this one, are loaded when first used, and
 * where they are missing the command that adds them is named.
 */

import { reject, type Problem } from "./errors.ts";

/** Their versions, as `npm install` takes them: those of package.json, where they are optional. */
export const optionalPackages = {
  "@duckdb/node-api": "1.5.6-r.1",
  "@observablehq/plot": "0.6",
  "@resvg/resvg-js": "2.6",
  highs: "1.15",
  linkedom: "0.18",
  "onnxruntime-node": "1.30.0",
  webgpu: "0.6.2",
} as const;

/** The name of a package that only some of the work needs. */
export type OptionalPackage = keyof typeof optionalPackages;

/**
 * The command that adds packages. onnxruntime-node's own install script downloads what only graphics cards need; where
 * it cannot, npm drops the whole package without a word, so it is not run.
 */
export function installCommand(...names: readonly OptionalPackage[]): string {
  const packages = names.map((name) => `${name}@${optionalPackages[name]}`).join(" ");
  return `npm install ${packages}${names.includes("onnxruntime-node") ? " --ignore-scripts" : ""}`;
}

/** Whether an import failed because the package itself is not there, rather than because it does not work here. */
export const isAbsent = (name: string, error: unknown): boolean =>
  error instanceof Error &&
  (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND" &&
  error.message.includes(`'${name}'`);

/**
 * Why a package that could not be imported is not used, and the command that mends it, with the packages used beside
 * it.
 */
export function importProblem(
  name: OptionalPackage,
  error: unknown,
  ...alongside: readonly OptionalPackage[]
): Problem & { readonly where: string } {
  const command = installCommand(name, ...alongside);
  return isAbsent(name, error)
    ? { where: name, what: "is not installed", next: `add it with: ${command}` }
    : { where: name, what: `does not load (${firstLine(error)})`, next: `install it anew with: ${command}` };
}

/**
 * What catches a failed import of an optional package: `import("highs").catch(missing("highs"))`, a form that
 * bundlers, too, know as an import that may fail. Rejects with the command that adds the package and those used with
 * it.
 */
export const missing =
  (name: OptionalPackage, ...alongside: readonly OptionalPackage[]) =>
  (error: unknown): never =>
    reject(importProblem(name, error, ...alongside));

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0];
