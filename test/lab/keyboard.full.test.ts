/** The lab by keyboard alone, room by room; and what back, forward, reload and a shared link bring back of each. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, fragment, launch, missing, openPage, serveLab, tabTo, type Served } from "./served.ts";

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

const says = (page: Page, pattern: RegExp): Promise<unknown> =>
  page.waitForFunction(
    ([source]) => new RegExp(source).test(document.querySelector(".note")?.textContent ?? ""),
    [pattern.source],
  );

/**
 * Chooses a file as a keyboard does: Enter on the field opens the system's own dialogue. It is waited for before Tab is
 * pressed: a browser that is told of the wait only with the Enter opens a dialogue that nobody sees, and no second one.
 */
async function choose(page: Page, field: string, name: string, text: string): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await tabTo(page, field);
  await page.keyboard.press("Enter");
  await (await asked).setFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
}

describe.skipIf(missing(chromiumPath))("by keyboard alone", () => {
  it("train: a setting is typed, a run started and stopped, and started again to its end", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("train", { steps: 100, d: 16, k: "2" }));
    await tabTo(page, "#set-d");
    await page.keyboard.type("8");
    await page.keyboard.press("Enter");
    await says(page, /Press play/);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await tabTo(page, "button.primary");
    await page.keyboard.press("Enter");
    await says(page, /Computed here|Square first/);
    if ((await page.locator("button.primary").innerText()).includes("Stop")) {
      await page.keyboard.press("Enter");
      await says(page, /Stopped|Square first/);
    }
    await page.keyboard.press("Enter");
    await says(page, /Easy twin .* Square first/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("escape: another size is typed, and elimination finds the hidden set from its examples", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("escape"));
    await tabTo(page, "#set-size");
    await page.keyboard.type("10");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() =>
      /Found: degrees \(/.test(document.querySelector(".found")?.textContent ?? ""),
    );
    await says(page, /From 20 examples, \d independent equations, it explains (9\d|100) %/);
    await tabTo(page, "button.primary");
    await page.keyboard.press("Enter");
    await says(page, /From 20 examples/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("own: a class is certified, then labelled data diagnosed", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("own", { example: "none" }));
    const row = (bit: number): string =>
      Array.from({ length: 64 }, (_, i) => 1 - 2 * ((i >> bit) & 1)).join(",");
    await choose(page, "#own-file", "own.csv", [row(0), row(1)].join("\n"));
    await says(page, /own\.csv: 2 functions on 64 samples/);
    await tabTo(page, "#set-as");
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector("#set-group");
    await page.waitForFunction(() => document.activeElement?.id === "set-as"); // the room is there anew
    const data = Array.from({ length: 64 }, (_, i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1, i & 1].join(","));
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await choose(page, "#own-file", "data.csv", data.join("\n"));
    await says(page, /data\.csv: 64 examples; 3 numbers each/);
    expect(await page.locator(".panel h2").first().innerText()).toBe("Visible to gradient descent.");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("results: the example is opened, taken along as a link and as commands, and closed", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("results", { of: "own" }));
    await tabTo(page, "#example");
    await page.keyboard.press("Enter");
    await says(page, /^orders\.json: 54 rows; explained by d\./);
    const curves = (await page.locator("tbody tr").allInnerTexts()).map((row) => row.split("\t").map(Number));
    const at = (k: number, d: number): number =>
      curves.find((row) => row[0] === k && row[1] === d)?.[2] ?? NaN;
    expect(at(2, 128)).toBeGreaterThan(0.9);
    expect([4, 6].map((k) => at(k, 128) < 0.1)).toEqual([true, true]);
    await page.getByRole("button", { name: "Copy command line" }).click();
    const commands = await page.getByLabel("What was copied").inputValue();
    expect(commands).toMatch(/^echo '\{"family".*\nequihard sweep .*\nequihard query .*\nequihard lab /);
    const shared = await openPage(browser);
    await shared.page.goto(page.url());
    await says(shared.page, /^orders\.json: 54 rows; explained by d\./);
    await shared.page.close();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await tabTo(page, "#example");
    await page.keyboard.press("Enter");
    await says(page, /^A CSV of a report/);
    expect([...complaints, ...shared.complaints]).toEqual([]);
    await page.close();
  });

  it("results: a file is chosen, a curve a column asked for, and its numbers read", async () => {
    const { page, complaints } = await openPage(browser, { viewport: { width: 700, height: 900 } });
    await page.goto(served.url + fragment("results"));
    const rows = ["n,k,accuracy", "4,2,0.9", "4,2,0.8", "8,2,0.7", "4,4,0.6", "8,4,0.5"];
    await choose(page, "#result-file", "runs.csv", rows.join("\n"));
    await says(page, /runs\.csv: 5 rows; accuracy by n/);
    await tabTo(page, "#set-by");
    await page.evaluate(() => document.querySelector(".chart")!.setAttribute("data-before", ""));
    await page.keyboard.type("k");
    await page.keyboard.press("Enter");
    // the room is mounted anew, and takes the keyboard's place with it
    await page.waitForSelector(".chart:not([data-before]) svg");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await tabTo(page, "summary");
    await page.keyboard.press("Enter");
    await page.waitForSelector("tbody tr");
    expect(await page.locator("tbody tr").allInnerTexts()).toEqual([
      "2\t4\t0.8500\t0.8000\t0.9000",
      "2\t8\t0.7000\t0.7000\t0.7000",
      "4\t4\t0.6000\t0.6000\t0.6000",
      "4\t8\t0.5000\t0.5000\t0.5000",
    ]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    ["train", "#set-d", "64", "32"],
    ["transition", "#set-most", "128", "64"],
    ["adversary", "#set-tau", "0.3", "ArrowDown"],
    ["gram", "#set-count", "24", "8"],
    ["escape", "#set-size", "30", "12"],
    ["own", "#set-axis", "rows", "ArrowDown"],
    ["results", "#set-filter", "", "k=2"],
  ])(
    "room %s: back, forward, reload and a shared link bring its settings back",
    async (room, field, before, key) => {
      const { page, complaints } = await openPage(browser);
      await page.goto(served.url + fragment(room));
      await tabTo(page, field);
      if (key.startsWith("Arrow")) await page.keyboard.press(key);
      else {
        await page.keyboard.type(key);
        await page.keyboard.press("Enter");
      }
      const after = { ArrowDown: room === "own" ? "columns" : "0.4" }[key] ?? key;
      const shows = (where: Page, value: string): Promise<void> =>
        expect.poll(() => where.locator(field).inputValue()).toBe(value);
      await expect.poll(() => page.url()).not.toBe(served.url + fragment(room));
      await shows(page, after);
      await page.goBack();
      await shows(page, before);
      await page.goForward();
      await shows(page, after);
      await page.reload();
      await shows(page, after);
      const shared = await openPage(browser);
      await shared.page.goto(page.url());
      await shows(shared.page, after);
      expect([...complaints, ...shared.complaints]).toEqual([]);
      await shared.page.close();
      await page.close();
    },
  );
});
