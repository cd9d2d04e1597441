/** `export --format npz|parquet`: streams a data set, with its manifest and the family's certificate beside it. */

import { parse as parsePath, join } from "node:path";
import { reject } from "../base/errors.ts";
import { canonicalJson, printJson } from "../base/json.ts";
import { targetOf, writePlaced } from "../base/write.node.ts";
import { chunkRows, type Source, type Split } from "../dataset/examples.ts";
import {
  about,
  chunkCount,
  contentHash,
  openParams,
  type About,
  type DataFile,
  type Manifest,
} from "../dataset/manifest.ts";
import { writeDataNpz, type OnExamples } from "../dataset/npz.ts";
import { writeDataParquet } from "../dataset/parquet.ts";
import { parseSplits } from "../dataset/splits.ts";
import type { Place } from "../interop/zip-write.ts";
import { certificateOf } from "./certificate-beside.ts";
import { requireConsent } from "./consent.ts";
import { defaultSamples, type DataOptions, type ExportFlags } from "./export.ts";
import { interruptible, print, progress, requireWritable, writeOutFile } from "./io.ts";

export interface Wanted extends DataOptions {
  readonly format: "npz" | "parquet";
  readonly layout?: string | undefined;
}

/** A file to be written, and the splits that it holds. */
export interface Plan {
  readonly path: string;
  readonly splits: readonly Split[];
}

export async function exportData(source: Source, wanted: Wanted, flags: ExportFlags): Promise<number> {
  const splits = splitsOf(wanted);
  const blind = wanted.blind === true;
  if (blind) requireDrawn(source);
  if (wanted.layout === "hf") {
    const { exportFolder } = await import("./export-folder.ts");
    return exportFolder(source, wanted, splits, flags);
  }
  const out = flags.out ?? `${source.family.id}.${wanted.format}`;
  const plans = plansOf(out, splits, wanted.format);
  for (const { path } of plans) requireWritable(path);
  const beside = companions(out);
  for (const path of Object.values(beside ?? {})) requireWritable(path);
  const description = about(source, splits, blind);
  const files = await writeSplits(source, plans, description, wanted, flags);
  const certificate =
    beside === null ? { certificate: null } : await certificateOf(source, beside.certificate, flags);
  const manifest: Manifest = {
    ...description,
    format: wanted.format,
    files,
    contentHash: contentHash(files),
    ...certificate,
  };
  if (beside !== null) writeOutFile(beside.manifest, `${printJson(manifest)}\n`);
  print(flags, manifest, () => summary(manifest, beside?.manifest));
  return 0;
}

function splitsOf({ samples, splits, blind }: Wanted): Split[] {
  if (splits !== undefined && samples !== undefined)
    reject({ where: "--samples", what: "given beside --splits", next: "give one of them" });
  const parts = splits === undefined ? [{ name: "", count: samples ?? defaultSamples }] : parseSplits(splits);
  if (blind === true && !parts.some(({ name }) => name === "test"))
    reject({ where: "--blind", what: "there is no test split", next: "name one with --splits" });
  return parts;
}

/** A blind data set is made again from its open parameters and the seed: what these do not give would be lost. */
function requireDrawn(source: Source): void {
  const { json } = source.instance.params;
  const again = source.family.parse(openParams(source)).json;
  const lost = Object.keys(json).filter(
    (name) => canonicalJson(json[name] ?? null) !== canonicalJson(again[name] ?? null),
  );
  if (lost.length > 0)
    reject({
      where: "--blind",
      what: `keeps ${lost.join(", ")} back, which the seed does not give again`,
      next: "leave it to be drawn, or to its default",
    });
}

/** One npz file for all splits; a Parquet file each, named `FILE-SPLIT` where there are several. */
function plansOf(out: string, splits: readonly Split[], format: Wanted["format"]): Plan[] {
  if (format === "npz") return [{ path: out, splits }];
  const { dir, name, ext } = parsePath(out);
  return splits.map((split) => ({
    path: split.name === "" ? out : join(dir, `${name}-${split.name}${ext}`),
    splits: [split],
  }));
}

/** Files beside the data; null where that goes to a pipe or device. */
function companions(out: string): { manifest: string; certificate: string } | null {
  const { info, own } = targetOf(out);
  if (own !== undefined || (info !== undefined && !info.isFile())) return null;
  const { dir, name } = parsePath(out);
  return { manifest: join(dir, `${name}.manifest.json`), certificate: join(dir, `${name}.certificate.json`) };
}

/** Writes one file of a plan into places. */
function write(
  source: Source,
  { splits }: Plan,
  description: About,
  { format, blind = false, graphs = "dense" }: Wanted,
  place: Place,
  onExamples: OnExamples,
): Promise<void> {
  const meta = printJson(description, 0);
  if (format === "npz") return writeDataNpz(source, splits, meta, blind, place, onExamples);
  const [split] = splits;
  const labelled = !(blind && split.name === "test");
  return writeDataParquet(source, split, { form: graphs, meta, labelled }, place, onExamples);
}

/** Streams the files of a plan, after asking for consent to much work. */
export async function writeSplits(
  source: Source,
  plans: readonly Plan[],
  description: About,
  wanted: Wanted,
  flags: ExportFlags,
): Promise<DataFile[]> {
  await requireAffordable(source, plans, description, wanted, flags);
  const bar = progress(flags);
  const signal = interruptible();
  const total = plans.flatMap(({ splits }) => splits).reduce((sum, { count }) => sum + count, 0);
  const files: DataFile[] = [];
  let before = 0;
  for (const plan of plans) {
    const examples = plan.splits.reduce((sum, { count }) => sum + count, 0);
    const written = await writePlaced(plan.path, (place) =>
      write(source, plan, description, wanted, place, async (done) => {
        const all = before + done;
        bar.report({ text: `${all} of ${total} examples`, fraction: all / total, data: { examples: all } });
        await new Promise((resolve) => setImmediate(resolve)); // lets signals in
        signal.throwIfAborted();
      }),
    );
    before += examples;
    const split =
      plan.splits.length === 1 && plan.splits[0].name !== "" ? { split: plan.splits[0].name } : {};
    files.push({ path: parsePath(plan.path).base, ...split, examples, ...written });
  }
  bar.end();
  return files;
}

/** Data sets of more chunks than this are sized before: one chunk is written to nowhere. */
const chunksUnasked = 4;

async function requireAffordable(
  source: Source,
  plans: readonly Plan[],
  description: About,
  wanted: Wanted,
  flags: ExportFlags,
): Promise<void> {
  const chunks = chunkCount(
    source,
    plans.flatMap(({ splits }) => splits),
  );
  if (chunks <= chunksUnasked || flags.yes === true) return;
  const first = { path: "", splits: [{ ...plans[0].splits[0], count: chunkRows(source) }] };
  let bytes = 0;
  const start = performance.now();
  await write(
    source,
    first,
    description,
    wanted,
    (part) => void (bytes += part.length),
    () => {},
  );
  const seconds = ((performance.now() - start) / 1000) * chunks;
  requireConsent({ seconds, bytes: bytes * chunks }, flags.yes, `export ${source.family.id}`);
}

export function summary(manifest: Manifest, path: string | undefined): string {
  const { baselines, files, labels } = manifest;
  const majority = baselines.majority === null ? "" : `, majority ${baselines.majority.toFixed(4)}`;
  const others = [
    ...(path === undefined ? [] : [`manifest ${path}`]),
    ...(manifest.certificate === null ? [] : [`certificate ${manifest.certificate}`]),
    ...(manifest.certify === undefined ? [] : [`no certificate beside it: ${manifest.certify}`]),
  ];
  return [
    ...files.map((f) => `${f.path}: ${f.examples} examples, ${f.bytes} bytes, sha256 ${f.sha256}`),
    `labels ${labels === "sign" ? "+-1" : "real"}; best constant ${baselines.constant.toPrecision(4)}` +
      ` has mean squared error ${baselines.loss.toPrecision(4)}${majority}`,
    ...(manifest.commitment === undefined ? [] : [`commitment to the seed: ${manifest.commitment}`]),
    ...(others.length === 0 ? [] : [others.join("; ")]),
  ].join("\n");
}
