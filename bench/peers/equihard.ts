/** equihard's own step: the compiled network of `src/network/gnn.ts`. */

import { createEnsemble, type EnsembleOptions } from "../../src/engine/train/ensemble.ts";
import { engineInUse, jaxVersion } from "../../src/engine/run/program.ts";
import type { Batch } from "../../src/engine/train/stack.ts";
import { createTrainer, type TrainerOptions } from "../../src/engine/train/trainer.ts";
import type { Network } from "../../src/network/network.ts";
import { inProcess, type Contender } from "../contender.ts";
import { encoded, learningRate, type Workload } from "../workload.ts";

const options = (work: Workload, network: Network) =>
  ({ network, loss: "squared", optimizer: "adam", batch: work.batch }) as const;

/** As many steps a call as the training loop takes, over the same batches, which stay where they were put. */
function batchesOf(work: Workload, network: Network): (from: number, count: number) => Batch {
  const encodings = encoded(work, network);
  const known = new Map<string, Batch>();
  const repeat = (parts: readonly Float32Array[], from: number, count: number): Float32Array => {
    const all = new Float32Array(count * parts[0].length);
    for (let i = 0; i < count; i++) all.set(parts[(from + i) % parts.length], i * parts[0].length);
    return all;
  };
  return (taken, count) => {
    const from = taken % encodings.length;
    const batch = known.get(`${from} ${count}`) ?? {
      inputs: Object.fromEntries(
        Object.keys(encodings[0]).map((name) => [name, repeat(encodings.map((e) => e[name]), from, count)]),
      ),
      labels: repeat(work.batches.map((b) => b.labels), from, count),
    }; // prettier-ignore
    known.set(`${from} ${count}`, batch);
    return batch;
  };
}

export async function equihard(
  work: Workload,
  distinctRows: boolean,
  changed: Partial<TrainerOptions> = {},
): Promise<Contender> {
  const network = work.network(distinctRows);
  const trainer = await createTrainer({ ...options(work, network), lr: learningRate, weights: work.weights, ...changed }); // prettier-ignore
  const batches = batchesOf(work, network);
  const { engine, version } = await engineInUse();
  const name = distinctRows ? "equihard, distinct rows" : "equihard";
  const wasm = changed.backend === "wasm";
  return inProcess(
    wasm ? "jax-js WebAssembly" : name,
    wasm ? `jax-js ${jaxVersion}` : `${engine} ${version}`,
    async (count) => {
      const { inputs, labels } = batches(trainer.taken, count);
      return Array.from(await trainer.steps(inputs, labels));
    },
    () => trainer.dispose(),
  );
}

/** An ensemble of workloads that differ in their seeds; a step of it is one of every member, its losses are the first's. */
export async function equihardSeeds(
  works: readonly Workload[],
  distinctRows: boolean,
  changed: Partial<EnsembleOptions> = {},
): Promise<Contender> {
  const network = works[0].network(distinctRows);
  const members = works.map(({ weights }) => ({ lr: learningRate, weights }));
  const ensemble = await createEnsemble({ ...options(works[0], network), members, ...changed });
  const batches = works.map((work) => batchesOf(work, network));
  const { engine, version } = await engineInUse();
  return inProcess(
    `equihard, ${members.length} seeds${ensemble.together ? " together" : ""}`,
    `${engine} ${version}`,
    async (count) => {
      const given = batches.map((of) => of(ensemble.taken, count));
      const losses = await ensemble.steps(given.map((b) => b.inputs), given.map((b) => b.labels)); // prettier-ignore
      return Array.from(losses[0]);
    },
    () => ensemble.dispose(),
  );
}
