/** `export --layout hf`: a data set as a folder that a hub takes as it is. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { reject } from "../base/errors.ts";
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
  requireOwnFolder(out);
  makeFolder(join(out, "data"));
  const description = about(source, splits, wanted.blind === true);
  const pathOf = (name: string): string => `data/${name}-00000-of-00001.parquet`;
  const plans = splits.map((split): Plan => ({
    path: join(out, pathOf(hubNames[split.name])),
    splits: [split],
  }));
  const written = await writeSplits(source, plans, description, wanted, flags);
  const files = written.map((file, i) => {
    const split = hubNames[splits[i].name];
    return { ...file, path: pathOf(split), split };
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

/** A new folder, or one that an export made: nobody else's files are mixed with the data. */
function requireOwnFolder(out: string): void {
  if (!existsSync(out)) return;
  let names: string[];
  try {
    names = readdirSync(out);
  } catch {
    return reject({ where: "--out", what: `${out} is no folder that can be read`, allowed: "a folder" });
  }
  if (names.length > 0 && !names.includes("data"))
    reject({ where: "--out", what: `${out} holds other files`, next: "choose another --out" });
}
