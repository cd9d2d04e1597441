/** What to cite for what a run used: families, learners, students, losses, optimisers, certificates, recipes. */

import { nearest, reject } from "../base/errors.ts";
import type { Envelope } from "../run/record.ts";
import type { Catalogue } from "../run/catalogue.ts";
import type { Task } from "../run/task.ts";
import { everyFamily } from "../family/neighbours.ts";
import { learners } from "../learner/registry.ts";
import type { Source } from "../base/reference.ts";
import { entries, type EntryKey } from "./references.ts";

/** A work to cite. */
export interface Reference extends Source {
  /** What of the run it is the source of. */
  readonly uses: readonly string[];
}

type Sources = Readonly<Record<string, readonly EntryKey[]>>;

/**
 * The sources of what a task can name beside its family, learner and recipe, which bring their own, and beside the
 * paper that all families are from. Every student, loss, optimiser and initialisation has its line; an empty one says
 * that there is nothing to cite.
 */
export const sources = {
  student: {
    gnn: [],
    gin: ["xu2019"],
    attention: ["velickovic2018"],
    unitary: ["kiani2024unitary"],
    "unitary-lie": ["kiani2024unitary"],
    canonical: ["lin2024"],
    "gram-schmidt": ["lin2024"],
    "oriented-gram-schmidt": ["lin2024"],
    mlp: [],
    "plain-mlp": [],
    polynomial: [],
    "group-cnn": ["ravanbakhsh2017"],
    "group-linear": ["ravanbakhsh2017", "maron2019"],
    "deep-sets": ["zaheer2017"],
    "frame-averaged": ["puny2022"],
  },
  loss: { squared: [], logistic: [], l1: ["joshi2024"] },
  optimizer: { adam: ["kingma2015"], sgd: [] },
  "initial weights": { he: ["he2015"], teacher: [] },
} satisfies Readonly<Record<string, Sources>>;

const certificateSources: readonly EntryKey[] = ["kearns1998", "szorenyi2009", "feldman2017", "goel2020"];

type Used = [Source, string];

const entry = (key: EntryKey): Source => ({ key, ...entries[key] });

const of = (kind: keyof typeof sources, name: string): Used[] => {
  const table: Sources = sources[kind];
  const keys = Object.hasOwn(table, name) ? table[name] : [];
  return keys.map((key) => [entry(key), `${kind} ${name}`]);
};

const isEntry = (key: string): key is EntryKey => Object.hasOwn(entries, key);

/** Families, learners and studies, one's own among them, which name their sources. */
export interface Cited extends Pick<Catalogue, "families" | "learners"> {
  readonly studies?: readonly {
    readonly id: string;
    readonly recipe?: { readonly references: readonly (string | Source)[] };
  }[];
}

function ownSources(
  kind: "family" | "learner" | "recipe",
  id: string,
  references: readonly (string | Source)[] = [],
): Used[] {
  const where = `${kind} ${id}`;
  return references.map((given) => [typeof given === "string" ? entryOf(given, where) : given, where]);
}

function entryOf(key: string, where: string): Source {
  if (isEntry(key)) return entry(key);
  const close = nearest(key, Object.keys(entries));
  return reject({
    where: `${where}: references`,
    what: `"${key}" is no key of the program's bibliography`,
    allowed: "its keys, or an entry { key, type, fields } of your own",
    ...(close === undefined ? {} : { next: `did you mean "${close}"?` }),
  });
}

const byId = <T extends { readonly id: string }>(list: readonly T[] = [], id: string): T | undefined =>
  list.find((x) => x.id === id);

/** What gradient descent with these options rests on; absent ones are the defaults. */
function trainingSources(family: string, options: Readonly<Record<string, unknown>>, cited: Cited): Used[] {
  const first = Object.keys(byId(cited.families, family)?.students ?? {})[0];
  const option = (name: string, preset: string): string => String(options[name] ?? preset);
  return [
    ...of("student", option("student", first ?? "")),
    ...of("loss", option("loss", "squared")),
    ...of("optimizer", option("optimizer", "adam")),
    ...of("initial weights", option("init", "he")),
  ];
}

const learnerSources = (family: string, learner: string, cited: Cited): Used[] => [
  ...ownSources("learner", learner, byId(cited.learners, learner)?.references),
  ...(learner === "gradient-descent" ? trainingSources(family, {}, cited) : []),
];

/** The sources of one piece of work, each with what it is the source of. */
function sourcesOf(task: Task, cited: Cited): Used[] {
  const family = ownSources("family", task.family, byId(cited.families, task.family)?.references);
  switch (task.kind) {
    case "train":
      return [...family, ...trainingSources(task.family, task.options, cited)];
    case "learn":
      return [...family, ...learnerSources(task.family, task.learner, cited)];
    case "certify":
      return [...family, ...certificateSources.map((key): Used => [entry(key), "certificates"])];
    case "recipe": {
      const { learner } = task.params as { readonly learner?: unknown };
      const asked = typeof learner === "string" ? learnerSources(task.family, learner, cited) : [];
      const study = byId(cited.studies, task.recipe);
      return [...family, ...ownSources("recipe", task.recipe, study?.recipe?.references), ...asked];
    }
  }
}

/**
 * The paper, this program in the versions that made the records, and the sources of what they used.
 * @param cited what the records may be of; by default the built-in families and learners
 * @throws InputError for a reference that is no key of the bibliography, or another work by a key that is taken
 */
export function referencesOf(
  records: readonly Pick<Envelope, "task" | "measurement">[],
  cited: Cited = { families: everyFamily, learners },
): Reference[] {
  const uses = new Map<string, Set<string>>();
  const own = new Map<string, Source>();
  for (const { task } of records)
    for (const [source, use] of sourcesOf(task, cited)) {
      const { key } = source;
      const before = isEntry(key) ? entry(key) : (own.get(key) ?? source);
      if (JSON.stringify(before.fields) !== JSON.stringify(source.fields))
        reject({
          where: `${use}: references`,
          what: `"${key}" is another work already`,
          next: "rename the key",
        });
      uses.set(key, (uses.get(key) ?? new Set()).add(use));
      if (!isEntry(key)) own.set(key, source);
    }
  const versions = [...new Set(records.map((r) => r.measurement["version"]))].filter(
    (v) => typeof v === "string",
  );
  const tool: Reference = {
    key: "equihard",
    type: "software",
    fields: {
      author: "{the equihard authors}",
      title: "equihard: a workbench for the learnability of symmetric function classes",
      version: versions.sort().join(", "),
    },
    uses: ["all computations"],
  };
  const bibliography = [...(Object.keys(entries) as EntryKey[]).map(entry), ...own.values()];
  const found = bibliography.flatMap((source) => {
    const list = source.key === "kiani2024" ? ["the theorems"] : [...(uses.get(source.key) ?? [])].sort();
    return list.length === 0 ? [] : [{ ...source, uses: list }];
  });
  return [found[0], tool, ...found.slice(1)];
}

/** The families, learners and recipes of records that their sources are not known of, in words. */
export function unknownTo(cited: Cited, records: readonly Pick<Envelope, "task">[]): string[] {
  const unknown = records.flatMap(({ task }) => [
    ...(byId(cited.families, task.family) === undefined ? [`family ${task.family}`] : []),
    ...(task.kind === "learn" && byId(cited.learners, task.learner) === undefined
      ? [`learner ${task.learner}`]
      : []),
    ...(task.kind === "recipe" && byId(cited.studies, task.recipe) === undefined
      ? [`recipe ${task.recipe}`]
      : []),
  ]);
  return [...new Set(unknown)];
}

/** As a .bib file, each entry below a comment that says what it is the source of. */
export const bibtex = (references: readonly Reference[]): string =>
  references
    .map(({ key, type, fields, uses }) =>
      [
        `% ${uses.join("; ")}`,
        `@${type}{${key},`,
        ...Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`),
        "}",
      ].join("\n"),
    )
    .join("\n\n");
