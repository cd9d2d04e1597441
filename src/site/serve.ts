/**
 * The lab's own server: one folder, read-only, to this machine's browsers. The host that a request names is checked, so
 * that no page from elsewhere reaches it under a name of its own (DNS rebinding).
 */

import { readdirSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { InputError } from "../base/errors.ts";
import { pageFile, type PageFile } from "./page-files.ts";

export const address = "127.0.0.1";

export interface SiteOptions {
  /** Folder of the built page. */
  readonly pages: string;
  /** Folder of results that the page may read below `results/`; absent: none. */
  readonly results?: string | undefined;
  /** 0 takes any free one. */
  readonly port: number;
}

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

const headers = {
  "Cache-Control": "no-cache",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "frame-ancestors 'self'",
};

/**
 * Serves the page, and results beside it, until it is closed.
 * @throws InputError where the port cannot be had
 */
export async function serveSite(options: SiteOptions): Promise<Site> {
  const server = createServer((request, response) => answer(options, request, response));
  const port = await listening(server, options.port);
  return {
    url: `http://${address}:${port}/`,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const what =
        error.code === "EADDRINUSE" ? "is in use" : `cannot be had (${error.code ?? error.message})`;
      const next = "choose another with --port, or leave it out";
      fail(new InputError({ where: `port ${port}`, what, next }));
    });
    server.listen(port, address, () => {
      const at = server.address();
      resolve(typeof at === "object" && at !== null ? at.port : port);
    });
  });
}

function answer(options: SiteOptions, request: IncomingMessage, response: ServerResponse): void {
  const send = (status: number, { type, bytes }: PageFile): void => {
    response.writeHead(status, { ...headers, "Content-Type": type, "Content-Length": bytes.length });
    response.end(request.method === "HEAD" ? undefined : bytes);
  };
  const refuse = (status: number, why: string): void =>
    send(status, { type: "text/plain; charset=utf-8", bytes: Buffer.from(`${why}\n`) });
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405, "This server is read-only.");
  const host = request.headers.host?.replace(/:\d+$/, "");
  if (host !== address && host !== "localhost") return refuse(421, "This server answers to 127.0.0.1 only.");
  const found = fileOf(options, (request.url ?? "/").split(/[?#]/)[0].slice(1));
  return found === null ? refuse(404, "There is no such page.") : send(200, found);
}

const resultsPath = /^results\//;

function fileOf({ pages, results }: SiteOptions, path: string): PageFile | null {
  if (path === "results/index.json")
    return { type: "application/json; charset=utf-8", bytes: Buffer.from(JSON.stringify(listed(results))) };
  if (resultsPath.test(path))
    return results === undefined ? null : pageFile(results, path.replace(resultsPath, ""));
  return pageFile(pages, path === "" || path.endsWith("/") ? `${path}index.html` : path);
}

/** Files of results, by their paths from the folder; as many as a reader can choose among. */
const mostListed = 1000;

function listed(results: string | undefined): readonly string[] {
  if (results === undefined) return [];
  const entries = readdirSync(results, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile() && /\.(json|jsonl|csv)$/.test(e.name))
    .map((e) => join(e.parentPath, e.name).slice(results.length).replaceAll("\\", "/").replace(/^\/+/, ""))
    .sort()
    .slice(0, mostListed);
}
