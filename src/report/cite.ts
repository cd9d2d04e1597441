/** What to cite for what a run used: families, learners, students, losses, optimisers, certificates, recipes. */

import type { Envelope } from "../run/record.ts";
import type { Catalogue } from "../run/catalogue.ts";
import type { Task } from "../run/task.ts";
import { families } from "../family/registry.ts";
import { learners } from "../learner/registry.ts";
import type { Source } from "../base/reference.ts";
import { entries, type EntryKey } from "./references.ts";

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

/** What brings its own sources: keys of the bibliography, or entries. */
interface Sourced {
  readonly id: string;
  readonly references: readonly (string | Source)[];
}

/** Families and learners, one's own among them. */
type Known = Pick<Catalogue, "families" | "learners">;
const builtIn: Known = { families, learners };

const ownSources = (kind: "family" | "learner" | "recipe", known: readonly Sourced[], id: string): Used[] => {
  const references = known.find((x) => x.id === id)?.references ?? [];
  const found = references.map((r) => (typeof r === "string" && isEntry(r) ? entry(r) : r));
  return found.filter((r) => typeof r !== "string").map((source) => [source, `${kind} ${id}`]);
};

/** What gradient descent with these options rests on; absent ones are the defaults. */
function trainingSources(family: string, options: Readonly<Record<string, unknown>>, known: Known): Used[] {
  const first = Object.keys(known.families.find((f) => f.id === family)?.students ?? {})[0];
  const option = (name: string, preset: string): string => String(options[name] ?? preset);
  return [
    ...of("student", option("student", first ?? "")),
    ...of("loss", option("loss", "squared")),
    ...of("optimizer", option("optimizer", "adam")),
    ...of("initial weights", option("init", "he")),
  ];
}

const learnerSources = (family: string, learner: string, known: Known): Used[] => [
  ...ownSources("learner", known.learners, learner),
  ...(learner === "gradient-descent" ? trainingSources(family, {}, known) : []),
];

/** The sources of one piece of work, each with what it is the source of. */
function sourcesOf(task: Task, recipes: readonly Sourced[], known: Known): Used[] {
  const family = ownSources("family", known.families, task.family);
  switch (task.kind) {
    case "train":
      return [...family, ...trainingSources(task.family, task.options, known)];
    case "learn":
      return [...family, ...learnerSources(task.family, task.learner, known)];
    case "certify":
      return [...family, ...certificateSources.map((key): Used => [entry(key), "certificates"])];
    case "recipe": {
      const { learner } = task.params as { readonly learner?: unknown };
      const asked = typeof learner === "string" ? learnerSources(task.family, learner, known) : [];
      return [...family, ...ownSources("recipe", recipes, task.recipe), ...asked];
    }
  }
}

/**
 * The paper, this program in the versions that made the records, and the sources of what they used.
 * @param recipes the studies' computations, which name their sources
 * @param known the families and learners that the records may be of
 */
export function referencesOf(
  records: readonly Pick<Envelope, "task" | "measurement">[],
  recipes: readonly Sourced[] = [],
  known: Known = builtIn,
): Reference[] {
  const uses = new Map<string, Set<string>>();
  const own = new Map<string, Source>();
  for (const { task } of records)
    for (const [source, use] of sourcesOf(task, recipes, known)) {
      uses.set(source.key, (uses.get(source.key) ?? new Set()).add(use));
      if (!isEntry(source.key)) own.set(source.key, source);
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
