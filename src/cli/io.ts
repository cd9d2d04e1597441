/** What every command shares: output, progress, interruption, files. */

import { accessSync, constants, statSync, type BigIntStats } from "node:fs";
import { dirname } from "node:path";
import { InputError, reject } from "../base/errors.ts";
import { parseJson, printJson } from "../base/json.ts";
import { readWhole } from "../base/read.node.ts";
import { reasonOf, targetOf, writeWhole } from "../base/write.node.ts";
import { writeErr, writeOut } from "./streams.ts";

export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress?: string;
}

/** Prints the one document of `--json`, or the text for people. */
export function print(options: OutputOptions, document: unknown, text: () => string): void {
  writeOut(`${options.json ? printJson(document) : text()}\n`);
}

/** JSON for a person's eyes: numbers to four digits, long lists cut. */
export function brief(value: unknown): string {
  const rounded = (x: unknown): unknown => {
    if (typeof x === "number") return Number.isInteger(x) ? x : Number(x.toPrecision(4));
    if (Array.isArray(x))
      return x.length > 20 ? [...x.slice(0, 3).map(rounded), `... ${x.length} in all`] : x.map(rounded);
    if (x === null || typeof x !== "object") return x;
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, rounded(v)]));
  };
  return JSON.stringify(rounded(value));
}

export interface ProgressEvent {
  readonly text: string;
  /** Share done, 0 to 1, where it is known. */
  readonly fraction?: number;
  /** Seconds left, null where unknown; absent: by the share done in the time since the start. */
  readonly left?: number | null;
  /** What is under way, a line each: below the text, on a terminal. */
  readonly under?: readonly string[];
  /** The text stays where others follow. */
  readonly stays?: boolean;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Progress {
  report(event: ProgressEvent): void;
  /** Clears the live lines. */
  end(): void;
}

/** Live lines on a terminal, a plain line every few seconds elsewhere, JSON events with `--progress json`. */
export function progress(options: OutputOptions): Progress {
  if (options.quiet) return { report: () => {}, end: () => {} };
  if (options.progress === "json") {
    return {
      report: ({ text, fraction, data }) =>
        writeErr(`${JSON.stringify({ event: "progress", text, fraction, ...data })}\n`),
      end: () => {},
    };
  }
  const start = performance.now();
  const lineOf = ({ text, fraction, left = leftBy(fraction, start) }: ProgressEvent): string => {
    const percent = fraction === undefined ? "" : `${Math.floor(fraction * 100)}% `;
    return `${percent}${text}${left === null || left < 1 ? "" : `, ${Math.ceil(left)} s left`}`;
  };
  return process.stderr.isTTY ? liveLines(lineOf) : plainLines(lineOf);
}

function leftBy(fraction: number | undefined, start: number): number | null {
  const spent = (performance.now() - start) / 1000;
  return fraction !== undefined && fraction > 0.02 ? (spent / fraction) * (1 - fraction) : null;
}

/** Lines below the first that a terminal has room for, whatever its height. */
const UNDER = 8;

/** A block of lines at the end of a terminal, drawn again and again. */
function liveLines(lineOf: (event: ProgressEvent) => string): Progress {
  let drawn = 0;
  const cut = (line: string): string => line.slice(0, (process.stderr.columns || 80) - 1);
  const clear = (): string => (drawn > 0 ? `\r\x1b[${drawn}A\x1b[J` : "\r\x1b[K");
  return {
    report(event) {
      if (event.stays === true) {
        writeErr(`${clear()}${event.text}\n`);
        drawn = 0;
        return;
      }
      const lines = [lineOf(event), ...(event.under ?? []).slice(0, UNDER)].map(cut);
      writeErr(`${clear()}${lines.join("\n")}`);
      drawn = lines.length - 1;
    },
    end() {
      writeErr(clear());
      drawn = 0;
    },
  };
}

function plainLines(lineOf: (event: ProgressEvent) => string): Progress {
  let last = -Infinity;
  return {
    report(event) {
      if (event.stays !== true && performance.now() - last < 5000) return;
      last = performance.now();
      writeErr(`${lineOf(event)}\n`);
    },
    end: () => {},
  };
}

/** Something a person should know that is no progress: a line on stderr, an event with `--progress json`. */
export function notice(options: OutputOptions, text: string): void {
  if (options.quiet) return;
  const line = options.progress === "json" ? JSON.stringify({ event: "notice", text }) : `equihard: ${text}`;
  process.stderr.write(`${line}\n`);
}

/**
 * Aborts on the first Ctrl-C or termination; a second one ends the program at once.
 *
 * @param second what the second does instead
 */
export function interruptible(second: () => void = () => process.exit(130)): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) second();
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return controller.signal;
}

/** The regular files this command has read, by device and inode: under whatever name, its output is none of them. */
const inputs = new Set<string>();
const identity = ({ dev, ino }: BigIntStats): string => `${dev} ${ino}`;

/**
 * Rejects an output path that cannot be written, or that names an input, before any work is done for it.
 * @param option the one that gave the path
 */
export function requireWritable(path: string, option = "--out"): void {
  try {
    const { file, info, own } = targetOf(path);
    if (info?.isDirectory()) reject({ where: option, what: `${path} is a folder`, allowed: "a file path" });
    if (info?.isFile() && inputs.has(identity(statSync(path, { bigint: true }))))
      reject({ where: option, what: `${path} is the input file`, next: "choose another name" });
    if (own !== undefined) return;
    if (info !== undefined) accessSync(file, constants.W_OK);
    // A regular file is replaced from beside it.
    if (info === undefined || info.isFile()) accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const folder = dirname(path);
    reject({
      where: option,
      what: `${path} cannot be written: ${reasonOf(error)}`,
      next: `check that ${folder === "." ? "this folder" : folder} exists and is writable`,
    });
  }
}

/** Writes the content of `option`'s file; all input has been read by now, and none of it is written over. */
export function writeOutFile(path: string, content: string | Uint8Array, option = "--out"): void {
  requireWritable(path, option);
  writeWhole(path, content);
}

/** A file's bytes; rejects what is missing, unreadable or larger than `limit` bytes. */
export function readBytes(path: string, limit: number): Buffer {
  try {
    const info = statSync(path, { bigint: true });
    if (info.isFile()) inputs.add(identity(info));
    return readWhole(path, limit);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const what = code === "ENOENT" ? "no such file" : `cannot be read: ${reasonOf(error)}`;
    return reject({ where: path, what });
  }
}

/** A file's text; rejects as `readBytes` does, and what is not UTF-8 but one of the wider encodings. */
export function readText(path: string, limit = 256 * 2 ** 20): string {
  const bytes = readBytes(path, limit);
  const [a, b] = bytes;
  // their byte-order marks, or the zero byte that they have beside the first character
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0)
    reject({ where: path, what: "is text in UTF-16 or UTF-32", allowed: "UTF-8", next: "save it as UTF-8" });
  return bytes.toString("utf8");
}

/** Parses a JSON file; rejects what is missing, unreadable, larger than `limit` bytes or not JSON. */
export const readJson = (path: string, limit = 256 * 2 ** 20): unknown =>
  parseJson(readText(path, limit), path);
