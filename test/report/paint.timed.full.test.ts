/** How soon the report is seen: nothing else is at work meanwhile. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { median } from "../../src/base/statistics.ts";
import { chromiumPath, launch, missing, openPage } from "../lab/served.ts";
import { writeInvented } from "./written.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-paint-"));
let browser: Browser;
beforeAll(async () => {
  await writeInvented(dir);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true });
});

/** Milliseconds from the request to the first content. */
async function paintOf(url: string): Promise<number> {
  const { page } = await openPage(browser);
  await page.goto(url);
  await page.waitForSelector("figure[data-figure=lead] .tip", { state: "attached" });
  const paint = await page.evaluate(
    () => performance.getEntriesByName("first-contentful-paint")[0].startTime,
  );
  await page.close();
  return paint;
}

describe.skipIf(missing(chromiumPath))("the report in Chromium", () => {
  it("is painted within half a second, by the median of seven loads", async () => {
    const url = pathToFileURL(join(dir, "report.html")).href;
    const paints: number[] = [];
    for (let load = 0; load < 7; load++) paints.push(await paintOf(url));
    console.log(`first paint: ${paints.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    expect(median(paints)).toBeGreaterThan(0);
    expect(median(paints)).toBeLessThan(500);
  });
});
