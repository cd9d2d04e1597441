/**
 * Data sets as Parquet, a file a split: `y` (float32) and the inputs, `X` as a list of float32 (row-major), graphs as
 * graph6 text, as edge lists, or dense. One chunk of examples is one row group, so that memory does not grow.
 */

import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { version } from "../base/version.ts";
import type { Samples } from "../distribution/law.ts";
import { isGraphs, sizeOf } from "../distribution/samples.ts";
import type { Place } from "../interop/zip-write.ts";
import { chunk, chunks, type Source, type Split } from "./examples.ts";
import { digraph6, graph6 } from "./graph6.ts";
import type { OnExamples } from "./npz.ts";

/** How graphs are written: `graph6` text, `edges` (two lists of nodes), or `dense` (a list of n x n zeros and ones). */
export const graphForms = ["dense", "edges", "graph6"] as const;
export type GraphForm = (typeof graphForms)[number];

/** A column: its Parquet schema, and its values of a chunk. */
interface Column {
  readonly name: string;
  readonly schema: readonly Element[];
  values(samples: Samples): unknown[] | Float32Array;
}
type Element = ConstructorParameters<typeof ParquetWriter>[0]["schema"][number];

const list = (name: string, type: "FLOAT" | "INT32"): Element[] => [
  { name, repetition_type: "REQUIRED", converted_type: "LIST", num_children: 1 },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", type, repetition_type: "REQUIRED" },
];

/** The rows of the samples' data, each as `row` makes it. */
function rows<T>(samples: Samples, row: (entries: Samples["data"]) => T): T[] {
  const size = sizeOf(samples);
  const { data, count } = samples;
  return Array.from({ length: count }, (_, i) => row(data.subarray(i * size, (i + 1) * size)));
}

/** One end of every edge; an undirected edge is listed in both directions, as graph libraries have it. */
const ends = (n: number, end: (at: number) => number) => (entries: Samples["data"]) => {
  const found: number[] = [];
  for (let at = 0; at < n * n; at++) if (entries[at] === 1) found.push(end(at));
  return found;
};

function graphColumns(n: number, directed: boolean, form: GraphForm): Column[] {
  const encode = directed ? digraph6 : graph6;
  const text: Element = {
    name: "graph6",
    type: "BYTE_ARRAY",
    converted_type: "UTF8",
    repetition_type: "REQUIRED",
  };
  const columns: Readonly<Record<GraphForm, Column[]>> = {
    graph6: [{ name: "graph6", schema: [text], values: (s) => rows(s, (entries) => encode(entries, n)) }],
    edges: [
      {
        name: "source",
        schema: list("source", "INT32"),
        values: (s) =>
          rows(
            s,
            ends(n, (at) => Math.floor(at / n)),
          ),
      },
      {
        name: "target",
        schema: list("target", "INT32"),
        values: (s) =>
          rows(
            s,
            ends(n, (at) => at % n),
          ),
      },
    ],
    dense: [
      { name: "A", schema: list("A", "INT32"), values: (s) => rows(s, (entries) => Array.from(entries)) },
    ],
  };
  return columns[form];
}

/** The columns of a data set's inputs, in the order of the file; `y` follows them. */
function inputColumns(source: Source, split: Split, form: GraphForm): Column[] {
  const { law } = source.instance;
  if (isGraphs(chunk(source, split.name, 0).samples))
    return graphColumns(law.shape[0], law.directed === true, form);
  return [
    { name: "X", schema: list("X", "FLOAT"), values: (s) => rows(s, (entries) => Array.from(entries)) },
  ];
}

/**
 * Writes one split.
 * @param meta what the file says of itself, as JSON text
 * @param labelled whether it has the column `y`
 */
export async function writeDataParquet(
  source: Source,
  split: Split,
  { form, meta, labelled }: { form: GraphForm; meta: string; labelled: boolean },
  place: Place,
  onExamples: OnExamples,
): Promise<void> {
  const inputs = inputColumns(source, split, form);
  const y: Element[] = labelled ? [{ name: "y", type: "FLOAT", repetition_type: "REQUIRED" }] : [];
  const columns = inputs.length + y.length;
  const bytes = new ByteWriter();
  const flush = (): void => {
    place(bytes.getBytes(), bytes.offset - bytes.index);
    bytes.index = 0;
  };
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: "root", num_children: columns }, ...inputs.flatMap(({ schema }) => schema), ...y],
    kvMetadata: [{ key: "equihard", value: meta }],
    createdBy: `equihard version ${version}`,
  });
  let written = 0;
  for (const { samples, labels } of chunks(source, split)) {
    const data = inputs.map(({ name, values }) => ({ name, data: values(samples) }));
    if (labelled) data.push({ name: "y", data: Float32Array.from(labels) });
    await writer.write({ columnData: data, rowGroupSize: samples.count });
    flush();
    await onExamples((written += samples.count));
  }
  await writer.finish();
  flush();
}
