/** Plays recorded steps by the clock; where motion is not wanted, shows the last one. */

/** How long a replay takes, in milliseconds. */
const length = 9000;

export interface Replay {
  start(): void;
  stop(): void;
}

/** @param show draws a step */
export function replay(steps: number, show: (step: number) => void): Replay {
  let frame = 0;
  const stop = (): void => cancelAnimationFrame(frame);
  return {
    stop,
    start() {
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) return show(steps);
      const begun = performance.now();
      let drawn = -Infinity;
      const tick = (now: number): void => {
        const step = Math.min(steps, (steps * Math.max(0, now - begun)) / length);
        if (now - drawn > 45 || step >= steps) {
          show(step);
          drawn = now;
        }
        if (step < steps) frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
    },
  };
}
