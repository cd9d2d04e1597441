/** The end of a report: every run, how networks were trained, words, and what made the records. */

import { grouped } from "../base/group.ts";
import { parseWith } from "../base/schema.ts";
import { trainSchema } from "../learner/training-options.ts";
import { list, type Section } from "../report/page.ts";
import { commandOf } from "../run/command.ts";
import { recordsOf, type Measurement, type StoredRecord } from "../run/record.ts";
import { settingText } from "./cell.ts";

const rounded = (x: number | null | undefined): number | null =>
  x == null ? null : Number(x.toPrecision(5));
/** 20000 as 20,000. */
export const thousands = (x: number): string => x.toLocaleString("en");

type Line = readonly (string | number | null)[];

/** A record as a line: what was done, what came of it, how to do it again. */
function runLine(record: StoredRecord): Line {
  const [trained] = recordsOf([record], "train");
  const [learned] = recordsOf([record], "learn");
  const final = (trained ?? learned)?.result.final;
  const { task, id, measurement } = record;
  const target = task.kind === "train" || task.kind === "learn" ? targetOf(task) : null;
  return [
    id,
    learned?.task.learner ?? (task.kind === "recipe" ? task.recipe : task.kind),
    settingText(task),
    target,
    "seed" in task ? task.seed : null,
    trained?.result.steps ?? null,
    rounded(final?.explainedVariance),
    rounded(final?.accuracy),
    rounded(measurement.seconds),
    commandOf(task) ?? "part of equihard reproduce",
  ];
}

const targetOf = ({ easy }: { readonly easy?: boolean }): string => (easy === true ? "easy twin" : "hard");

const RUN_COLUMNS = [
  "record",
  "work",
  "setting",
  "target",
  "seed",
  "steps",
  "explained variance",
  "accuracy",
  "seconds",
  "command",
];

/** Every record with its command: where marks of charts lead to. */
export const runsSection = (records: readonly StoredRecord[], file = "records.jsonl"): Section => ({
  id: "runs",
  title: `All ${thousands(records.length)} runs`,
  folded: true,
  blocks: [
    {
      kind: "listing",
      listing: { name: "All runs", columns: RUN_COLUMNS, rows: records.map(runLine) },
      file,
    },
  ],
});

const read = ["lr", "width", "layers", "readoutLayers", "batch", "steps", "optimizer", "loss"] as const;

/** How each family's students were trained: the values that records name, defaults filled in. */
export function methods(records: readonly StoredRecord[]): Section {
  const trained = recordsOf(records, "train");
  const rows = [...grouped(trained, ({ task }) => task.family)].map(([family, of]) => {
    const options = of.map(({ task }) => parseWith(trainSchema, task.options));
    const values = read.map((name) => distinct(options.map((o) => o[name])));
    return [family, String(of.length), ...values];
  });
  const head = [
    "family",
    "runs",
    "rate",
    "width",
    "layers",
    "readout",
    "batch",
    "most steps",
    "optimiser",
    "loss",
  ];
  return {
    id: "methods",
    title: "Methods: how networks were trained",
    folded: true,
    blocks: [{ kind: "table", table: { head, rows } }],
  };
}

function distinct(values: readonly (string | number)[]): string {
  const found = [...new Set(values)];
  const numbers = found.flatMap((x) => (typeof x === "number" ? [x] : []));
  return numbers.length === found.length
    ? numbers
        .sort((a, b) => a - b)
        .map((x) => (x >= 1000 ? thousands(x) : String(x)))
        .join("; ")
    : found.join("; ");
}

/** Words that the report uses as the theory does. */
export const glossary: Section = {
  id: "glossary",
  title: "Glossary",
  folded: true,
  blocks: [
    list([
      "Target: the function that makes the labels. Hidden parameters: what learners are not told of it.",
      "Hard target and easy twin: labels from the same hidden parameters; the twin shows that network and budget work.",
      "Correlational query: the learner names a function and hears its mean product with the label, within τ.",
      "Dimension (d_eff): so many functions count as uncorrelated; queries needed are about τ² times it.",
      "Certificate: a document from which that number follows, and which equihard verify checks by another route.",
      "Explained variance: 1 minus the squared error on fresh examples over the best constant's. Learned: above 0.9.",
      "At chance: no better than students of shuffled labels. Vacuous: a bound that says nothing there.",
      "Way round (escape): a learner that asks more than correlations, such as squares of labels or exact equations.",
      "Check: what has to stand beside a failure before it is believed. An empty chip is a check that was not made.",
    ]),
  ],
};

/** What made the records. */
export function provenance(
  records: readonly StoredRecord[],
  {
    scale,
    missing,
    commit,
  }: { readonly scale: string; readonly missing: string; readonly commit?: string | undefined },
): Section {
  const named = (prefix: string, field: keyof Pick<Measurement, "version" | "node" | "cpu">): string[] =>
    [...new Set(records.flatMap(({ measurement }) => measurement[field] ?? []))]
      .sort()
      .map((x) => prefix + x);
  const rates = recordsOf(records, "train").flatMap(({ measurement }) => measurement.stepsPerSecond || []);
  const makers = [...named("equihard ", "version"), ...named("Node ", "node"), ...named("", "cpu")];
  const range = [Math.min(...rates), Math.max(...rates)].map((rate) => rate.toFixed(0)).join(" to ");
  return {
    id: "provenance",
    title: "Provenance",
    blocks: [
      list([
        `Scale ${scale}; ${makers.join(", ")}.`,
        rates.length === 0
          ? "No training rate was measured."
          : `Training steps per second, sampling included: ${range}.`,
        missing,
        ...(commit === undefined ? [] : [`Drawn by the program at commit ${commit}.`]),
        ...(scale === "paper"
          ? []
          : [`Scale ${scale} plans fewer sizes, sets, seeds and checks than greater ones.`]),
        "Seeds, options and hashes: records.jsonl.",
      ]),
    ],
  };
}
