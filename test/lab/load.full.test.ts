/**
 * What the page costs while it trains: the time of its main thread's tasks and the memory of its process, workers
 * included. Times are the thread's own, as the browser's trace has them, so that other work on the machine does not count.
 */

import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, fragment, launch, missing, openPage, serveLab, type Served } from "./served.ts";

let served: Served;
let browser: Browser;
beforeAll(async () => {
  served = await serveLab();
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  served?.end();
});

/** Trains longer than any test waits. */
async function training(): Promise<Page> {
  const { page } = await openPage(browser);
  await page.goto(served.url + fragment("train", { steps: 20_000, width: 512, batch: 1024 }));
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() =>
    / of y² *$|explains/.test(document.querySelector(".hard .status")?.textContent ?? ""),
  );
  return page;
}

interface Traced {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the thread's own. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The longest tasks of the page's main thread meanwhile, in milliseconds of its own. */
async function longestTasks(page: Page, meanwhile: () => Promise<unknown>): Promise<number[]> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await meanwhile();
  await page.evaluate(() => undefined); // a later task of the thread: what went before has ended, and is recorded
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Traced[] };
  const mains = traceEvents.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain");
  const own = traceEvents.filter(
    (e) => e.ph === "X" && mains.some((m) => m.pid === e.pid && m.tid === e.tid),
  );
  return own.map((e) => (e.tdur ?? 0) / 1000).sort((a, b) => b - a);
}

/** Mebibytes of the processes that run pages. */
async function resident(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as {
    processInfo: { type: string; id: number }[];
  };
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]) / 1024)
    .reduce((a, b) => a + b, 0);
}

/** Collects the garbage of the page and of its workers. Those answer only where they let their event loop turn. */
async function collector(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const workers: string[] = [];
  const waiting = new Map<number, () => void>();
  session.on("Target.attachedToTarget", ({ sessionId }) => void workers.push(sessionId));
  session.on("Target.receivedMessageFromTarget", ({ message }) =>
    waiting.get((JSON.parse(message) as { id: number }).id)?.(),
  );
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  expect(workers).toHaveLength(3);
  let id = 0;
  const collect = (sessionId: string): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(++id, resolve);
      const message = JSON.stringify({ id, method: "HeapProfiler.collectGarbage" });
      void session.send("Target.sendMessageToTarget", { sessionId, message });
    });
  return async () => {
    await session.send("HeapProfiler.collectGarbage");
    await Promise.all(workers.map(collect));
  };
}

/** Memory without garbage every ten seconds, in mebibytes. */
async function watched(page: Page, minutes: number): Promise<number[]> {
  const collect = await collector(page);
  const sizes: number[] = [];
  for (let i = 0; i <= 6 * minutes; i++) {
    await page.waitForTimeout(10_000);
    await collect();
    sizes.push(await resident());
  }
  return sizes;
}

/** Mebibytes a minute, by least squares. */
function slopeOf(sizes: readonly number[]): number {
  const middle = (sizes.length - 1) / 2;
  const spread = sizes.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return (6 * sizes.reduce((sum, size, i) => sum + size * (i - middle), 0)) / spread;
}

/**
 * Mebibytes a minute that are no growth. Chosen: over eight minutes 0.3 a minute were seen, sizes scattering by 4 MiB, which
 * moves the slope of two minutes by about 2.
 */
const level = 4;

/** Minutes that memory is watched for: `LAB_MINUTES=10` by hand. */
const minutes = Number(process.env["LAB_MINUTES"] ?? 2);

describe.skipIf(missing(chromiumPath))("while it trains", () => {
  it(
    "no task of the page's thread takes 50 ms, and memory does not grow",
    async () => {
      const page = await training();
      const [longest] = await longestTasks(page, () => page.waitForTimeout(10_000));
      const blocked = await longestTasks(page, () =>
        page.evaluate(() => {
          let sum = 0;
          for (let i = 0; i < 3e8; i++) sum += Math.sqrt(i);
          return sum;
        }),
      );
      expect(blocked[0]).toBeGreaterThan(50); // the negative control: a task that blocks is seen
      const sizes = await watched(page, minutes);
      const slope = slopeOf(sizes.slice(Math.min(3, sizes.length - 6)));
      console.error(
        `longest task ${longest.toFixed(1)} ms; memory ${sizes.map((s) => s.toFixed(0)).join(" ")} MiB, ` +
          `${slope.toFixed(1)} MiB a minute`,
      );
      await page.evaluate(() => {
        const kept: Uint8Array[] = [];
        Object.assign(globalThis, { kept });
        setInterval(() => kept.push(new Uint8Array(2 ** 18).fill(1)), 500);
      });
      expect(slopeOf(await watched(page, 0.5))).toBeGreaterThan(level); // 30 MiB a minute are seen
      expect(longest).toBeGreaterThan(0);
      expect(longest).toBeLessThan(50);
      expect(slope).toBeLessThan(level);
      await page.close();
    },
    // on a busy machine the workers take as long again, and longer, until they collect their garbage
    180_000 * minutes + 600_000,
  );
});
