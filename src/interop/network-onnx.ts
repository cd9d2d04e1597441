/** A network with its weights as an ONNX model of raw examples: any number of them, along the first axis. */

import { reject } from "../base/errors.ts";
import { startJax } from "../engine/run/program.ts";
import { numpy as np } from "../engine/lower/jax.ts";
import { freeBatch } from "../engine/lower/free-batch.ts";
import { lowerProgram } from "../engine/lower/lower.ts";
import { encodeModel } from "../engine/lower/onnx-model.ts";
import { trace, type Arrays } from "../engine/lower/trace.ts";
import type { Network } from "../network/network.ts";
import type { TrainedStudent } from "../network/trained.ts";

/** The input of the model: one example's shape, entries float32. */
export interface ModelInput {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * The model: from `input.name` (batch, ...shape) to `y` (batch), in the labels' own unit; opset 17, IR version 8.
 * @param metadata texts by name, readable from every runtime
 * @throws InputError for a network whose encoding of examples has no form as a graph
 */
export async function networkOnnx(
  network: Network,
  { weights, unit }: Pick<TrainedStudent, "weights" | "unit">,
  input: ModelInput,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const { encodeTraced } = network;
  if (encodeTraced === undefined)
    return reject({
      where: "onnx",
      what: `a ${network.architecture["network"]} network encodes these examples by a program, not by arrays`,
      next: "export it as safetensors, or take another student",
    });
  await startJax();
  const held = (): Arrays =>
    Object.fromEntries(
      Object.entries(network.weights).map(([name, shape]) => [
        name,
        np.array(weights[name], { shape: [...shape] }),
      ]),
    );
  const fn = (args: Arrays): Arrays => {
    const y = network.forward(held(), encodeTraced(args[input.name]));
    return { y: np.add(np.multiply(y, unit.sd), unit.mean) };
  };
  const modelAt = (batch: number) =>
    lowerProgram(trace(fn, { [input.name]: { shape: [batch, ...input.shape] } }), metadata);
  return encodeModel(freeBatch(modelAt));
}
