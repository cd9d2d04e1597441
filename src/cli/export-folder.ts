/** `export --layout hf`: a data set as a folder that a hub takes as it is. */

import { join } from "node:path";
import { printJson } from "../base/json.ts";
import { makeFolder } from "../base/write.node.ts";
import type { Source, Split } from "../dataset/examples.ts";
import { croissant } from "../dataset/hub/croissant.ts";
import { readme } from "../dataset/hub/readme.ts";
import { croissantTasks } from "../dataset/hub/tasks.ts";
import { about, contentHash, type Manifest } from "../dataset/manifest.ts";
import { certificateOf } from "./certificate-beside.ts";
import { summary, writeSplits, type Plan, type Wanted } from "./export-data.ts";
import type { ExportFlags } from "./export.ts";
import { print, writeOutFile } from "./io.ts";
import { requireOwnFolder } from "./own-folder.ts";

/** What a hub calls a split. */
const hubNames: Readonly<Record<string, string>> = {
  "": "train",
  train: "train",
  valid: "validation",
  test: "test",
};

export async function exportFolder(
  source: Source,
  wanted: Wanted,
  splits: readonly Split[],
  flags: ExportFlags,
): Promise<number> {
  const { family } = source;
  const out = flags.out ?? family.id;
  const fileOf = (split: string): string => `${split}-00000-of-00001.parquet`;
  const data = join(out, "data");
  requireOwnFolder(
    out,
    splits.map(({ name }) => fileOf(hubNames[name])),
  );
  makeFolder(data);
  const description = about(source, splits, wanted.blind === true);
  const plans = splits.map((split): Plan => ({
    path: join(data, fileOf(hubNames[split.name])),
    splits: [split],
  }));
  const written = await writeSplits(source, plans, description, wanted, flags);
  const files = written.map((file, i) => {
    const split = hubNames[splits[i].name];
    return { ...file, path: `data/${fileOf(split)}`, split };
  });
  const manifest: Manifest = {
    ...description,
    format: "parquet",
    files,
    contentHash: contentHash(files),
    ...(await certificateOf(source, join(out, "certificate.json"), flags)),
  };
  const form = wanted.graphs ?? "dense";
  const texts = {
    "README.md": readme(family, manifest, form),
    "croissant.json": `${printJson(croissant(family, manifest, form))}\n`,
    "croissant-tasks.json": `${printJson(croissantTasks(family, manifest))}\n`,
    "manifest.json": `${printJson(manifest)}\n`,
  };
  for (const [name, text] of Object.entries(texts)) writeOutFile(join(out, name), text);
  print(flags, manifest, () => summary(manifest, join(out, "manifest.json")));
  return 0;
}
