/** Workloads: a network, its initial weights and a few batches, the same for every contender. The pinned one is a GNN. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyFor } from "../src/base/random.ts";
import { degreesOf, sampleGraphs } from "../src/distribution/erdos-renyi.ts";
import type { Samples } from "../src/distribution/law.ts";
import { pack, totalSize } from "../src/engine/train/flat.ts";
import { gnn } from "../src/network/gnn.ts";
import { initialise } from "../src/network/initialise.ts";
import type { Encoded, Network, Weights } from "../src/network/network.ts";

/** Learning rate of Adam; betas 0.9 and 0.999, epsilon 1e-8. */
export const learningRate = 2e-3;

export interface Size {
  readonly n: number;
  readonly batch: number;
  readonly width: number;
}

export const pinned = (width: number): Size => ({ n: 15, batch: 128, width });

export interface Workload {
  readonly batch: number;
  /** What contenders in other languages are told beside the batch. */
  readonly sizes: Readonly<Record<string, number>>;
  /** The network; `distinctRows` chooses its arithmetic, where there is a choice. */
  network(distinctRows: boolean): Network;
  readonly weights: Weights;
  /** The batches that steps go through in turn. */
  readonly batches: readonly { readonly samples: Samples; readonly labels: Float32Array }[];
}

export interface GnnWorkload extends Workload, Size {
  readonly law: { readonly n: number; readonly edges: "undirected"; readonly p: number };
}

/** +1 or -1 by the parity of the number of nodes whose degree is 5, 6 or 7. */
export function parityLabels(samples: Samples): Float32Array {
  const n = samples.shape[0];
  const degrees = degreesOf(samples);
  return Float32Array.from({ length: samples.count }, (_, g) => {
    let m = 0;
    for (let i = g * n; i < (g + 1) * n; i++) m += Number(degrees[i] >= 5 && degrees[i] <= 7);
    return m % 2 === 0 ? 1 : -1;
  });
}

export function workload({ n, batch, width }: Size, seed = 0): GnnWorkload {
  const law = { n, edges: "undirected", p: 0.5 } as const;
  const network = (distinctRows: boolean): Network =>
    gnn({
      n,
      expectedDegree: (n - 1) / 2,
      degreeSd: Math.sqrt((n - 1) / 4),
      largestDegree: n - 1,
      layers: 2,
      width,
      readoutLayers: 1,
      pool: "mean",
      distinctRows,
    });
  return {
    n,
    batch,
    width,
    sizes: { n, width },
    law,
    network,
    weights: initialise(network(false), keyFor("bench weights", seed)),
    batches: Array.from({ length: 8 }, (_, i) => {
      const samples = sampleGraphs(keyFor("bench", seed, i), law, batch);
      return { samples, labels: parityLabels(samples) };
    }),
  };
}

/** Encoded inputs of every batch. */
export const encoded = (work: Workload, network: Network): readonly Encoded[] =>
  work.batches.map(({ samples }) => network.encode(samples));

/** The weights in one buffer, in the order the network lists them. */
export function flatWeights(work: Workload): Float32Array {
  const { weights: shapes } = work.network(false);
  const flat = new Float32Array(totalSize(shapes));
  pack(shapes, work.weights, flat);
  return flat;
}

/**
 * Writes what a contender in another language needs into a folder: sizes as JSON, arrays as raw little-endian float32, of
 * all batches one after the other: the network's inputs by name, labels, and the samples where they are real numbers.
 */
export function exportWorkload(work: Workload): string {
  const folder = mkdtempSync(join(tmpdir(), "equihard-bench-"));
  const inputs = encoded(work, work.network(false));
  const write = (name: string, parts: readonly Float32Array[]): void =>
    writeFileSync(join(folder, `${name}.f32`), Buffer.concat(parts.map((p) => new Uint8Array(p.buffer, p.byteOffset, p.byteLength)))); // prettier-ignore
  write("weights", [flatWeights(work)]);
  for (const name of Object.keys(inputs[0])) write(name, inputs.map((x) => x[name])); // prettier-ignore
  write("labels", work.batches.map((b) => b.labels)); // prettier-ignore
  const samples = work.batches.map((b) => b.samples.data);
  if (samples.every((data) => data instanceof Float32Array)) write("samples", samples);
  const { sizes, batch } = work;
  writeFileSync(join(folder, "sizes.json"), JSON.stringify({ ...sizes, batch, batches: inputs.length, lr: learningRate })); // prettier-ignore
  return folder;
}
