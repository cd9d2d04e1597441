/**
 * Members that are hard to tell apart on given inputs, by gradient descent on the product of the correlations in two
 * batches without a common input,
 *
 *     1 / D  sum over i != j of  c_ij c'_ij,
 *
 * so that what the batches happen to show is not counted as correlation: the two errors are independent. Where a proof
 * pays for how much members may stretch, that is added.
 */

import type { Progress } from "../base/progress.ts";
import { splitFlat, totalSize } from "../engine/train/flat.ts";
import { optimiser } from "../engine/train/optimiser.ts";
import { numpy as np, valueAndGrad, vmap } from "../engine/lower/jax.ts";
import type { Arrays, Specs } from "../engine/lower/trace.ts";
import { compileRepeated } from "../engine/run/program.ts";
import { constant } from "../network/layers.ts";
import type { Network } from "../network/network.ts";
import { cosineRate } from "./descent.ts";

/** Of Adam, falling to 0 along a cosine. */
const learningRate = 0.01;
/** Added to squared norms: a member that is constant has no correlations. */
const floor = 1e-9;

export interface SampledSearch {
  readonly network: Network;
  /** Of all members, one after the other. */
  readonly start: Float32Array;
  readonly members: number;
  readonly steps: number;
  /** Inputs of each of the two batches. */
  readonly batch: number;
  readonly inputs: Readonly<Record<string, Float32Array>>;
  /** (D, weights) -> (D): what is added to the objective for each member, divided by its variance. */
  readonly stretch?: (weights: np.Array) => np.Array;
  /** The order in which an epoch runs through the inputs. */
  order(epoch: number): ArrayLike<number>;
}

const adam = optimiser("adam");

/** (D, batch) values of all members. Consumes the references. */
const valuesOf = (network: Network, weights: np.Array, inputs: Arrays): np.Array =>
  vmap((own: np.Array) => network.forward(splitFlat(network.weights, own), kept(inputs)))(weights);

/** For another use: a forward pass consumes the references that it is given. */
const kept = (inputs: Arrays): Arrays =>
  Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, x.ref]));

/** (D, D) correlations of all pairs. */
function correlations(values: np.Array): np.Array {
  const count = values.shape[1];
  const centred = values.ref.sub(np.mean(values, 1, { keepdims: true }));
  const square = np.sum(centred.ref.mul(centred.ref), 1, { keepdims: true });
  const unit = centred.div(np.sqrt(square.add(constant(floor * count, values.dtype))));
  return np.matmul(unit.ref, np.transpose(unit));
}

/** The objective of flat weights on two batches. */
function objective(
  { network, members, stretch }: SampledSearch,
  flat: np.Array,
  halves: readonly [Arrays, Arrays],
): np.Array {
  const weights = flat.reshape([members, -1]);
  const values = valuesOf(network, weights.ref, halves[0]);
  const price = stretch === undefined ? undefined : stretch(weights.ref).div(variances(values.ref));
  const [first, second] = [correlations(values), correlations(valuesOf(network, weights, halves[1]))];
  const both = first.mul(second);
  const loss = np
    .sum(both.ref)
    .sub(np.trace(both))
    .mul(constant(1 / members, flat.dtype));
  return price === undefined ? loss : loss.add(np.sum(price));
}

/** (D) variances of (D, batch) values. */
function variances(values: np.Array): np.Array {
  const { shape, dtype } = values;
  const centred = values.ref.sub(np.mean(values, 1, { keepdims: true }));
  return np
    .sum(centred.ref.mul(centred), 1)
    .mul(constant(1 / shape[1], dtype))
    .add(constant(floor, dtype));
}

/** The weights after the search. */
export async function* sampledSearch(search: SampledSearch): AsyncGenerator<Progress, Float32Array> {
  const { network, batch, steps, inputs } = search;
  const names = Object.keys(network.inputs);
  const flat = { shape: [search.start.length] };
  const specs: Specs = {
    weights: flat,
    m: flat,
    v: flat,
    rate: { shape: [] },
    epsilon: { shape: [] },
    ...Object.fromEntries(
      names.flatMap((name) =>
        [1, 2].map((half) => [`${name}.${half}`, { shape: [batch, ...network.inputs[name]] }]),
      ),
    ),
  };
  const half = (args: Arrays, which: number): Arrays =>
    Object.fromEntries(names.map((name) => [name, args[`${name}.${which}`]]));
  const step = (args: Arrays): Arrays => {
    const loss = (weights: np.Array): np.Array => objective(search, weights, [half(args, 1), half(args, 2)]);
    const [value, gradient] = valueAndGrad(loss)(args["weights"].ref);
    const next = adam.update(
      args["weights"],
      gradient as np.Array,
      [args["m"], args["v"]],
      [args["rate"], args["epsilon"]],
    );
    return { weights_next: next.weights, m_next: next.state[0], v_next: next.state[1], loss: value };
  };
  const program = await compileRepeated(step, specs, ["weights", "m", "v"]);
  const drawn = drawer(search.order, 2 * batch);
  const zeros = (): Float32Array => new Float32Array(search.start.length);
  let state = { weights: search.start, m: zeros(), v: zeros() };
  try {
    for (let taken = 0; taken < steps; taken++) {
      yield { what: "search", done: taken, total: steps };
      const chosen = drawn();
      const [rate, epsilon] = adam.schedule(taken + 1, cosineRate(learningRate, taken, steps));
      const each = {
        rate: Float32Array.of(rate),
        epsilon: Float32Array.of(epsilon),
        ...Object.fromEntries(
          names.flatMap((name) => [
            [`${name}.1`, rowsOf(inputs[name], network.inputs[name], chosen.slice(0, batch))],
            [`${name}.2`, rowsOf(inputs[name], network.inputs[name], chosen.slice(batch))],
          ]),
        ),
      };
      state = (await program.run(state, each, 1)).state as typeof state;
    }
  } finally {
    await program.dispose();
  }
  return state.weights;
}

/** So many inputs at a time, epoch by epoch; what is left at an epoch's end is not used. */
function drawer(order: (epoch: number) => ArrayLike<number>, size: number): () => number[] {
  let [epoch, at] = [0, 0];
  let current = Array.from(order(0));
  return () => {
    if (at + size > current.length) {
      current = Array.from(order(++epoch));
      at = 0;
    }
    at += size;
    return current.slice(at - size, at);
  };
}

function rowsOf(data: Float32Array, shape: readonly number[], chosen: readonly number[]): Float32Array {
  const each = totalSize({ shape });
  const out = new Float32Array(chosen.length * each);
  for (const [i, row] of chosen.entries()) out.set(data.subarray(row * each, (row + 1) * each), i * each);
  return out;
}
