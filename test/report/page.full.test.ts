/** The report in headless Chromium: one offline file, by pointer and keyboard, at every width, without script. */

import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launch, missing, openPage } from "../lab/served.ts";
import { writeInvented } from "./written.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-page-"));
const file = join(dir, "report.html");
const url = pathToFileURL(file).href;
/** The page of the kept run. */
const besides = url.replace("report.html", "laptop.html");

let browser: Browser;
beforeAll(async () => {
  await writeInvented(dir);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true });
});

/** Opens all that is folded, and goes from figure to figure until each is drawn: a busy machine may take its time. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const figure of document.querySelectorAll("figure[data-figure]")) {
      figure.scrollIntoView();
      while (figure.querySelector(".tip") === null) await new Promise(requestAnimationFrame);
    }
    scrollTo(0, 0);
  });
}

const open = async (options: Parameters<Browser["newPage"]>[0] = {}, hash = "") => {
  const opened = await openPage(browser, options);
  await opened.page.goto(url + hash);
  return opened;
};

/** Tables and drawings that are cut off: wider than the page, and in no frame that moves. */
const clipped = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll("table, svg, select, p")]
      .filter((e) => e.getBoundingClientRect().right > width + 1 && e.closest(".scroll, .formula") === null)
      .map((e) => `${e.tagName} in ${e.closest("[id]")?.id ?? ""}`);
  });

/** Words smaller than 11 pixels as they stand on the screen, outside of what `except` selects. */
const tiny = (page: Page, except = "script, noscript"): Promise<string[]> =>
  page.evaluate((passed) => {
    const found = new Set<string>();
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || node.textContent?.trim() === "" || parent.closest(passed)) continue;
      const svg = parent.closest("svg");
      const scale = svg === null ? 1 : svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
      if (size > 0 && size < 10.9) found.add(`${size.toFixed(1)} in ${parent.closest("[id]")?.id ?? ""}`);
    }
    return [...found];
  }, except);

/** Marks of charts with less than 3:1 against the page, and how many were looked at. */
const pale = (page: Page): Promise<{ found: string[]; looked: number }> =>
  page.evaluate(() => {
    const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    const luminance = (colour: string): number => {
      const [r, g, b] = channels(colour).map((c) => {
        const share = c / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = luminance(getComputedStyle(document.body).backgroundColor);
    const found = new Set<string>();
    const marks = [...document.querySelectorAll("figure svg [data-row]")].filter((m) => m.tagName !== "rect");
    for (const mark of marks) {
      const { fill, stroke } = getComputedStyle(mark);
      const inks = [fill, stroke].filter((ink) => ink !== "none" && !ink.startsWith("rgba(0, 0, 0, 0"));
      const contrast = Math.max(
        ...inks.map(luminance).map((l) => (Math.max(l, ground) + 0.05) / (Math.min(l, ground) + 0.05)),
      );
      if (contrast < 3) found.add(`${contrast.toFixed(2)} in ${mark.closest("[id]")?.id ?? ""}`);
    }
    return { found: [...found], looked: marks.length };
  });

describe.skipIf(missing(chromiumPath))("the report in Chromium", () => {
  it("is one offline file below 600 kB, without a complaint", async () => {
    expect(statSync(file).size).toBeLessThan(600_000);
    const { page, complaints } = await openPage(browser);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(url);
    await unfold(page);
    expect(asked).toEqual([url]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("has the kept run beside it, below 600 kB, too: every figure tells its values by keyboard, on both pages", async () => {
    expect(statSync(join(dir, "laptop.html")).size).toBeLessThan(600_000);
    for (const at of [url, besides]) {
      const { page, complaints } = await openPage(browser, { colorScheme: "dark" });
      await page.goto(at);
      await unfold(page);
      const told = await page.evaluate(() =>
        [...document.querySelectorAll("figure[data-figure]")].map((figure) => {
          const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
          figure.querySelector(".frame")?.dispatchEvent(key);
          const marks = figure.querySelectorAll(".frame [data-row]").length;
          return { id: figure.id, marks, says: figure.querySelector(".tip")?.textContent ?? "" };
        }),
      );
      expect(told.length).toBeGreaterThan(15);
      const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
      expect(told.filter(({ marks, says }) => marks === 0 || says === "")).toEqual([]);
      await page.evaluate(axe.source);
      expect(await page.evaluate(`axe.run().then((r) => r.violations.map((v) => v.id))`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
      expect(complaints).toEqual([]);
      await page.close();
    }
  });

  it("draws its charts for the sheet when it is printed, and for the screen afterwards", async () => {
    const { page } = await openPage(browser);
    await page.goto(besides);
    const widths = (): Promise<number[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll("figure[data-figure] .frame > svg")].map((svg) =>
          Number(svg.getAttribute("width")),
        ),
      );
    await page.waitForSelector("figure[data-figure] .tip", { state: "attached" });
    expect((await widths()).length).toBeLessThan(10);
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const printed = await widths();
    expect(printed.length).toBeGreaterThan(10);
    expect(new Set(printed)).toEqual(new Set([700]));
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    for (const width of await widths()) expect(width).toBeGreaterThan(700);
    await page.close();
  });

  it("shows the eight results with their verdicts on the first screen, and leads to each card", async () => {
    const { page } = await open();
    const rows = page.locator("table.board tbody tr");
    expect(await rows.count()).toBe(8);
    const last = await rows.last().boundingBox();
    expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThan(900);
    for (const link of await page.locator("table.board a").all()) {
      const target = await link.getAttribute("href");
      expect(await page.locator(target ?? "none").count(), target ?? "").toBe(1);
    }
    await page.close();
  });

  it.each([
    [360, "dark"],
    [768, "light"],
    [1100, "dark"],
    [1440, "light"],
  ] as const)(
    "at %i pixels, %s: nothing is cut off, no word tiny, no violation of accessibility",
    async (width, colorScheme) => {
      const { page, complaints } = await open({ viewport: { width, height: 900 }, colorScheme });
      await unfold(page);
      // as long as a commit's name, which a report drawn from a checkout has
      await page.evaluate(() => document.querySelector("#provenance li")?.append(` ${"0".repeat(60)}`));
      expect(await clipped(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await tiny(page)).toEqual([]);
      const { found: dim, looked } = await pale(page);
      expect(dim).toEqual([]);
      expect(looked).toBeGreaterThan(50);
      await page.evaluate(axe.source);
      const found = (await page.evaluate(
        `axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")))`,
      )) as string[];
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it("by keyboard: marks tell their values, Enter the record and its command, the link its line", async () => {
    const { page } = await open({}, "#row-features");
    const frame = page.locator("#evidence-features .frame");
    await page.waitForSelector("#evidence-features .tip", { state: "attached" });
    await frame.focus();
    await page.keyboard.press("ArrowRight");
    const tip = page.locator("#evidence-features .tip");
    const first = await tip.innerText();
    expect(first).toMatch(/target\s+(hard target|easy twin|way round)/);
    expect(first).toMatch(/value\s+-?\d/);
    await page.keyboard.press("ArrowRight");
    expect(await tip.innerText()).not.toBe(first);
    await page.keyboard.press("Enter");
    expect(await tip.locator("code").innerText()).toMatch(/^equihard (train|learn) gnn-hidden-plane --/);
    await tip.getByRole("link").press("Enter");
    const line = page.locator("tr.found");
    await expect.poll(() => line.isVisible()).toBe(true);
    expect(await line.innerText()).toContain("gnn-hidden-plane");
    await page.close();
  });

  it("by pointer: every mark tells; filters leave fewer; the table twin has every row and is sorted", async () => {
    const { page } = await open({}, "#accuracy-against-n");
    const figure = page.locator("#accuracy-against-n");
    await page.waitForSelector("#accuracy-against-n .tip", { state: "attached" });
    const marks = figure.locator("[data-row]");
    const all = await marks.count();
    expect(all).toBeGreaterThan(20);
    await marks.nth(3).scrollIntoViewIfNeeded();
    await marks.nth(3).hover({ force: true });
    expect(await figure.locator(".tip").innerText()).toMatch(/accuracy\s+[01]/);
    await figure.locator("select").first().selectOption({ index: 1 });
    expect(await marks.count()).toBeLessThan(all);
    await figure.getByText("Numbers as a table").click();
    const cells = figure.locator("tbody tr td:first-child");
    expect(await cells.count()).toBeGreaterThanOrEqual(all / 2);
    const head = figure.getByRole("button", { name: "accuracy", exact: true });
    expect(await head.evaluate((button) => getComputedStyle(button).textDecorationStyle)).toBe("dotted");
    await head.click();
    expect(await figure.locator("th[aria-sort=ascending]").innerText()).toBe("accuracy");
    await page.close();
  });

  it("contents open what they name", async () => {
    const { page } = await open();
    await page.getByText("Contents", { exact: true }).click();
    await page.getByRole("link", { name: "Glossary" }).click();
    await expect.poll(() => page.getByText("Correlational query:").isVisible()).toBe(true);
    await page.close();
  });

  it("without script: every figure is drawn or a file beside, and says where its numbers are", async () => {
    const { page } = await open({ javaScriptEnabled: false });
    const figures = page.locator("figure[data-figure]");
    expect(await figures.count()).toBeGreaterThan(10);
    for (const figure of await figures.all())
      if ((await figure.locator("svg").count()) === 0)
        expect(
          await figure.locator("img").evaluate((img) => (img as HTMLImageElement).naturalWidth),
        ).toBeGreaterThan(100);
    expect(await page.locator("figure[data-figure] svg").count()).toBeGreaterThan(10);
    expect(await page.getByText("see records.jsonl").count()).toBe(1);
    await page.close();
  });

  it("that a mark is pale, a word tiny or a table cut off would be seen", async () => {
    const { page } = await open({ viewport: { width: 360, height: 900 } });
    await unfold(page);
    await page.evaluate(() => {
      const svg =
        '<svg width="9" height="9" viewBox="0 0 9 9"><circle data-row="0" r="3" fill="#cccccc"/></svg>';
      const table = `<table><tr><td>${"word".repeat(99)}</td></tr></table>`;
      document
        .querySelector("main")
        ?.insertAdjacentHTML(
          "beforeend",
          `<figure id="wrong">${svg}${table}<p style="font-size:9px">word</p></figure>`,
        );
    });
    expect((await pale(page)).found).toEqual([expect.stringContaining("in wrong")]);
    expect(await tiny(page)).toEqual(["9.0 in wrong"]);
    expect(await clipped(page)).toContain("TABLE in wrong");
    await page.close();
  });

  it("leads from every card to its place in the theory, wherever the report lies", async () => {
    const { page } = await open();
    const links = page.locator('a[href^="theory.html#"]');
    expect(await links.count()).toBeGreaterThanOrEqual(8);
    const targets = await links.evaluateAll((all) => [
      ...new Set(all.map((a) => (a as HTMLAnchorElement).href)),
    ]);
    for (const target of targets) {
      await page.goto(target);
      expect(await page.locator(`[id="${decodeURIComponent(new URL(target).hash.slice(1))}"]`).count()).toBe(
        1,
      );
    }
    await page.close();
  });

  it("on A4: no table is cut off, no word tiny, and two figures share a sheet where they can", async () => {
    // 210 mm less margins of 10 mm each, at 96 dots an inch
    const { page } = await open({ viewport: { width: 718, height: 1000 } });
    await page.emulateMedia({ media: "print" });
    await page.goto(besides);
    await unfold(page);
    expect(await tiny(page)).toEqual([]);
    expect(await page.locator(".tall svg").count()).toBeGreaterThan(0);
    expect(await page.locator(".narrow svg").count()).toBeGreaterThan(20);
    const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type \/Page\b/g);
    expect(sheets?.length).toBeLessThan(85);
    await page.goto(url);
    const over = await page.evaluate(() =>
      [...document.querySelectorAll("table, svg")]
        .filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map((e) => e.closest("[id]")?.id),
    );
    expect(over).toEqual([]);
    expect(await tiny(page)).toEqual([]);
    await page.close();
  });
});
