/** The lab's first room to its end, by keyboard: how soon it learns and how often it draws, alone on the machine. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quantile } from "../../src/base/statistics.ts";
import { chromiumPath, launch, missing, openPage, serveLab, statusOf, tabTo, type Served } from "./served.ts";

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

describe.skipIf(missing(chromiumPath))("the lab in Chromium", () => {
  it("by keyboard: learns the twin in 20 s, the square in 60, the hard one not; draws four times a second", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url);
    await page.evaluate(() => {
      const gaps: number[] = [];
      Object.assign(globalThis, { gaps });
      let last = performance.now();
      const tick = (now: number): void => {
        gaps.push(now - last);
        last = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    await tabTo(page, "button.primary");
    await page.keyboard.press("Enter");
    const begun = performance.now();
    const learned = (run: string) =>
      page.waitForFunction(
        (r) => document.querySelector(`.${r} .status`)?.textContent?.startsWith("learned"),
        run,
      );
    await page.waitForFunction(() => /Computed/.test(document.querySelector(".note")?.textContent ?? ""));
    await learned("easy");
    const twin = (performance.now() - begun) / 1000;
    await learned("square");
    const square = (performance.now() - begun) / 1000;
    expect(await statusOf(page, "hard")).not.toMatch(/^learned/);
    const late = quantile((await page.evaluate("gaps")) as number[], 0.95);
    console.log(
      `twin ${twin.toFixed(1)} s, square ${square.toFixed(1)} s, frames: 95 % within ${late.toFixed(0)} ms`,
    );
    expect(twin).toBeLessThan(20);
    expect(square).toBeLessThan(60);
    expect(late).toBeLessThan(250);
    await page.waitForFunction(() =>
      /Square first learned/.test(document.querySelector(".note")?.textContent ?? ""),
    );
    expect(await statusOf(page, "hard")).toMatch(/^not learned/);
    await expect.poll(() => page.locator("section.card").innerText()).toMatch(/query dimension .* queries/s);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
