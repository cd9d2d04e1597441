/** Runs ONNX models natively: onnxruntime-node, one thread a session. Imported only where it is installed. */

import * as runtime from "onnxruntime-node";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Session, SessionOptions, TypedArray } from "./session.ts";

export const runtimeVersion: string = runtime.env.versions.node ?? runtime.env.versions.common;

export async function createSession(model: Uint8Array, { profile }: SessionOptions = {}): Promise<Session> {
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    logSeverityLevel: 3,
    ...(profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: profile }),
  });
  const inputs = tensors(session.inputMetadata);
  const outputs = tensors(session.outputMetadata);
  const fetchAll = Object.fromEntries(session.outputNames.map((name) => [name, null]));
  return {
    async run(given, into = {}) {
      const feeds: Record<string, Tensor> = {};
      for (const name of session.inputNames) feeds[name] = inputs(name, given[name]);
      const fetches: Record<string, Tensor | null> = { ...fetchAll };
      for (const name of Object.keys(into)) fetches[name] = outputs(name, into[name]);
      const results = await session.run(feeds, fetches as InferenceSession.FetchesType);
      return Object.fromEntries(
        session.outputNames.map((name) => [name, into[name] ?? (results[name].data as TypedArray)]),
      );
    },
    async release() {
      if (profile !== undefined) session.endProfiling();
      await session.release();
    },
  };
}

/** Wraps arrays as tensors, once each. */
function tensors(
  metadata: readonly InferenceSession.ValueMetadata[],
): (name: string, data: TypedArray) => Tensor {
  const known = new WeakMap<TypedArray, Map<string, Tensor>>();
  const specs = new Map(
    metadata.flatMap((m) => (m.isTensor ? [[m.name, { type: m.type, shape: m.shape as number[] }]] : [])),
  );
  return (name, data) => {
    const spec = specs.get(name);
    if (spec === undefined) throw new Error(`the model has no array named "${name}"`);
    let byName = known.get(data);
    if (byName === undefined) known.set(data, (byName = new Map()));
    let tensor = byName.get(name);
    if (tensor === undefined) {
      tensor = new runtime.Tensor(spec.type as "float32", data as Float32Array, spec.shape);
      byName.set(name, tensor);
    }
    return tensor;
  };
}
