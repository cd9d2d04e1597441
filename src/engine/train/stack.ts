/** Batches, and room for several side by side. */

import { product } from "../../base/product.ts";
import type { Floats } from "./flat.ts";
import type { Trainable } from "./training-step.ts";

/** Encoded examples, as a network's `encode` writes them: by the input's name, (examples, ...shape of the input). */
export type Encoded = Readonly<Record<string, Float32Array>>;

/** A batch's encoded examples and labels. */
export interface Batch {
  readonly inputs: Readonly<Record<string, Floats>>;
  readonly labels: Floats;
}

/** Batches side by side, with a view of each. */
export interface Stack extends Batch {
  readonly inputs: Encoded;
  readonly slots: readonly { readonly inputs: Record<string, Float32Array>; readonly labels: Floats }[];
}

/** So many numbers, in the memory of an array that nobody reads any more if there is enough. */
function within<T extends Floats>(
  kind: (new (memory: ArrayBufferLike, at: number, length: number) => T) & { BYTES_PER_ELEMENT: number },
  old: Floats | undefined,
  length: number,
): T {
  const bytes = kind.BYTES_PER_ELEMENT * length;
  const memory = old !== undefined && old.buffer.byteLength >= bytes ? old.buffer : new ArrayBuffer(bytes);
  return new kind(memory, 0, length);
}

/**
 * @param room arrays that nobody reads any more, whose memory is used again where it is large enough
 */
export function stackOf(
  { inputs: shapes }: Pick<Trainable, "inputs">,
  batch: number,
  count: number,
  type: "float32" | "float64" = "float32",
  room: Batch | null = null,
): Stack {
  const sizes = Object.entries(shapes).map(([name, shape]) => [name, batch * product(shape)] as const);
  const inputs = Object.fromEntries(
    sizes.map(([name, each]) => [name, within(Float32Array, room?.inputs[name], count * each)]),
  );
  const labels = within<Floats>(
    type === "float64" ? Float64Array : Float32Array,
    room?.labels,
    count * batch,
  );
  const slots = Array.from({ length: count }, (_, i) => ({
    inputs: Object.fromEntries(
      sizes.map(([name, each]) => [name, inputs[name].subarray(i * each, (i + 1) * each)]),
    ),
    labels: labels.subarray(i * batch, (i + 1) * batch),
  }));
  return { inputs, labels, slots };
}

/** Writes batches into the slots of a stack, in their order. */
export function fillStack(
  { slots }: Stack,
  batch: (at: number, into: Stack["slots"][number]) => Batch,
): void {
  for (const [i, slot] of slots.entries()) {
    const { inputs, labels } = batch(i, slot);
    for (const name of Object.keys(slot.inputs))
      if (inputs[name] !== slot.inputs[name]) slot.inputs[name].set(inputs[name]);
    if (labels !== slot.labels) slot.labels.set(labels);
  }
}

/** What the batches of a training are made of. */
export interface BatchSource {
  readonly trainer: { readonly taken: number; stack(count: number): Stack };
  /** The batch of a step (from 0). Equal steps must give equal batches. Arrays of `into` may be filled and returned. */
  readonly batch: (step: number, into: Stack["slots"][number]) => Batch;
}

/** The batches of the next so many steps, in room that is kept from call to call. */
export function filledHere({ trainer, batch }: BatchSource): (count: number) => Batch {
  const stacks = new Map<number, Stack>();
  return (count) => {
    const stack = stacks.get(count) ?? trainer.stack(count);
    stacks.set(count, stack);
    fillStack(stack, (i, into) => batch(trainer.taken + i, into));
    return stack;
  };
}
