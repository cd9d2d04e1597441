/** The card of a data set on a hub: YAML that says which files are which split, and a page for people. */

import { stringify } from "yaml";
import { printJson } from "../../base/json.ts";
import type { Family } from "../../family/family.ts";
import type { GraphForm } from "../parquet.ts";
import type { Manifest } from "../manifest.ts";
import { columnsOf } from "./croissant.ts";

const sizes: readonly (readonly [number, string])[] = [
  [1e3, "n<1K"],
  [1e4, "1K<n<10K"],
  [1e5, "10K<n<100K"],
  [1e6, "100K<n<1M"],
  [1e7, "1M<n<10M"],
  [1e8, "10M<n<100M"],
  [1e9, "100M<n<1B"],
];

const sizeCategory = (examples: number): string => sizes.find(([most]) => examples < most)?.[1] ?? "1B<n<10B";

/** What predicting labels of arrays is called. */
const numbersTask = { sign: "tabular-classification", real: "tabular-regression" } as const;

function header(family: Family, { files, inputs, labels, easy }: Manifest): string {
  const examples = files.reduce((sum, file) => sum + file.examples, 0);
  return stringify({
    license: "mit",
    pretty_name: `${family.title} (${easy ? "easy twin" : "hard"})`,
    task_categories: [inputs.name === "A" ? "graph-ml" : numbersTask[labels]],
    tags: ["synthetic", "symmetry", "learnability", "croissant"],
    size_categories: [sizeCategory(examples)],
    configs: [
      {
        config_name: "default",
        data_files: files.map(({ path, split = "train" }) => ({ split, path })),
      },
    ],
  });
}

/** `README.md`. */
export function readme(family: Family, manifest: Manifest, form: GraphForm): string {
  const { easy, files, inputs, seed, commitment, version, baselines } = manifest;
  const shape = inputs.shape.join(" x ");
  const columns = [
    ...columnsOf(manifest, form).map(({ name, description }) => `- \`${name}\`: ${description}`),
    "- `y`: the label",
  ];
  const majority =
    baselines.majority === null
      ? ""
      : `, the more frequent label an accuracy of ${baselines.majority.toFixed(4)}`;
  const hidden =
    seed === null ? `The seed is kept back; its commitment is \`${commitment}\`.` : `Seed ${seed}.`;
  return [
    `---\n${header(family, manifest)}---`,
    `# ${family.title}${easy ? ", easy twin" : ""}`,
    family.explanation,
    `Each example is ${inputs.name === "A" ? "a graph" : "an array"} of shape ${shape}, as flat lists, row-major:`,
    columns.join("\n"),
    files.map(({ split = "train", examples }) => `- ${split}: ${examples} examples`).join("\n"),
    `The best constant prediction has a mean squared error of ${baselines.loss.toPrecision(6)}${majority}.`,
    `Made by equihard ${version}, ${family.source}. ${hidden} Parameters:`,
    `\`\`\`json\n${printJson(manifest.family)}\n\`\`\``,
    manifest.certificate === null
      ? "There is no certificate beside these data."
      : "`certificate.json` states how many queries learners need at least: `equihard verify certificate.json`.",
    "Licence: MIT. Metadata: `croissant.json` (Croissant 1.1), `croissant-tasks.json`, `manifest.json`.",
  ]
    .join("\n\n")
    .concat("\n");
}
