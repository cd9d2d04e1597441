/**
 * The graphics card, on which jax-js computes by WebGPU: a browser's own, or in Node that of the optional package
 * `webgpu` (Dawn: Vulkan, Metal or Direct3D). package.json leaves that package out of what is built for browsers.
 */

import type { Problem } from "../../base/errors.ts";
import { lazy } from "../../base/lazy.ts";
import { importProblem } from "../../base/optional.ts";
import { init } from "../lower/jax.ts";
import { inNode } from "./native.ts";

/** A card that jax-js computes on. */
export interface Graphics {
  /** Its name, as its driver gives it. */
  readonly adapter: string;
}

const noCard: Problem = {
  where: "webgpu",
  what: "finds no graphics card",
  next: inNode() ? "install its Vulkan driver, or leave out --engine webgpu" : "choose WebAssembly",
};

/** Has jax-js start on the card; why not, where there is none. */
export const startGraphics = lazy(async (): Promise<Graphics | Problem> => {
  if (inNode()) {
    const problem = await import("./graphics.node.ts").then(
      () => null,
      (error: unknown) => importProblem("webgpu", error),
    );
    if (problem !== null) return problem;
  }
  // asked before jax-js is: its own start complains on the console where there is no adapter
  const adapter = await (globalThis.navigator as Partial<Navigator>).gpu?.requestAdapter();
  if (!adapter || !(await init("webgpu")).includes("webgpu")) return noCard;
  return { adapter: nameOf(adapter.info) };
});

/** What there is of vendor, architecture and description, each once. */
const nameOf = ({ vendor, architecture, description }: GPUAdapterInfo): string =>
  [...new Set([vendor, architecture, description])].filter((part) => part !== "").join(" ");
