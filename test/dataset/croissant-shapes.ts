/**
 * What the Croissant format specification 1.1, its responsible-AI vocabulary and the shapes of Croissant Tasks ask of a
 * document, written down from their text. It is no official checker.
 */

type Node = Readonly<Record<string, unknown>>;

/** Of a data set: required by the specification, and the fields that data-set tracks ask for beside them. */
const required = [
  "@context",
  "@type",
  "conformsTo",
  "name",
  "description",
  "license",
  "url",
  "creator",
  "datePublished",
];
const recommended = ["version", "citeAs", "distribution", "recordSet"];
const responsible = [
  "rai:dataCollection", "rai:dataLimitations", "rai:dataBiases", "rai:personalSensitiveInformation", "rai:dataUseCases",
  "rai:dataSocialImpact", "rai:hasSyntheticData", "prov:wasDerivedFrom", "prov:wasGeneratedBy",
]; // prettier-ignore
const dataTypes = ["sc:Float", "sc:Integer", "sc:Text", "sc:URL", "cr:Split"];
const splits = ["cr:TrainingSplit", "cr:ValidationSplit", "cr:TestSplit"];

const list = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);

/** What the document lacks, in words; nothing where it fits. */
export function croissantFaults(document: unknown): string[] {
  const root = document as Node;
  const faults = [...required, ...recommended, ...responsible].filter((name) => root[name] === undefined);
  const of = (name: string): void => void faults.push(name);
  if (root["@type"] !== "sc:Dataset") of("type");
  for (const version of ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"])
    if (!list(root["conformsTo"]).includes(version as never)) of(`conformsTo ${version}`);
  if (!/^\d{4}-\d\d-\d\d$/.test(String(root["datePublished"]))) of("date");
  if (!String(root["license"]).startsWith("https://")) of("license is no URL");
  const files = list(root["distribution"]);
  const sets = list(root["recordSet"]);
  const fields = sets.flatMap((set) => list(set["field"]));
  const ids = [...files, ...sets, ...fields].map((node) => node["@id"]);
  if (new Set(ids).size !== ids.length || ids.some((id) => typeof id !== "string")) of("ids");
  for (const file of files) {
    if (file["@type"] !== "cr:FileObject") of("file type");
    if (!/^[0-9a-f]{64}$/.test(String(file["sha256"]))) of("sha256");
    for (const name of ["name", "contentUrl", "encodingFormat"]) if (!file[name]) of(`file ${name}`);
  }
  for (const set of sets) {
    if (set["@type"] !== "cr:RecordSet" || list(set["field"]).length === 0) of("record set");
    if (set["dataType"] !== "cr:Split") continue;
    for (const row of list(set["data"]))
      if (!splits.includes(String(row["splits/url"])) || !sets.some((s) => s["@id"] === row["splits/name"]))
        of("split");
  }
  for (const field of fields) {
    const types = Array.isArray(field["dataType"]) ? field["dataType"] : [field["dataType"]];
    if (field["@type"] !== "cr:Field" || !types.every((t) => dataTypes.includes(t))) of("field type");
    if ((field["isArray"] === true) !== /^-?\d+(,-?\d+)*$/.test(String(field["arrayShape"])))
      of("array shape");
    const source = field["source"] as { fileObject?: Node; extract?: Node } | undefined;
    if (String(field["@id"]).startsWith("splits/")) continue;
    if (!files.some((file) => file["@id"] === source?.fileObject?.["@id"])) of("source");
    if (typeof source?.extract?.["column"] !== "string") of("column");
  }
  const terms = Object.keys(root["@context"] as Node);
  const used = JSON.stringify([files, sets]).match(
    /"(?:isArray|arrayShape|dataType|recordSet|field|column|extract)"/g,
  );
  for (const term of new Set(used ?? [])) if (!terms.includes(JSON.parse(term))) of(`context lacks ${term}`);
  return faults;
}

/** What a task problem whose data are given and whose predictions are wanted lacks, in words. */
export function taskFaults(document: unknown): string[] {
  const task = document as Readonly<Record<string, Node | undefined>>;
  const output = task["croissant:output"];
  const schema = output?.["croissant:schema"] as Node | undefined;
  const rules: readonly (readonly [string, boolean])[] = [
    // a class of its own: the shape of a plain task wants another task as evaluation
    ["a problem, and no task", (task["@type"] as unknown) === "croissant:TaskProblem"],
    ["input is a data set", task["croissant:input"]?.["@type"] === "Dataset"],
    ["output is wanted", output?.["@type"] === "croissant:OutputSpec"],
    ["output has records", output === undefined || schema?.["@type"] === "croissant:RecordSet"],
    ["evaluation is described", task["croissant:evaluation"]?.["@type"] === "croissant:EvaluationSpec"],
  ];
  return rules.flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
