/** The native runtime, loaded on first use where it is installed. */

import type { NativeRuntime } from "./session.ts";

let native: Promise<NativeRuntime | null> | undefined;

export const inNode = (): boolean => typeof process !== "undefined" && process.versions?.node !== undefined;

/** onnxruntime-node, or null in a browser and where it is not installed. */
export function loadNative(): Promise<NativeRuntime | null> {
  native ??= inNode() ? import("./session.node.ts").catch(() => null) : Promise.resolve(null);
  return native;
}
