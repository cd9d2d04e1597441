import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { serveSite, type Site } from "../../src/site/serve.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-site-"));
const [pages, results] = [join(dir, "pages"), join(dir, "results")];
let site: Site;

beforeAll(async () => {
  mkdirSync(join(pages, "docs"), { recursive: true });
  mkdirSync(results);
  writeFileSync(join(pages, "index.html"), "<p>page</p>");
  writeFileSync(join(pages, "docs", "a b.html"), "<p>docs</p>");
  writeFileSync(join(pages, ".hidden.html"), "hidden");
  writeFileSync(join(pages, "program.exe"), "no page");
  writeFileSync(join(results, "run.json"), "{}");
  writeFileSync(join(dir, "secret.json"), "secret");
  symlinkSync(join(dir, "secret.json"), join(results, "link.json"));
  site = await serveSite({ pages, results, port: 0 });
});
afterAll(async () => {
  await site.close();
  rmSync(dir, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** Asks as it is written: `fetch` would tidy the path, and set the host. */
const ask = (
  path: string,
  { host, method = "GET" }: { host?: string; method?: string } = {},
): Promise<Answer> =>
  new Promise((resolve, fail) => {
    const { hostname, port } = new URL(site.url);
    const headers = host === undefined ? {} : { host };
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      let body = "";
      response.on("data", (part) => (body += part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
      );
    });
    asked.on("error", fail).end();
  });

describe("the lab's server", () => {
  it("serves its pages and the results, with headers that keep them to themselves", async () => {
    const { status, body, headers } = await ask("/");
    expect([status, body]).toEqual([200, "<p>page</p>"]);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "content-security-policy": "frame-ancestors 'self'",
    });
    expect((await ask("/docs/a%20b.html?x=1")).body).toBe("<p>docs</p>");
    expect((await ask("/results/run.json")).body).toBe("{}");
    expect(JSON.parse((await ask("/results/index.json")).body)).toEqual(["link.json", "run.json"].slice(1));
    expect(await ask("/", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });

  it("serves nothing else, whatever a path says", async () => {
    const paths = [
      "/../secret.json",
      "/results/../secret.json",
      "/results/..%2Fsecret.json",
      "/results/%2e%2e/secret.json",
      "/results/..%5Csecret.json",
      "/results/link.json",
      "/.hidden.html",
      "/program.exe",
      "/results/run.json%00.html",
      "/%E0%A4%A.html",
      "/docs",
      "//etc/passwd",
      "http://elsewhere/../secret.json",
    ];
    for (const path of paths) expect([path, (await ask(path)).status]).toEqual([path, 404]);
  });

  it("answers to this machine's name alone, and reads alone", async () => {
    const { port } = new URL(site.url);
    expect((await ask("/", { host: `localhost:${port}` })).status).toBe(200);
    expect((await ask("/", { host: "evil.example" })).status).toBe(421);
    expect((await ask("/", { host: `127.0.0.1.evil.example:${port}` })).status).toBe(421);
    expect((await ask("/", { method: "POST" })).status).toBe(405);
  });

  it("says which port it cannot have", async () => {
    const port = Number(new URL(site.url).port);
    const taken = serveSite({ pages, port });
    await expect(taken).rejects.toThrow(InputError);
    await expect(taken).rejects.toThrow(`port ${port}`);
  });
});
