/** A work to cite, as data: what a family or a learner brings of its own. */

/** A BibTeX entry without its key. */
export interface Entry {
  readonly type: "article" | "inproceedings" | "software" | "book" | "misc";
  /** BibTeX fields in order; values in LaTeX. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A BibTeX entry; entries of one key are the same work. */
export interface Source extends Entry {
  readonly key: string;
}
