/** An optimiser's update alone, compiled: for gradients that come from elsewhere than a batch. */

import { floats, type Floats } from "./flat.ts";
import { optimiser, type OptimiserName } from "./optimiser.ts";
import { compile } from "../run/program.ts";

export interface Update {
  /** New weights after one further step along the gradient; the optimiser's buffers are kept here. */
  step(weights: Floats, gradient: Floats, lr: number): Promise<Floats>;
  dispose(): Promise<void>;
}

/** @param size number of weights */
export async function createUpdate(
  name: OptimiserName,
  size: number,
  type: "float32" | "float64" = "float32",
): Promise<Update> {
  const rule = optimiser(name);
  const schedule = Array.from({ length: rule.scheduled }, (_, i) => `schedule.${i}`);
  const program = await compile(
    (args) => {
      const next = rule.update(
        args["weights"],
        args["gradient"],
        rule.state.map((s) => args[s]),
        schedule.map((s) => args[s]),
      );
      return {
        weights_next: next.weights,
        ...Object.fromEntries(rule.state.map((s, i) => [`${s}_next`, next.state[i]])),
      };
    },
    Object.fromEntries([
      ...["weights", "gradient", ...rule.state].map((s) => [s, { shape: [size], type }]),
      ...schedule.map((s) => [s, { shape: [], type }]),
    ]),
  );
  let state = Object.fromEntries(rule.state.map((s) => [s, floats(type, size)]));
  let taken = 0;
  return {
    async step(weights, gradient, lr) {
      const values = rule.schedule(++taken, lr).map((x) => floats(type, 1).fill(x));
      const scheduled = Object.fromEntries(schedule.map((s, i) => [s, values[i]]));
      const next = await program.run({ weights, gradient, ...state, ...scheduled });
      state = Object.fromEntries(rule.state.map((s) => [s, next[`${s}_next`] as Floats]));
      return next["weights_next"] as Floats;
    },
    dispose: () => program.dispose(),
  };
}
