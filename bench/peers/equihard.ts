/** equihard's own step: the compiled network of `src/network/gnn.ts`. */

import { createTrainer, type Stack, type TrainerOptions } from "../../src/engine/trainer.ts";
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
  // as many steps a call as the training loop takes, over the same batches, which stay where they were put
  const stacks = new Map<string, Stack>();
  const stackOf = (count: number): Stack => {
    const from = trainer.taken % encodings.length;
    const known = stacks.get(`${from} ${count}`);
    if (known !== undefined) return known;
    const stack = trainer.stack(count);
    for (const [i, slot] of stack.slots.entries()) {
      const at = (from + i) % encodings.length;
      for (const [name, array] of Object.entries(encodings[at])) slot.inputs[name].set(array);
      slot.labels.set(work.batches[at].labels);
    }
    stacks.set(`${from} ${count}`, stack);
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
