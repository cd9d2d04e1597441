/**
 * The batches of the next steps, filled here, or by another thread while steps are taken: where filling takes a good
 * part of the time, and as long as that makes the training faster. They are the same batches.
 */

import { filledHere, type Batch, type BatchSource } from "./stack.ts";
import type { Filler, Pace } from "./train.ts";

/** Another thread, which has the same batches. */
export interface Elsewhere {
  /**
   * Those of the steps `from` to `from + count - 1`, side by side.
   * @param room arrays that nobody reads any more, to be used again: they are gone here
   */
  fill(from: number, count: number, room: Batch | null): Promise<Batch>;
  /** Ends the thread. */
  end(): void;
}

const sum = (a: Pace, b: Pace): Pace => ({
  ms: a.ms + b.ms,
  steps: a.steps + b.steps,
  filling: a.filling + b.filling,
});

/** Milliseconds after which a pace is believed, and before which a thread's is not: its code is yet to be compiled. */
const BELIEVED = 100;
const WARM = 400;
/** That have to be left for a thread to be worth its start. */
const WORTH_A_THREAD = 1000;
/** Share of the time that filling has to take for it: handing batches over costs some of what it saves. */
const SHARE = 0.25;

const each = ({ ms, steps }: Pace): number => ms / steps;
const share = ({ ms, filling }: Pace): number => filling / ms;

/** Whether the thread is to be ended: it has to save a quarter of what filling took, at least. */
const tooSlow = (alone: Pace, beside: Pace): boolean => each(beside) > each(alone) * (1 - share(alone) / 4);

/** Batches asked of the thread. */
interface Asked {
  readonly from: number;
  readonly count: number;
  /** Null where the thread failed. */
  readonly batch: Promise<Batch | null>;
  arrived: boolean;
}

/** The thread at work. */
class Helper {
  readonly #thread: Elsewhere;
  #asked: Asked | null = null;
  /** That was read last: nobody needs it when the next is asked for. */
  #read: Batch | null = null;
  /** Whether it has begun to work, be it too late for those batches: it is waited for then. */
  #running = false;
  failed = false;

  constructor(thread: Elsewhere) {
    this.#thread = thread;
  }

  /** The batches, if they were asked for and the thread has begun to work; null also where it has failed. */
  async take(from: number, count: number): Promise<Batch | null> {
    const asked = this.#asked;
    if (asked === null || asked.from !== from || asked.count !== count) return null;
    if (!asked.arrived && !this.#running) return null;
    this.#asked = null;
    const batch = await asked.batch;
    this.failed = batch === null;
    return batch;
  }

  /** Asks for batches, unless some are under way. */
  ask(from: number, count: number, reading: Batch | null): void {
    if (count === 0 || (this.#asked !== null && !this.#asked.arrived)) return;
    const batch = this.#thread.fill(from, count, this.#read).catch(() => null);
    const asked: Asked = { from, count, batch, arrived: false };
    void batch.then(() => {
      asked.arrived = true;
      this.#running = true;
    });
    [this.#asked, this.#read] = [asked, reading];
  }

  end(): void {
    this.#thread.end();
  }
}

export class FillerBeside implements Filler {
  readonly #source: BatchSource;
  readonly #here: (count: number) => Batch;
  readonly #start: () => Elsewhere;
  #alone: Pace = { ms: 0, steps: 0, filling: 0 };
  #beside: Pace = { ms: 0, steps: 0, filling: 0 };
  /** Milliseconds that the thread has been at work. */
  #warming = 0;
  #helper: Helper | null = null;
  /** No thread, or none any more, or one that has shown what it is worth. */
  #settled = false;
  /** Whether the last batches came from the thread. */
  #given = false;

  /** @param start starts the thread */
  constructor(source: BatchSource, start: () => Elsewhere) {
    this.#source = source;
    this.#here = filledHere(source);
    this.#start = start;
  }

  async fill(count: number, then: number): Promise<Batch> {
    const from = this.#source.trainer.taken;
    const given = this.#helper === null ? null : await this.#helper.take(from, count);
    if (this.#helper?.failed === true) this.end();
    const filled = given ?? this.#here(count);
    this.#given = given !== null;
    this.#helper?.ask(from + count, then, given);
    return filled;
  }

  took(pace: Pace, left: number): void {
    if (this.#settled) return;
    if (this.#helper === null) {
      this.#alone = sum(this.#alone, pace);
      if (this.#alone.ms < BELIEVED) return;
      if (share(this.#alone) < SHARE) this.#settled = true;
      else if (left * each(this.#alone) > WORTH_A_THREAD) this.#helper = new Helper(this.#start());
    } else if (this.#given) {
      const cold = this.#warming < WARM;
      if (cold) this.#warming += pace.ms;
      else this.#beside = sum(this.#beside, pace);
      if (cold || this.#beside.ms < BELIEVED) return;
      this.#settled = true;
      if (tooSlow(this.#alone, this.#beside)) this.end();
    }
  }

  end(): void {
    this.#settled = true;
    this.#helper?.end();
    this.#helper = null;
  }
}
