/**
 * Gradient steps, compiled, and the state they continue from: of one training, or of several that differ in their
 * numbers alone, side by side as one batched step (vmap). Arrays of several hold, step by step, one entry a member.
 */

import { reject } from "../../base/errors.ts";
import { floats, pack, totalSize, type Floats } from "./flat.ts";
import { vmap } from "../lower/jax.ts";
import { optimiser as optimiserOf } from "./optimiser.ts";
import {
  compileRepeated,
  startJax,
  type CompileOptions,
  type Executable,
  type Values,
} from "../run/program.ts";
import type { PureFunction, Specs } from "../lower/trace.ts";
import { trainingStep, type StepOptions } from "./training-step.ts";

/** What trainings of one architecture may differ in, beside their data. */
export interface Member {
  /** Learning rate. */
  readonly lr: number;
  /** Initial weights. */
  readonly weights: Readonly<Record<string, Floats>>;
}

/** Everything a training run continues from: steps taken, weights and the optimiser's buffers. */
export interface Checkpoint {
  readonly step: number;
  readonly weights: Floats;
  readonly state: Readonly<Record<string, Floats>>;
}

export interface Stepper {
  readonly backend: Executable["backend"];
  /** Steps taken so far. */
  readonly taken: number;
  /**
   * As many steps as each member's arrays hold batches, one after the other, in one call into the runtime.
   * @returns for each member, the mean loss before each step
   */
  steps(inputs: readonly Readonly<Record<string, Floats>>[], labels: readonly Floats[]): Promise<Floats[]>;
  /** A member's weights in one buffer: a view, which the next steps leave behind. */
  weights(member: number): Floats;
  checkpoint(): Checkpoint;
  restore(checkpoint: Checkpoint): void;
  dispose(): Promise<void>;
}

/** The step of all members, over a new first axis of every array; one member's is its own. */
function stepOf(options: StepOptions, members: number): { fn: PureFunction; inputs: Specs } {
  const own = trainingStep(options);
  if (members === 1) return own;
  const inputs = Object.entries(own.inputs).map(([name, spec]) => [
    name,
    { ...spec, shape: [members, ...spec.shape] },
  ]);
  return { fn: vmap(own.fn) as PureFunction, inputs: Object.fromEntries(inputs) };
}

/** Every so many steps, entries of the optimiser's buffers below this are set to 0. */
const settling = { steps: 64, below: 1e-34 };

/**
 * The buffers of a weight whose gradient stays 0, as a dead unit's does, shrink step by step into subnormal numbers,
 * with which processors take many times longer: after 800 steps a step at width 128 took twice its time. So small an
 * entry moves no weight: even over Adam's epsilon it makes less than 1e-26 of the learning rate.
 */
function settle(buffers: readonly Floats[]): void {
  for (const buffer of buffers)
    for (let i = 0; i < buffer.length; i++) if (Math.abs(buffer[i]) < settling.below) buffer[i] = 0;
}

/**
 * Every member's arrays of `count` steps as one, in memory kept from call to call by its name; one of the right type
 * stays where it is.
 */
function arraysBeside(type: "float32" | "float64") {
  const rooms = new Map<string, Floats>();
  return (name: string, parts: readonly Floats[], count: number): Floats => {
    if (parts.length === 1 && parts[0].BYTES_PER_ELEMENT === (type === "float64" ? 8 : 4)) return parts[0];
    const length = parts.length * parts[0].length;
    const known = rooms.get(name);
    const room = known?.length === length ? known : floats(type, length);
    rooms.set(name, room);
    const each = parts[0].length / count;
    for (let i = 0; i < count; i++)
      for (const [m, part] of parts.entries())
        room.set(part.subarray(i * each, (i + 1) * each), (i * parts.length + m) * each);
    return room;
  };
}

/** The optimiser's numbers for the next `count` steps, a row a step, by the names the step reads them under. */
const scheduleOf =
  (rule: ReturnType<typeof optimiserOf>, members: readonly Member[], type: "float32" | "float64") =>
  (taken: number, count: number): Record<string, Floats> => {
    const each = Array.from({ length: rule.scheduled }, () => floats(type, count * members.length));
    for (let i = 0; i < count; i++)
      for (const [m, { lr }] of members.entries())
        for (const [j, value] of rule.schedule(taken + 1 + i, lr).entries())
          each[j][i * members.length + m] = value;
    return Object.fromEntries(each.map((numbers, j) => [`schedule.${j}`, numbers]));
  };

/** @throws InputError for a checkpoint of another training */
function requireLengths({ weights, state }: Checkpoint, buffers: readonly string[], length: number): void {
  const given: Record<string, Floats | undefined> = { weights };
  for (const name of buffers) given[`state.${name}`] = state[name];
  for (const [name, values] of Object.entries(given))
    if (values?.length !== length)
      reject({
        where: "restore",
        what: `${name}: ${values?.length ?? "no"} numbers`,
        allowed: `${length}, as a checkpoint of this training has`,
      });
}

/** Compiles the training step of all members, which takes their batches stacked; states start at 0. */
export async function createStepper(
  options: StepOptions & CompileOptions,
  members: readonly Member[],
): Promise<Stepper> {
  const { network, batch, type = "float32" } = options;
  const rule = optimiserOf(options.optimizer);
  const size = totalSize(network.weights);
  const names = ["weights", ...rule.state.map((name) => `state.${name}`)];
  let current: Values = Object.fromEntries(names.map((name) => [name, floats(type, members.length * size)]));
  const weights = (member: number): Floats =>
    (current.weights as Floats).subarray(member * size, (member + 1) * size);
  for (const [i, member] of members.entries()) pack(network.weights, member.weights, weights(i));
  let taken = 0;

  await startJax();
  const { fn, inputs: specs } = stepOf(options, members.length);
  const program = await compileRepeated(fn, specs, names, options);

  const beside = arraysBeside(type);
  const schedule = scheduleOf(rule, members, type);

  return {
    backend: program.backend,
    get taken() {
      return taken;
    },
    async steps(inputs, labels) {
      const count = labels[0].length / batch;
      const each: Record<string, Floats> = { labels: beside("labels", labels, count) };
      for (const name of Object.keys(network.inputs)) {
        const own = inputs.map((given) => given[name]);
        each[`inputs.${name}`] = beside(`inputs.${name}`, own, count);
      }
      const { state, outputs } = await program.run(current, { ...each, ...schedule(taken, count) }, count);
      current = state;
      taken += count;
      if (taken % settling.steps < count)
        settle(rule.state.map((name) => current[`state.${name}`] as Floats));
      const loss = outputs.loss as Floats;
      if (members.length === 1) return [loss];
      return members.map((_, m) =>
        floats(type, count).map((__, i) => loss[i * members.length + m]),
      ) as Floats[];
    },
    weights,
    checkpoint: () => ({
      step: taken,
      weights: current.weights.slice() as Floats,
      state: Object.fromEntries(rule.state.map((name) => [name, current[`state.${name}`].slice() as Floats])),
    }),
    restore(checkpoint) {
      requireLengths(checkpoint, rule.state, members.length * size);
      taken = checkpoint.step;
      const state = rule.state.map((name) => [`state.${name}`, checkpoint.state[name].slice()]);
      current = { weights: checkpoint.weights.slice(), ...Object.fromEntries(state) };
    },
    dispose: () => program.dispose(),
  };
}
