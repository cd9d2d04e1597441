/** The runs of a setting, live: a worker each, and the traces that they have left up to now. */

import { start, type Work } from "../../work/client.ts";
import type { Device, RunKind, TrainEnd, TrainEvent } from "../../work/jobs/train.ts";
import type { Race } from "../../work/jobs/race.ts";
import type { State } from "../../state/fields.ts";
import { specOf } from "./fields.ts";
import { emptyTrace, withEvent, type Trace } from "./trace.ts";

export interface Runs {
  readonly traces: ReadonlyMap<RunKind, Trace>;
  /** Whether anything is still computed. */
  readonly live: boolean;
  stop(): void;
}

export interface Told {
  /** After every event of a run. */
  changed(): void;
  /** Which device computes, and how the race went where there was one. */
  chosen(device: Device, race: Race | null): void;
  ended(run: RunKind, end: TrainEnd): void;
  failed(message: string): void;
}

/** Starts the runs; `auto` has the devices race first. */
export function startRuns(state: State, kinds: readonly RunKind[], told: Told): Runs {
  const steps = Number(state.steps);
  const traces = new Map(kinds.map((run) => [run, emptyTrace(run, steps)]));
  const works: Work<unknown>[] = [];
  let open = kinds.length;
  const begin = (run: RunKind, device: Device): void => {
    const work = start("train", specOf(state, run, device), (event: TrainEvent) => {
      traces.set(run, withEvent(traces.get(run) ?? emptyTrace(run, steps), event));
      told.changed();
    });
    works.push(work);
    const close = (): void => void open--;
    work.result.then(
      (end) => (close(), told.ended(run, end)),
      (error: Error) => (close(), told.failed(error.message)),
    );
  };
  const choose = async (): Promise<Device> => {
    if (state.backend !== "auto") {
      told.chosen(state.backend as Device, null);
      return state.backend as Device;
    }
    const work = start("race", specOf(state, "hard", "wasm"));
    works.push(work);
    const race = await work.result;
    const device = race.webgpu !== null && race.webgpu > race.wasm ? "webgpu" : "wasm";
    told.chosen(device, race);
    return device;
  };
  choose().then(
    (device) => kinds.forEach((run) => begin(run, device)),
    (error: Error) => ((open = 0), told.failed(error.message)),
  );
  return {
    traces,
    get live() {
      return open > 0;
    },
    stop() {
      open = 0;
      for (const work of works) work.stop();
    },
  };
}
