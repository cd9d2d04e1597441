/**
 * Croissant metadata (MLCommons, format specification 1.1, and its responsible-AI vocabulary 1.0) of a data set in a
 * folder: its files with their hashes, its splits, what a record holds and where it comes from.
 */

import type { Json } from "../../base/json.ts";
import type { Family } from "../../family/family.ts";
import type { GraphForm } from "../parquet.ts";
import type { DataFile, Manifest } from "../manifest.ts";

/** The terms of the specification's own context (appendix 1) that are used here. */
const context = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  sc: "https://schema.org/",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  dct: "http://purl.org/dc/terms/",
  prov: "http://www.w3.org/ns/prov#",
  arrayShape: "cr:arrayShape",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  extract: "cr:extract",
  field: "cr:field",
  fileObject: "cr:fileObject",
  isArray: "cr:isArray",
  isLiveDataset: "cr:isLiveDataset",
  key: "cr:key",
  recordSet: "cr:recordSet",
  references: "cr:references",
  source: "cr:source",
} as const;

const paper = "https://arxiv.org/abs/2401.01869";
/** Data sets are made from their parameters alone: their date is that of the program's version, not of the run. */
const datePublished = "2026-11-28";

const splitTerms: Readonly<Record<string, string>> = {
  train: "cr:TrainingSplit",
  validation: "cr:ValidationSplit",
  test: "cr:TestSplit",
};

/** A column of the files, as Croissant has it. */
interface ColumnField {
  readonly name: string;
  readonly description: string;
  readonly dataType: string;
  /** Sizes of an array, -1 where it varies from record to record. */
  readonly shape?: readonly number[];
}

/** The columns of the inputs. */
export function columnsOf({ inputs }: Pick<Manifest, "inputs">, form: GraphForm): ColumnField[] {
  const { name, shape } = inputs;
  if (name === "X") return [{ name, description: "the input, row-major", dataType: "sc:Float", shape }];
  const ends = (end: string): ColumnField => ({
    name: end,
    description: `the ${end} nodes of all edges, from 0; an undirected edge stands in both directions`,
    dataType: "sc:Integer",
    shape: [-1],
  });
  const forms: Readonly<Record<GraphForm, ColumnField[]>> = {
    dense: [{ name, description: "the adjacency matrix, row-major", dataType: "sc:Integer", shape }],
    edges: [ends("source"), ends("target")],
    graph6: [{ name: "graph6", description: "the graph in graph6 or digraph6 form", dataType: "sc:Text" }],
  };
  return forms[form];
}

const label: ColumnField = { name: "y", description: "the label", dataType: "sc:Float" };

function fieldOf(split: string, { name, description, dataType, shape }: ColumnField): Json {
  return {
    "@type": "cr:Field",
    "@id": `${split}/${name}`,
    name,
    description,
    dataType,
    ...(shape === undefined ? {} : { isArray: true, arrayShape: shape.join(",") }),
    source: { fileObject: { "@id": `${split}.parquet` }, extract: { column: name } },
  };
}

const fileObject = ({ path, split = "train", bytes, sha256 }: DataFile): Json => ({
  "@type": "cr:FileObject",
  "@id": `${split}.parquet`,
  name: `${split}.parquet`,
  contentUrl: path,
  contentSize: `${bytes} B`,
  encodingFormat: "application/vnd.apache.parquet",
  sha256,
});

const recordSet = (file: DataFile, inputs: readonly ColumnField[], labelled: boolean): Json => {
  const { split = "train", examples } = file;
  return {
    "@type": "cr:RecordSet",
    "@id": split,
    name: split,
    description: `the ${examples} examples of the ${split} split`,
    field: [...inputs, ...(labelled ? [label] : [])].map((column) => fieldOf(split, column)),
  };
};

const splitsSet = (names: readonly string[]): Json => ({
  "@type": "cr:RecordSet",
  "@id": "splits",
  name: "splits",
  description: "the splits, with what they are for",
  dataType: "cr:Split",
  key: { "@id": "splits/name" },
  field: [
    { "@type": "cr:Field", "@id": "splits/name", name: "name", dataType: "sc:Text" },
    { "@type": "cr:Field", "@id": "splits/url", name: "url", dataType: ["sc:URL", "cr:Split"] },
  ],
  data: names.map((name) => ({ "splits/name": name, "splits/url": splitTerms[name] })),
});

/** What the responsible-AI vocabulary asks of a data set, answered for one that a program draws. */
function responsibleUse({ title, source }: Family, { easy, version }: Manifest): Record<string, Json> {
  const kind = easy
    ? "the easy twin, a control that gradient descent learns"
    : "a function that is hard for learners from correlations";
  return {
    "rai:dataCollection": [
      `Drawn by a program, equihard ${version}, from the family's input law;`,
      `labels are exact values of ${kind}.`,
    ].join(" "),
    "rai:dataCollectionType": ["Software Collection"],
    "rai:dataLimitations":
      "Synthetic and without noise. They measure learnability of one function class; they say nothing of natural data.",
    "rai:dataBiases": "None from people: examples are independent draws of a stated law.",
    "rai:personalSensitiveInformation": "None.",
    "rai:dataUseCases":
      "Testing which learners find the hidden parameters, and at which size they stop; no training of models for use.",
    "rai:dataSocialImpact": "None that we know of: no person, group or natural domain is represented.",
    "rai:hasSyntheticData": true,
    "prov:wasDerivedFrom": { "@id": paper, name: `${title}: ${source}` },
    "prov:wasGeneratedBy": {
      "@type": "prov:Activity",
      name: "equihard export",
      description: "deterministic: the manifest's parameters and seed give the same bytes",
    },
  };
}

/** The document `croissant.json`. @param manifest files named from the folder, splits as the hub names them */
export function croissant(family: Family, manifest: Manifest, form: GraphForm): Json {
  const { files, easy, license, version } = manifest;
  const blind = manifest.seed === null;
  const inputs = columnsOf(manifest, form);
  const names = files.map(({ split = "train" }) => split);
  return {
    "@context": context,
    "@type": "sc:Dataset",
    conformsTo: ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
    name: `${family.id}-${easy ? "easy" : "hard"}`,
    description: `${family.title}. ${easy ? "The easy twin" : "The hard target"} of one drawn instance.`,
    url: paper,
    version,
    license: `https://spdx.org/licenses/${license}.html`,
    creator: { "@type": "Organization", name: "equihard" },
    datePublished,
    citeAs:
      "B. Kiani, T. Le, H. Lawrence, S. Jegelka, M. Weber: On the hardness of learning under symmetries. ICLR 2024.",
    isLiveDataset: false,
    keywords: ["synthetic", "symmetry", "statistical queries", "learnability"],
    distribution: files.map(fileObject),
    recordSet: [
      splitsSet(names),
      ...files.map((file) => recordSet(file, inputs, !(blind && file.split === "test"))),
    ],
    ...responsibleUse(family, manifest),
  };
}
