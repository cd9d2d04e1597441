/** What the training room can be set to. */

import { labFamilies, training } from "../../families.ts";
import { choice, type Fields, type State } from "../../state/fields.ts";
import { command } from "../../view/command.ts";
import type { TrainSpec, RunKind, Device } from "../../work/jobs/train.ts";

const first = "gnn-hidden-plane";
const titles = Object.fromEntries(Object.entries(labFamilies).map(([id, { title }]) => [id, title]));

const family = choice("family", titles, first);
const backend = choice("computed by", { auto: "the faster", wasm: "WebAssembly", webgpu: "WebGPU" }, "wasm");

/** The family that is set, the first for one that there is not: checking its name is for the fields. */
export const familyOf = (given: Readonly<Record<string, unknown>>) =>
  labFamilies[Object.hasOwn(labFamilies, String(given.family)) ? String(given.family) : first];

export const trainFields = (given: Readonly<Record<string, unknown>>): Fields => {
  const { fields, students } = familyOf(given);
  const student = choice("network", students, Object.keys(students)[0]);
  return { family, ...fields, student, ...training, backend };
};

/** One of the three runs of a setting. */
export function specOf(state: State, run: RunKind, device: Device): TrainSpec {
  const { params, sizes } = familyOf(state);
  const [steps, batch, lr, width, seed] = ["steps", "batch", "lr", "width", "seed"].map((name) =>
    Number(state[name]),
  );
  return {
    run,
    device,
    family: String(state.family),
    params: params(state),
    seed,
    options: { student: String(state.student), ...sizes, width, steps, batch, lr },
  };
}

/** The same run on the command line, by the engine that gives a page's numbers everywhere. */
export function commandOf({ family: id, params, seed, options, run }: TrainSpec): string {
  const words = run === "square" ? ["learn", id, "--learner label-transform"] : ["train", id];
  const line = command(words, { ...params, ...options, seed: seed === 0 ? undefined : seed, engine: "wasm" });
  return run === "easy" ? `${line} --easy` : line;
}
