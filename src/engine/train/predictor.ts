/** Predictions of a network, as many examples at once as it is compiled for. */

import { floats, splitFlat, totalSize, type Floats } from "./flat.ts";
import { compile, type CompileOptions, type Executable, type TypedArray } from "../run/program.ts";
import type { PureFunction, Specs } from "../lower/trace.ts";
import { inputSpecs, inputsOf, type StepOptions, type Trainable } from "./training-step.ts";

/** Predictions of `count` examples as a pure function of the flat weights and the inputs. */
export function prediction(
  network: Trainable,
  count: number,
  type: "float32" | "float64" = "float32",
): { fn: PureFunction; inputs: Specs } {
  const inputs: Specs = {
    weights: { shape: [totalSize(network.weights)], type },
    ...inputSpecs(network, count, type),
  };
  const fn: PureFunction = (args) => ({
    predictions: network.forward(splitFlat(network.weights, args.weights), inputsOf(network, args)),
  });
  return { fn, inputs };
}

/** A network, and how many of its examples are predicted together. */
export interface PredictorOptions extends CompileOptions, Pick<StepOptions, "network" | "type"> {
  /** Examples predicted at once (default 1000); fewer are padded. */
  readonly predictBatch?: number;
}

export interface Predictor {
  /** Predictions for `count` encoded examples by weights in one buffer. */
  predict(weights: Floats, inputs: Readonly<Record<string, Floats>>, count: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Compiles when first asked to predict. */
export function createPredictor(options: PredictorOptions): Predictor {
  const { network, type = "float32", predictBatch = 1000 } = options;
  let program: Promise<Executable> | undefined;
  const compiled = (): Promise<Executable> => {
    const { fn, inputs } = prediction(network, predictBatch, type);
    return compile(fn, inputs, options);
  };
  return {
    async predict(weights, given, count) {
      program ??= compiled();
      const { run } = await program;
      const out = new Float32Array(count);
      for (let at = 0; at < count; at += predictBatch) {
        const here = Math.min(predictBatch, count - at);
        const inputs: Record<string, TypedArray> = { weights };
        for (const [name, shape] of Object.entries(network.inputs)) {
          const each = totalSize({ shape });
          const part = floats(type, predictBatch * each);
          part.set(given[name].subarray(at * each, (at + here) * each));
          inputs[`inputs.${name}`] = part;
        }
        const { predictions } = await run(inputs);
        out.set(predictions.subarray(0, here), at);
      }
      return out;
    },
    dispose: async () => (await program)?.dispose(),
  };
}
