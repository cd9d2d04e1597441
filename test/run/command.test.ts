/** The command of a piece of work says what its options' schemas read, and is read back as the same work. */

import { describe, expect, it } from "vitest";
import { optionFlag } from "../../src/base/options.ts";
import { fields } from "../../src/base/fields.ts";
import { trainSchema } from "../../src/learner/training-options.ts";
import { familyIn } from "../../src/run/catalogue.ts";
import { commandOf } from "../../src/run/command.ts";
import type { TaskOf } from "../../src/run/task.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { plan } from "../../src/study/reproduce.ts";

const training: TaskOf<"train"> = {
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 8, degrees: [1, 3] },
  seed: 2,
  easy: true,
  options: { lr: 0.01, shuffleLabels: true, readoutLayers: 2 },
};

describe("the command of a piece of work", () => {
  it("names family, parameters, options and seed", () => {
    expect(commandOf(training)).toBe(
      "equihard train gnn-degree-parity --n 8 --degrees 1,3 --easy --lr 0.01 --shuffle-labels --readout-layers 2 --seed 2",
    );
    const certificate = {
      kind: "certify",
      family: "frame-parity",
      params: { k: 2 },
      tau: 0.1,
      rho: 0.5,
    } as const;
    expect(commandOf(certificate)).toBe("equihard certify frame-parity --k 2 --tau 0.1 --rho 0.5");
    expect(commandOf({ kind: "recipe", recipe: "play", family: "frame-parity", params: {} })).toBeNull();
  });

  it("of every planned training has only options that train reads", () => {
    const tasks = plan(studies, { scale: "laptop", catalogue: builtIn });
    const trainings = tasks.flatMap((t) => (t.kind === "train" ? [t] : []));
    expect(trainings.length).toBeGreaterThan(500);
    const own = ["--seed", "--easy", ...fields(trainSchema).map((f) => optionFlag(f.name))];
    // a schema's fields take longer to list than all commands of its family to write
    const known = new Map(
      [...new Set(trainings.map((t) => t.family))].map((id) => {
        const listed = fields(familyIn(builtIn, id).schema).map((f) => optionFlag(f.name));
        return [id, new Set([...own, ...listed])];
      }),
    );
    const unknown = trainings.flatMap((task) =>
      (commandOf(task)?.match(/--[a-z-]+/g) ?? []).filter((flag) => !known.get(task.family)?.has(flag)),
    );
    expect([...new Set(unknown)]).toEqual([]);
  });
});
