/** The lab away from home: in Firefox, on a graphics card, below a path of a static host, as a single file. */

import { createServer, type Server } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import puppeteer from "puppeteer-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  chromiumPath,
  firefoxPath,
  fragment,
  launch,
  missing,
  openPage,
  serveLab,
  until,
  type Served,
} from "./served.ts";

let served: Served;
beforeAll(async () => {
  served = await serveLab();
});
afterAll(() => served?.end());

/** A short training, whose outcome the page says at its end. */
const short = fragment("train", { steps: 100, d: 8, k: "2" });
const ended = (): boolean => /Square first/.test(document.querySelector(".note")?.textContent ?? "");

/** Plays to the end, and gives the losses of the runs. */
async function lossesOf(page: Page, url: string): Promise<number[][]> {
  await page.goto(url);
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(ended);
  await page.getByRole("button", { name: "Copy JSON" }).click();
  const { traces } = JSON.parse(await page.getByLabel("What was copied").inputValue()) as {
    traces: { points: { loss: number }[] }[];
  };
  return traces.map(({ points }) => points.map(({ loss }) => loss));
}

describe.skipIf(missing(firefoxPath))("in Firefox", () => {
  it("it is in motion, trains by WebAssembly and complains of nothing", async () => {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: firefoxPath,
      headless: true,
    });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (["error", "warn"].includes(message.type())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(served.url);
      await until(page, () => /explains/.test(document.querySelector(".easy .status")?.textContent ?? ""));
      await page.goto(served.url + short);
      await until(page, () => /Press play/.test(document.querySelector(".note")?.textContent ?? ""));
      await page.click("button.primary");
      await until(page, ended);
      expect(await page.$eval(".easy .status", (status) => status.textContent)).toMatch(/explains/);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

describe.skipIf(missing(chromiumPath))("in Chromium", () => {
  it("on a graphics card it computes what WebAssembly does, to 1e-3 of the loss over 100 steps", async () => {
    const browser = await launch("--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader");
    try {
      const { page, complaints } = await openPage(browser);
      const losses = async (backend: string) =>
        lossesOf(
          page,
          served.url + fragment("train", { steps: 100, d: 8, k: "2", width: 32, batch: 64, backend }),
        );
      const wasm = await losses("wasm");
      const card = await losses("webgpu");
      const worst = Math.max(
        ...wasm.flatMap((run, i) => run.map((loss, at) => Math.abs(card[i][at] / loss - 1))),
      );
      console.error(`WebGPU and WebAssembly: losses differ by ${worst.toExponential(1)} at most`);
      expect(worst).toBeLessThan(1e-3);
      await losses("auto");
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it("without a card it says so, and computes by WebAssembly", async () => {
    const browser = await launch();
    try {
      const { page, complaints } = await openPage(browser);
      await page.goto(served.url + fragment("train", { steps: 100, d: 8, k: "2", backend: "webgpu" }));
      await page.getByRole("button", { name: "Play" }).click();
      await page.waitForFunction(() =>
        /no graphics card/.test(document.querySelector(".note")?.textContent ?? ""),
      );
      expect(await lossesOf(page, served.url + short)).toHaveLength(3);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it("below a path of a static host, and there as one single file, it trains too", async () => {
    const pages = resolve(import.meta.dirname, "../../lab/dist");
    const types: Record<string, string> = {
      ".html": "text/html",
      ".js": "text/javascript",
      ".css": "text/css",
    };
    const asked: string[] = [];
    const host: Server = createServer(({ url = "" }, response) => {
      asked.push(url);
      const path = url.replace("/some/where/", "");
      response.setHeader("Content-Type", types[extname(path)] ?? "text/plain");
      response.end(readFileSync(join(pages, path)));
    });
    await new Promise<void>((ready) => host.listen(0, "127.0.0.1", ready));
    const at = `http://127.0.0.1:${(host.address() as AddressInfo).port}/some/where`;
    const browser = await launch();
    try {
      const { page, complaints } = await openPage(browser);
      const parts = await lossesOf(page, `${at}/index.html${short}`);
      asked.length = 0;
      const whole = await lossesOf(page, `${at}/equihard-lab.html${short}`);
      expect(whole).toEqual(parts);
      expect(asked).toEqual(["/some/where/equihard-lab.html"]); // nothing else is loaded
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      host.close();
    }
  });
});
