/**
 * The native runtime and the compiler to it, loaded on first use where it is installed. package.json leaves that module
 * out of what is built for browsers.
 */

import type { Problem } from "../../base/errors.ts";
import { lazy } from "../../base/lazy.ts";
import { importProblem } from "../../base/optional.ts";
import type { Native } from "./session.ts";

export const inNode = (): boolean => typeof process !== "undefined" && process.versions?.node !== undefined;

const elsewhere: Problem = { where: "onnxruntime-node", what: "does not run in a browser" };

const tryNative = lazy(async (): Promise<Native | Problem> =>
  inNode()
    ? import("./session.node.ts").catch((error) => importProblem("onnxruntime-node", error))
    : elsewhere,
);

/** onnxruntime-node, or null in a browser and where it is not installed or does not load. */
export async function loadNative(): Promise<Native | null> {
  const found = await tryNative();
  return "what" in found ? null : found;
}

/** Why onnxruntime-node is not used; null where it is. */
export async function nativeProblem(): Promise<Problem | null> {
  const found = await tryNative();
  return "what" in found ? found : null;
}
