/** Makes and runs ONNX models natively: onnxruntime-node, threads as asked for. Imported only where it is installed. */

import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Session, SessionOptions, TypedArray } from "./session.ts";

export { modelOf } from "../lower/model.ts";
export { productModel } from "../lower/product-model.ts";

// Before it loads: else it keeps an identifier of the machine and a database of usage in the user's cache, which all
// processes of a user share and wait for, also over a network, and sends what is in it. Who wants that sets it to 0.
process.env["ORT_DISABLE_TELEMETRY"] ??= "1";

// a static import of what fails to load would end the whole program, whoever catches the failure (Node 20)
const runtime = await import("onnxruntime-node");

export const runtimeVersion: string = runtime.env.versions.node ?? runtime.env.versions.common;

export async function createSession(model: Uint8Array, options: SessionOptions = {}): Promise<Session> {
  const { profile, threads = 1 } = options;
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    logSeverityLevel: 3,
    // threads that wait sleep: by default they would keep their cores busy
    ...(threads === 1 ? {} : { extra: { session: { intra_op: { allow_spinning: "0" } } } }),
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  });
  const wrap = tensors([...session.inputMetadata, ...session.outputMetadata]);
  return {
    async run(given, into = {}) {
      const feeds: Record<string, Tensor> = {};
      for (const name of session.inputNames) feeds[name] = wrap(name, given[name]);
      const fetches: Record<string, Tensor | null> = {};
      for (const name of session.outputNames) fetches[name] = name in into ? wrap(name, into[name]) : null;
      const results = await session.run(feeds, fetches);
      const outputs = session.outputNames.map((name): [string, TypedArray] => {
        const made = results[name].data as TypedArray;
        if (!(name in into)) return [name, made];
        if (made.buffer !== into[name].buffer) giveBack(made);
        return [name, into[name]];
      });
      return Object.fromEntries(outputs);
    },
    async release() {
      if (profile !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

const { port1: nowhere } = new MessageChannel();
nowhere.close();

/**
 * Frees an array's memory at once: what is posted to a closed port leaves its sender and reaches nobody. Where copies
 * are left to the collector of garbage it runs every few products.
 */
function giveBack({ buffer }: TypedArray): void {
  nowhere.postMessage(null, [buffer as ArrayBuffer]);
}

/** Wraps arrays as tensors; a size left open is what the array's length makes it. */
function tensors(
  metadata: readonly InferenceSession.ValueMetadata[],
): (name: string, data: TypedArray) => Tensor {
  const specs = new Map(
    metadata.flatMap((m) => (m.isTensor ? [[m.name, { type: m.type, shape: m.shape }]] : [])),
  );
  return (name, data) => {
    const spec = specs.get(name);
    if (spec === undefined) throw new Error(`the model has no array named "${name}"`);
    const known = spec.shape.reduce<number>((size, d) => (typeof d === "number" ? size * d : size), 1);
    const shape = spec.shape.map((d) => (typeof d === "number" ? d : data.length / known));
    return new runtime.Tensor(spec.type as "float32", data as Float32Array, shape);
  };
}
