/** What to cite for what a run used: families, learners, optimisers, certificates. BibTeX entries as data. */

import type { StoredRecord } from "../experiment/store.ts";
import type { Task } from "../experiment/task.ts";

export interface Reference {
  readonly key: string;
  readonly type: "article" | "inproceedings" | "software";
  /** BibTeX fields in order; values in LaTeX. */
  readonly fields: Readonly<Record<string, string>>;
  /** What of the run it is the source of. */
  readonly uses: readonly string[];
}

type Entry = Omit<Reference, "key" | "uses">;
const article = (fields: Entry["fields"]): Entry => ({ type: "article", fields });
const inProceedings = (fields: Entry["fields"]): Entry => ({ type: "inproceedings", fields });

const entries = {
  kiani2024: inProceedings({
    author: "Kiani, Bobak T. and Le, Thien and Lawrence, Hannah and Jegelka, Stefanie and Weber, Melanie",
    title: "On the hardness of learning under symmetries",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2024",
    eprint: "2401.01869",
    archiveprefix: "arXiv",
  }),
  kearns1998: article({
    author: "Kearns, Michael",
    title: "Efficient noise-tolerant learning from statistical queries",
    journal: "Journal of the ACM",
    volume: "45",
    number: "6",
    pages: "983--1006",
    year: "1998",
  }),
  szorenyi2009: inProceedings({
    author: String.raw`Sz{\"o}r{\'e}nyi, Bal{\'a}zs`,
    title: "Characterizing statistical query learning: simplified notions and proofs",
    booktitle: "Algorithmic Learning Theory (ALT)",
    pages: "186--200",
    year: "2009",
  }),
  feldman2017: article({
    author: "Feldman, Vitaly and Grigorescu, Elena and Reyzin, Lev and Vempala, Santosh S. and Xiao, Ying",
    title: "Statistical algorithms and a lower bound for detecting planted cliques",
    journal: "Journal of the ACM",
    volume: "64",
    number: "2",
    year: "2017",
  }),
  goel2020: inProceedings({
    author: "Goel, Surbhi and Gollakota, Aravind and Jin, Zhihan and Karmalkar, Sushrut and Klivans, Adam",
    title: "Superpolynomial lower bounds for learning one-layer neural networks using gradient descent",
    booktitle: "International Conference on Machine Learning (ICML)",
    year: "2020",
    eprint: "2006.12011",
    archiveprefix: "arXiv",
  }),
  diakonikolas2020: inProceedings({
    author: "Diakonikolas, Ilias and Kane, Daniel M. and Kontonis, Vasilis and Zarifis, Nikos",
    title: "Algorithms and {SQ} lower bounds for {PAC} learning one-hidden-layer {ReLU} networks",
    booktitle: "Conference on Learning Theory (COLT)",
    year: "2020",
    eprint: "2006.12476",
    archiveprefix: "arXiv",
  }),
  puny2022: inProceedings({
    author:
      "Puny, Omri and Atzmon, Matan and Smith, Edward J. and Misra, Ishan and Grover, Aditya and Ben-Hamu, Heli and Lipman, Yaron",
    title: "Frame averaging for invariant and equivariant network design",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2022",
  }),
  andoni2014: inProceedings({
    author: "Andoni, Alexandr and Panigrahy, Rina and Valiant, Gregory and Zhang, Li",
    title: "Learning sparse polynomial functions",
    booktitle: "ACM-SIAM Symposium on Discrete Algorithms (SODA)",
    pages: "500--510",
    year: "2014",
  }),
  linial1993: article({
    author: "Linial, Nathan and Mansour, Yishay and Nisan, Noam",
    title: "Constant depth circuits, {Fourier} transform, and learnability",
    journal: "Journal of the ACM",
    volume: "40",
    number: "3",
    pages: "607--620",
    year: "1993",
  }),
  kingma2015: inProceedings({
    author: "Kingma, Diederik P. and Ba, Jimmy",
    title: "{Adam}: a method for stochastic optimization",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2015",
    eprint: "1412.6980",
    archiveprefix: "arXiv",
  }),
} satisfies Record<string, Entry>;

type EntryKey = keyof typeof entries;

/** Beside the paper that all families are from. A new family or learner with a source of its own adds its line. */
const familySources: Readonly<Record<string, readonly EntryKey[]>> = {
  "gnn-hidden-plane": ["diakonikolas2020"],
  "cnn-hidden-plane": ["diakonikolas2020"],
  "frame-parity": ["goel2020", "puny2022"],
  "invariant-polynomial": ["andoni2014"],
};
const learnerSources: Readonly<Record<string, readonly EntryKey[]>> = {
  "growing-basis": ["andoni2014"],
  "low-degree": ["linial1993"],
};
const certificateSources: readonly EntryKey[] = ["kearns1998", "szorenyi2009", "feldman2017", "goel2020"];

/** The sources of one piece of work, each with what it is the source of. */
function sourcesOf(task: Task): [EntryKey, string][] {
  const as = (keys: readonly EntryKey[] = [], use: string): [EntryKey, string][] => keys.map((k) => [k, use]);
  const family = as(familySources[task.family], `family ${task.family}`);
  if (task.kind === "learn")
    return [...family, ...as(learnerSources[task.learner], `learner ${task.learner}`)];
  if (task.kind === "certify") return [...family, ...as(certificateSources, "certificates")];
  const adam = task.kind === "train" && (task.options["optimizer"] ?? "adam") === "adam";
  return adam ? [...family, ["kingma2015", "optimizer adam"]] : family;
}

/** The paper, this program in the versions that made the records, and the sources of what they used. */
export function referencesOf(records: readonly Pick<StoredRecord, "task" | "measurement">[]): Reference[] {
  const uses = new Map<EntryKey, Set<string>>();
  for (const { task } of records)
    for (const [key, use] of sourcesOf(task)) uses.set(key, (uses.get(key) ?? new Set()).add(use));
  const versions = [...new Set(records.map((r) => r.measurement["version"]))].filter((v) => typeof v === "string"); // prettier-ignore
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
  const found = (Object.keys(entries) as EntryKey[]).flatMap((key) => {
    const list = key === "kiani2024" ? ["the theorems"] : [...(uses.get(key) ?? [])].sort();
    return list.length === 0 ? [] : [{ key, ...entries[key], uses: list }];
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
