/** A training that is taken up again, wherever it was interrupted, gives the numbers of one that was not. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawInstance } from "../../src/family/draw.ts";
import { familyById } from "../../src/family/registry.ts";
import type { TrainingState } from "../../src/learner/checkpoint.ts";
import { trainByGradient, type TrainJob } from "../../src/learner/gradient-descent.ts";
import {
  dropCheckpoint,
  keepCheckpoint,
  lastCheckpoint,
  stepsKept,
} from "../../src/run/folder/checkpoints.ts";

const family = familyById("gnn-degree-parity");
const instance = drawInstance(family, family.parse({ n: 6 }), 3);
const job = (options: TrainJob["options"]): TrainJob => ({
  family,
  instance,
  easy: true,
  seed: 3,
  options: { steps: 130, batch: 16, width: 8, testSamples: 200, ...options },
});

/** Attempts that are each interrupted at the first chance, until one comes to the end. */
async function inPieces(of: TrainJob) {
  let last: TrainingState | null = null;
  const steps: number[] = [];
  for (;;) {
    const end = new AbortController();
    const { result } = await trainByGradient({
      ...of,
      signal: end.signal,
      checkpoints: {
        last,
        keep(state, ending) {
          const at = state().checkpoint.step;
          if (ending) ({ last } = { last: state() });
          else if (at > (steps.at(-1) ?? -1)) end.abort();
          if (ending) steps.push(at);
        },
      },
    });
    if (result.stopped !== "interrupted") return { result, steps };
  }
}

describe("a training in pieces", () => {
  it.each([
    ["Adam", {}],
    ["gradient descent on a fixed set", { optimizer: "sgd", samples: 64 }],
    ["one that stops by its score", { stopAt: 0.05, steps: 400 }],
  ] as const)("by %s is the whole, bit for bit", async (_, options) => {
    const { result } = await trainByGradient(job(options));
    const pieces = await inPieces(job(options));
    expect(pieces.result).toEqual(result);
    expect(pieces.steps.length).toBeGreaterThan("stopAt" in options ? 0 : 2);
    expect(pieces.steps).toEqual([...pieces.steps].sort((a, b) => a - b));
  });
});

describe("a checkpoint in a run folder", () => {
  const dir = mkdtempSync(join(tmpdir(), "equihard-checkpoint-"));
  afterAll(() => rmSync(dir, { recursive: true }));
  const state: TrainingState = {
    checkpoint: { step: 7, weights: Float32Array.of(1, 2.5), state: { m: Float32Array.of(0, -1) } },
    curve: [{ step: 0, point: { step: 0, loss: 1, accuracy: null } }],
  };

  it("is read as it was written, counted by its steps, and gone when the training is finished", () => {
    expect([lastCheckpoint(dir, "a"), stepsKept(dir)]).toEqual([null, 0]);
    keepCheckpoint(dir, "a", state);
    keepCheckpoint(dir, "b", { ...state, checkpoint: { ...state.checkpoint, step: 5 } });
    expect([lastCheckpoint(dir, "a"), stepsKept(dir)]).toEqual([state, 12]);
    dropCheckpoint(dir, "b");
    expect(stepsKept(dir)).toBe(7);
  });

  it("that is damaged, another's or of another numerics version is none: the training begins anew", () => {
    const path = join(dir, "checkpoints", "a");
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 5) {
      const changed = Buffer.from(whole);
      changed[at] ^= 1;
      writeFileSync(path, changed);
      const found = lastCheckpoint(dir, "a");
      if (found !== null) expect(found).toEqual(state); // a digit of the step in the head, which only counts
    }
    writeFileSync(path, whole.subarray(0, -3));
    expect(lastCheckpoint(dir, "a")).toBeNull();
    writeFileSync(path, whole.toString("latin1").replace(/"numerics":\d+/, '"numerics":1'), "latin1");
    expect(lastCheckpoint(dir, "a")).toBeNull();
    writeFileSync(join(dir, "checkpoints", "c"), whole);
    expect(lastCheckpoint(dir, "c")).toBeNull();
  });
});
