/** A worker does one job and ends: what it has learned of graphics cards and sessions goes with it. */

import "./jitless.ts";
import type { JobName, Jobs, Order, Report } from "./jobs.ts";

type Run<K extends JobName> = (
  given: Jobs[K]["given"],
  tell: (event: Jobs[K]["told"]) => void,
) => Promise<Jobs[K]["result"]>;

/** Loaded with the job that needs it: a first step waits for nothing else. */
const jobs: { readonly [K in JobName]: () => Promise<Run<K>> } = {
  adversary: async () => (await import("../../src/study/play/signs.ts")).playSigns,
  escape: async () => (await import("./jobs/escape.ts")).escape,
  gram: async () => (await import("./jobs/gram.ts")).gram,
  diagnose: async () => (await import("./jobs/diagnose.ts")).diagnose,
  own: async () => (await import("./jobs/own.ts")).own,
  train: async () => (await import("./jobs/train.ts")).train,
  race: async () => (await import("./jobs/race.ts")).race,
  certificate: async () => (await import("./jobs/certificate.ts")).certificate,
};

const report = (what: Report): void => globalThis.postMessage(what);

async function work<K extends JobName>({ job, given }: Order<K>): Promise<void> {
  const run = await jobs[job]();
  const result = await run(given, (event) => report({ kind: "told", event }));
  report({ kind: "done", result });
}

globalThis.addEventListener("message", ({ data }: MessageEvent<Order>) => {
  work(data).catch((error: unknown) =>
    report({ kind: "failed", message: error instanceof Error ? error.message : String(error) }),
  );
});
