/** equihard's own step: the compiled network of `src/network/gnn.ts`. */

import { createTrainer, type Trainer, type TrainerOptions } from "../../src/engine/trainer.ts";
import { engineInUse, jaxVersion } from "../../src/engine/program.ts";
import { inProcess, type Contender } from "../contender.ts";
import { encoded, learningRate, type Workload } from "../workload.ts";

export async function equihard(
  work: Workload,
  distinctRows: boolean,
  options: Partial<TrainerOptions> = {},
): Promise<Contender> {
  const network = work.network(distinctRows);
  const trainer = await createTrainer({
    network,
    loss: "squared",
    optimizer: "adam",
    lr: learningRate,
    batch: work.batch,
    weights: work.weights,
    ...options,
  });
  const encodings = encoded(work, network);
  // as many steps a call as the training loop takes, over the same batches
  const stacks = new Map<number, ReturnType<Trainer["stack"]>>();
  const stackOf = (count: number): ReturnType<Trainer["stack"]> => {
    const stack = stacks.get(count) ?? trainer.stack(count);
    stacks.set(count, stack);
    for (const [i, slot] of stack.slots.entries()) {
      const at = (trainer.taken + i) % encodings.length;
      for (const [name, array] of Object.entries(encodings[at])) slot.inputs[name].set(array);
      slot.labels.set(work.batches[at].labels);
    }
    return stack;
  };
  const { engine, version } = await engineInUse();
  const name = distinctRows ? "equihard, distinct rows" : "equihard";
  const wasm = options.backend === "wasm";
  return inProcess(
    wasm ? "jax-js WebAssembly" : name,
    wasm ? `jax-js ${jaxVersion}` : `${engine} ${version}`,
    async (count) => {
      const { inputs, labels } = stackOf(count);
      return Array.from(await trainer.steps(inputs, labels));
    },
    () => trainer.dispose(),
  );
}
