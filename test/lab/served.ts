/** The lab as `equihard lab` serves it, and the browsers that look at it. */

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { deflateRawSync } from "node:zlib";
import { chromium, type Browser, type Page } from "playwright-core";

const root = resolve(import.meta.dirname, "../..");
export const chromiumPath = "/usr/bin/chromium";
export const firefoxPath = "/usr/bin/firefox-esr";
const required = process.env["CI"] !== undefined && process.env["CI"] !== "";
/** CI has to have the browser; elsewhere its tests are skipped, visibly. */
export const missing = (path: string): boolean => !existsSync(path) && !required;

export interface Served {
  readonly url: string;
  end(): void;
}

/** Starts `equihard lab`, which builds the page where it is stale. */
export function serveLab(...options: readonly string[]): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, [
    join(root, "bin/equihard"),
    "lab",
    "--json",
    ...options,
  ]);
  return new Promise((ready, fail) => {
    let [out, err] = ["", ""];
    child.stderr?.on("data", (part) => (err += part));
    child.stdout?.on("data", (part) => {
      out += part;
      const url = /"url":\s*"([^"]+)"/.exec(out)?.[1];
      if (url !== undefined) ready({ url, end: () => child.kill("SIGINT") });
    });
    child.on("exit", (code) => fail(new Error(`equihard lab ended with ${code}: ${err}`)));
  });
}

/** A link's fragment, made as the page makes it. */
export const fragment = (room: string, settings: object = {}, more: object = {}): string =>
  `#v1.${deflateRawSync(JSON.stringify({ r: room, s: settings, ...more })).toString("base64url")}`;

export const launch = (...args: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", ...args] });

/** Milliseconds after which what does not come is given up: how soon it comes is what the timed suites are about. */
const patience = 300_000;

/** Waits in a page of Puppeteer, whose own waiting makes functions from text, which the page's policy forbids. */
export async function until(
  page: { evaluate(done: () => boolean): Promise<boolean> },
  done: () => boolean,
): Promise<void> {
  for (const end = performance.now() + patience; !(await page.evaluate(done)); await sleep(50))
    if (performance.now() > end) throw new Error(`did not come: ${String(done)}`);
}

/** A page that keeps whatever it complains of. */
export async function openPage(browser: Browser, options: Parameters<Browser["newPage"]>[0] = {}) {
  const page: Page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, complaints };
}

/** The panel's line of a run. */
export const statusOf = (page: Page, run: "hard" | "easy" | "square"): Promise<string> =>
  page.locator(`.panel.${run} .status`).innerText();

/** Presses Tab until the element with the id, or of the text, has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
  }
  throw new Error(`Tab does not reach ${selector}`);
}
