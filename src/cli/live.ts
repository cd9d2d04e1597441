/** The live view of many tasks: how far all are and each under way, how fast, and what failed, as it happens. */

import type { TaskEvent } from "../run/executor/local.ts";
import type { Task } from "../run/task.ts";
import { progress, type OutputOptions, type ProgressEvent } from "./io.ts";

/** Milliseconds between two reports of one task that is under way. */
const OFTEN = 500;

/** Where a run stands. */
export interface Tally {
  readonly total: number;
  /** Ended in whichever way, those that were there before among them. */
  readonly ended: number;
  readonly failed: number;
  /** Tasks done a second since the run began; null before the first. */
  readonly rate: number | null;
  /** Seconds left at that pace, what is under way counted by its share; null as long as nothing is known. */
  readonly left: number | null;
  readonly running: readonly { readonly task: Task; readonly share: number }[];
}

/** Keeps count of a run's events. @param now milliseconds of a clock that does not jump */
export function tallyOf(total: number, now: () => number) {
  const start = now();
  const running = new Map<Task, number>();
  const counts = { done: 0, failed: 0, other: 0 };
  return {
    take({ task, state, share = 0 }: TaskEvent): void {
      if (state === "started" || state === "running") running.set(task, share);
      else {
        running.delete(task);
        if (state === "done" || state === "failed") counts[state]++;
        else counts.other++;
      }
    },
    tally(): Tally {
      const { done, failed, other } = counts;
      const seconds = (now() - start) / 1000;
      const under = [...running].map(([task, share]) => ({ task, share }));
      const worked = done + failed + under.reduce((sum, { share }) => sum + share, 0);
      const open = total - other - worked;
      return {
        total,
        ended: done + failed + other,
        failed,
        rate: done > 0 && seconds > 0 ? done / seconds : null,
        left: worked > 0.02 * (total - other) || done > 0 ? (seconds / worked) * open : null,
        running: under,
      };
    },
  };
}

/** Shows events of tasks as they come. */
export async function liveView(flags: OutputOptions, total: number) {
  const { taskId, taskLabel } = await import("../run/task.ts");
  const bar = progress(flags);
  const count = tallyOf(total, () => performance.now());
  let last = -Infinity;
  return {
    /** @param word what a person is told of the state */
    tell(event: TaskEvent, word: string = event.state): void {
      const { task, state, share, seconds, message } = event;
      count.take(event);
      if (state === "running" && performance.now() - last < OFTEN) return;
      last = performance.now();
      const tally = count.tally();
      bar.report({
        ...headline(tally, `${word}: ${taskLabel(task)}${message === undefined ? "" : `: ${message}`}`),
        under: tally.running
          .filter((each) => each.share < 1) // what is done waits to be published with others
          .map((each) => `  ${percent(each.share)} ${taskLabel(each.task)}`),
        stays: state === "failed",
        data: { state, id: taskId(task), share, seconds, message, ...numbersOf(tally) },
      });
    },
    end: () => bar.end(),
  };
}

const percent = (share: number): string => `${String(Math.floor(100 * share)).padStart(3)}%`;

function headline(tally: Tally, text: string): Pick<ProgressEvent, "text" | "fraction" | "left"> {
  const { ended, total, failed, rate, left } = tally;
  const parts = [
    `${ended}/${total}`,
    ...(failed > 0 ? [`(${failed} failed)`] : []),
    ...(rate === null ? [] : [`${rateText(rate)},`]),
    text,
  ];
  return { text: parts.join(" "), fraction: ended / total, left };
}

/** Tasks a second; where that is less than one, a minute or an hour. */
function rateText(rate: number): string {
  const units = [
    ["s", 1],
    ["min", 60],
    ["h", 3600],
  ] as const;
  const [unit, seconds] = units.find(([, length]) => rate * length >= 1) ?? units[2];
  const each = rate * seconds;
  return `${each >= 10 ? each.toFixed(0) : each.toFixed(1)}/${unit}`;
}

const numbersOf = ({ total, ended, failed, rate, left, running }: Tally) => ({
  total,
  ended,
  failed,
  running: running.length,
  rate,
  left,
});
