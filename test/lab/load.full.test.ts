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
}, 240_000);
afterAll(async () => {
  await browser?.close();
  served?.end();
});

/** Trains longer than any test waits. */
async function training(): Promise<Page> {
  const { page } = await openPage(browser);
  await page.goto(served.url + fragment("train", { steps: 20_000 }));
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
      const sizes: number[] = [];
      for (let i = 0; i < 12 * minutes; i++) {
        await page.waitForTimeout(5000);
        sizes.push(await resident());
      }
      const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
      const third = Math.floor(sizes.length / 3);
      const [middle, last] = [mean(sizes.slice(third, 2 * third)), mean(sizes.slice(2 * third))];
      console.error(
        `longest task ${longest.toFixed(1)} ms; memory ${sizes.map((s) => s.toFixed(0)).join(" ")} MiB`,
      );
      expect(longest).toBeGreaterThan(0);
      expect(longest).toBeLessThan(50);
      expect(last - middle).toBeLessThan(0.2 * middle);
      await page.close();
    },
    60_000 * minutes + 180_000,
  );
});
