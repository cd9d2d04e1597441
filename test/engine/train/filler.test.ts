import { describe, expect, it } from "vitest";
import { FillerBeside, type Elsewhere } from "../../../src/engine/train/filler.ts";
import { fillStack, stackOf, type Batch, type Stack } from "../../../src/engine/train/stack.ts";
import type { Pace } from "../../../src/engine/train/train.ts";

const size = 3;
const network = { inputs: { x: [2] } };

/** A batch that tells its step. */
function batchOf(step: number, into: Stack["slots"][number]): Batch {
  into.inputs.x.fill(step);
  into.labels.fill(-step);
  return into;
}

type Behaviour = (fill: () => Batch, calls: number) => Promise<Batch>;

/** A filler with a thread that behaves so, and what is asked of that. */
function withThread(behave: Behaviour) {
  const seen = { started: 0, ended: 0, calls: 0, rooms: 0 };
  const trainer = {
    taken: 0,
    stack: (count: number) => stackOf(network, size, count),
  };
  const elsewhere = (): Elsewhere => {
    seen.started++;
    return {
      fill(from, count, room) {
        seen.calls++;
        if (room !== null) seen.rooms++;
        const fill = (): Batch => {
          const stack = stackOf(network, size, count, "float32", room);
          fillStack(stack, (i, into) => batchOf(from + i, into));
          return { inputs: stack.inputs, labels: stack.labels };
        };
        return behave(fill, seen.calls);
      },
      end: () => void seen.ended++,
    };
  };
  const filler = new FillerBeside({ trainer, batch: batchOf }, elsewhere);
  /** Takes `runs` runs of 4 steps. */
  const take = async (runs: number, pace: Pace, left = 1e6): Promise<void> => {
    for (let i = 0; i < runs; i++) {
      const { inputs, labels } = await filler.fill(4, 4);
      const steps = Array.from({ length: 4 * size }, (_, j) => trainer.taken + Math.floor(j / size));
      expect(Array.from(labels)).toEqual(steps.map((step) => -step));
      expect(Array.from(inputs.x)).toEqual(steps.flatMap((step) => [step, step]));
      filler.took(pace, left);
      trainer.taken += 4;
      await new Promise((resolve) => setImmediate(resolve)); // as a step does
    }
  };
  return { filler, seen, take };
}

/** A run of 4 steps, half of whose time goes into filling; with a thread that saves most of that, or little. */
const alone = { ms: 8, steps: 4, filling: 4 };
const faster = { ms: 5, steps: 4, filling: 1 };
const little = { ms: 7.5, steps: 4, filling: 0 };

const atOnce: Behaviour = (fill) => Promise.resolve().then(fill);

describe("batches filled by another thread are the same, in their order", () => {
  it("from the time on at which it begins to work, in two rooms used in turn", async () => {
    const { filler, seen, take } = withThread(atOnce);
    await take(14, alone);
    expect(seen.started).toBe(1);
    const { calls } = seen;
    await take(60, faster);
    expect([seen.calls, seen.ended]).toEqual([calls + 60, 0]);
    expect(seen.rooms).toBeGreaterThan(50);
    filler.end();
    expect(seen.ended).toBe(1);
    await take(2, alone); // by nobody but itself
    expect([seen.calls, seen.started]).toEqual([calls + 60, 1]);
  });

  it("while it starts, and where it is late", async () => {
    const late: Behaviour = async (fill, calls) => {
      await new Promise((resolve) => setTimeout(resolve, calls === 1 ? 9 : 3));
      return fill();
    };
    const { filler, seen, take } = withThread(late);
    await take(14, alone);
    for (let runs = 0; seen.calls < 3 && runs < 100_000; runs++) await take(1, alone);
    await take(20, faster);
    expect(seen.calls).toBeGreaterThan(5);
    filler.end();
  });

  it("where it fails", async () => {
    const failing: Behaviour = async (fill, calls) => {
      if (calls === 4) throw new Error("out of memory");
      return fill();
    };
    const { seen, take } = withThread(failing);
    await take(60, alone);
    expect([seen.started, seen.calls, seen.ended]).toEqual([1, 4, 1]);
  });
});

describe("a thread", () => {
  it("is given up where steps are no faster with it", async () => {
    const { seen, take } = withThread(atOnce);
    await take(14, alone);
    expect([seen.started, seen.ended]).toEqual([1, 0]);
    await take(80, little);
    expect([seen.started, seen.ended]).toEqual([1, 1]);
  });

  it("is not started for what is soon done, nor where filling takes little of the time", async () => {
    const short = withThread(atOnce);
    await short.take(50, alone, 1);
    expect(short.seen.started).toBe(0);
    const quick = withThread(atOnce);
    await quick.take(50, { ...alone, filling: 1 });
    expect(quick.seen.started).toBe(0);
  });
});
