/** The lab in headless Chromium: every room, by keyboard too, with its links, its limits and its looks. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, fragment, launch, missing, openPage, serveLab, tabTo, type Served } from "./served.ts";

const root = resolve(import.meta.dirname, "../..");
const rooms = ["train", "transition", "adversary", "gram", "escape", "own", "results"] as const;

let served: Served;
let browser: Browser;
beforeAll(async () => {
  served = await serveLab("--results", join(root, "docs"));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  served?.end();
});

/** Text of the copy that a button makes. */
async function copied(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: `Copy ${name}` }).click();
  return page.getByLabel("What was copied").inputValue();
}

/** A room at a width: nothing of it beyond the screen, and no violation that axe finds. */
async function expectAccessible(page: Page, room: string, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  await page.evaluate(axe.source);
  const found = (await page.evaluate(
    `axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html.slice(0, 120)).join(" | ")))`,
  )) as string[];
  expect([room, width, found]).toEqual([room, width, []]);
}

describe.skipIf(missing(chromiumPath))("the lab in Chromium", () => {
  it("is in motion from little, and takes a step of its own from not much more", async () => {
    const { page, complaints } = await openPage(browser);
    const sizes = new Map<string, number>(); // by address: three workers ask for one file
    page.on("response", (response) => {
      void response.body().then(
        (body) => sizes.set(response.url(), gzipSync(body).length),
        () => {},
      );
    });
    const total = (): number => [...sizes.values()].reduce((a, b) => a + b, 0) / 1000;
    await page.goto(served.url);
    await page.waitForFunction(() =>
      /explains/.test(document.querySelector(".easy .status")?.textContent ?? ""),
    );
    const moving = total();
    await page.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(() =>
      /Computed here/.test(document.querySelector(".note")?.textContent ?? ""),
    );
    await page.waitForFunction(
      () =>
        document.querySelectorAll(".easy .status").length === 1 &&
        !/not started/.test(document.querySelector(".easy .status")?.textContent ?? ""),
    );
    await page.waitForTimeout(3000);
    console.error(`compressed: ${moving.toFixed(1)} kB in motion, ${total().toFixed(1)} kB to a step`);
    expect(moving).toBeGreaterThan(5);
    expect(moving).toBeLessThanOrEqual(120);
    expect(total()).toBeLessThanOrEqual(250);
    const prepared: unknown = JSON.parse(readFileSync(join(root, "lab/room/train/prepared.json"), "utf8"));
    const recorded = JSON.stringify(prepared).length;
    expect(recorded).toBeLessThanOrEqual(30_000);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("computes what the command line computes, to 1e-4 of the loss over 100 steps", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("train", { steps: 100, d: 32 }));
    await page.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(() => /Square first/.test(document.querySelector(".note")?.textContent ?? ""));
    const { traces } = JSON.parse(await copied(page, "JSON")) as {
      traces: { run: string; points: { step: number; loss: number }[] }[];
    };
    const commands = (await copied(page, "command line")).split("\n");
    for (const [i, run] of ["hard", "easy"].entries()) {
      const [, ...words] = commands[i].split(" ");
      const out = execFileSync(
        process.execPath,
        [join(root, "bin/equihard"), ...words, "--json", "--quiet"],
        { encoding: "utf8" },
      );
      const { curve } = JSON.parse(out) as { curve: { step: number; loss: number }[] };
      const own = traces.find((t) => t.run === run)?.points ?? [];
      expect(own.map((p) => p.step)).toEqual(curve.map((p) => p.step));
      expect(own.length).toBeGreaterThan(30);
      const worst = Math.max(...own.map((p, at) => Math.abs(p.loss / curve[at].loss - 1)));
      console.error(`${run}: the losses differ by ${worst.toExponential(1)} at most`);
      expect(worst).toBeLessThan(1e-4);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(rooms)(
    "room %s: no violation of accessibility, light and dark; fits 360, 768 and 1440 pixels",
    async (room) => {
      for (const [width, colorScheme] of [
        [1440, "light"],
        [768, "dark"],
        [360, "dark"],
      ] as const) {
        const { page, complaints } = await openPage(browser, {
          viewport: { width, height: 800 },
          colorScheme,
          reducedMotion: "reduce",
        });
        await page.goto(served.url + fragment(room));
        await page.waitForTimeout(1200);
        await expectAccessible(page, room, width);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
  );

  it.each([
    ["adversary", { asked: "12.34" }, async (page: Page) => page.locator("#cell-3").click()],
    ["adversary", { by: "gradient" }, async (page: Page) => page.getByText("Numbers").click()],
    [
      "gram",
      { count: 8, size: 8 },
      async (page: Page) => {
        await page.locator("canvas.grid").focus();
        await page.keyboard.press("ArrowRight");
        await page.getByText("Numbers").first().click();
      },
    ],
    [
      "own",
      { example: "none" },
      async (page: Page) => {
        const buffer = Buffer.from(["1,-1,1,1", "1,1,-1,1"].join("\n"));
        await page.locator("#own-file").setInputFiles({ name: "two.csv", mimeType: "text/csv", buffer });
      },
    ],
    [
      "own",
      { as: "data" },
      async (page: Page) => {
        const press = (name: string) => page.getByRole("button", { name }).click();
        await press("Stop");
        await press("Start again");
        await page.waitForFunction(() => document.querySelector(".note")?.textContent !== "Stopped.");
        await press("Stop");
      },
    ],
  ] as const)(
    "room %s after something is done in it, %j: no violation of accessibility, and it fits a phone",
    async (room, settings, act) => {
      for (const [width, colorScheme] of [
        [360, "light"],
        [1440, "dark"],
      ] as const) {
        const viewport = { width, height: 800 };
        const { page, complaints } = await openPage(browser, {
          viewport,
          colorScheme,
          reducedMotion: "reduce",
        });
        await page.goto(served.url + fragment(room, settings));
        await page.waitForFunction(
          () =>
            !/^(Preparing|Computing|no note)/.test(document.querySelector(".note")?.textContent ?? "no note"),
        );
        await act(page);
        await page.getByRole("button", { name: "Copy command line" }).click();
        await page.waitForTimeout(1000);
        await expectAccessible(page, room, width);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
  );

  it("by keyboard: the adversary's answers shrink the grid, and questions are steps back", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("adversary"));
    await page.waitForFunction(() => /0 questions/.test(document.querySelector(".note")?.textContent ?? ""));
    await tabTo(page, "#cell-3");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.locator("body").press("Home");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await tabTo(page, "button.primary");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() =>
      /asked 1 question\./.test(document.querySelector(".note")?.textContent ?? ""),
    );
    expect(await page.locator(".cell.out").count()).toBe(2);
    await page.goBack();
    await page.waitForFunction(() => /0 questions/.test(document.querySelector(".note")?.textContent ?? ""));
    expect(await page.locator(".cell.out").count()).toBe(0);
    await page.goForward();
    await page.waitForFunction(() => document.querySelectorAll(".cell.out").length === 2);
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll(".cell.out").length === 2);
    await page.locator("#set-by").selectOption("gradient");
    await page.waitForFunction(() =>
      /Gradient descent has asked [1-9]/.test(document.querySelector(".note")?.textContent ?? ""),
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("by keyboard: walks a Gram matrix, runs escapes, bisects a transition, opens results", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("gram", { count: 8, size: 8 }));
    await page.waitForSelector("canvas.grid");
    await tabTo(page, "canvas.grid");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".marked ~ p[role=status]").first().innerText()).toMatch(
      /: 1\.0\d\d$|: 0\.9\d\d$|: 1\.000$/,
    );
    await page.goto(served.url + fragment("escape"));
    await page.waitForFunction(() =>
      /From 60 examples.* (9\d|100) %/.test(document.querySelector(".note")?.textContent ?? ""),
    );
    await page.goto(served.url + fragment("transition", { most: 16, steps: 100, width: 16 }));
    await page.getByText("Bisecting the size").waitFor(); // the room before has such a button, too
    await tabTo(page, "button.primary");
    await page.keyboard.press("Enter"); // it plays by itself: this stops it, or plays again where it has ended
    await page.waitForFunction(() =>
      /Play again|Stop$/.test(document.querySelector("button.primary")!.textContent),
    );
    if ((await page.locator("button.primary").innerText()).includes("Play"))
      await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".note")?.textContent?.startsWith("Learned"));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("certifies a dropped file, and says what is wrong with a hostile one", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + fragment("own", { example: "none" }));
    const give = async (name: string, text: string): Promise<string> => {
      await page.locator(".note").evaluate((note) => (note.textContent = ""));
      await page
        .locator("#own-file")
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
      await page.waitForFunction(
        () => !/^(Reading.*|)$/.test(document.querySelector(".note")?.textContent ?? ""),
      );
      return page.locator(".note").innerText();
    };
    const row = (bit: number): string =>
      Array.from({ length: 64 }, (_, i) => 1 - 2 * ((i >> bit) & 1)).join(",");
    expect(await give("own.csv", [row(0), row(1), row(2)].join("\n"))).toBe(
      "own.csv: 3 functions on 64 samples.",
    );
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await page.locator("pre").innerText()).toContain("spectral query dimension at least");
    expect(await give("bad.csv", "1,2\n3,<img src=x onerror=alert(1)>")).toContain("bad.csv, line 2");
    expect(await page.getByRole("alert").innerText()).toMatch(/^Error: /);
    expect(await give("bad.npz", "PK\u0003\u0004 no archive")).toContain("bad.npz");
    expect(await page.locator("pre").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    "#v1.AAAA",
    "#v2.x",
    `#v1.${"A".repeat(700)}`,
    fragment("nowhere"),
    fragment("train", { d: "<script>" }),
    fragment("train", { nothing: 1 }),
  ])("a damaged or hostile link gets a message and a way home: %s", async (hash) => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url + hash);
    expect(await page.getByRole("alert").innerText()).toContain("This link cannot be shown");
    await page.getByRole("link", { name: "Start at the beginning" }).click();
    await page.waitForSelector(".panel.hard");
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("has the library's reference beside the documentation: fits a phone, and its names are searched", async () => {
    const { page, complaints } = await openPage(browser, { viewport: { width: 360, height: 800 } });
    await page.goto(`${served.url}docs/README.html`);
    await page.getByRole("main").getByRole("link", { name: "The reference" }).click();
    await page.getByLabel("Search these names").fill("pairORB ");
    const found = await page.locator(".names li:visible a").allInnerTexts();
    expect(found).toEqual(["pairOrbits()", "PairOrbits"]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/equihard\.symmetry\.html#pairorbits-1$/);
    await expect
      .poll(() => page.locator("#pairorbits-1").evaluate((h) => h.getBoundingClientRect().top))
      .toBeLessThan(400);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.evaluate(axe.source);
    expect(await page.evaluate("axe.run().then((r) => r.violations.map((v) => v.id))")).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("talks by arrow keys, and stands in a frame without heading", async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(served.url);
    await page.getByRole("link", { name: "Talk" }).click();
    await page.waitForSelector("text=1 of");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("text=2 of");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector("text=1 of");
    await page.goto(served.url + fragment("gram", {}, { e: 1 }));
    await page.waitForSelector("html.embed");
    expect(await page.locator("header.top").isVisible()).toBe(false);
    await page.goto(served.url + fragment("gram", { size: 1e6 }, { e: 1 }));
    await page.getByRole("alert").waitFor(); // a link that cannot be shown, in a frame
    expect(await page.locator("header.top").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
