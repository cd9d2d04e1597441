/** A visitor's own labelled data, diagnosed as `equihard diagnose` does. */

import { parseGroup } from "../../../src/symmetry/index.ts";
import { labelledIn } from "../../../src/dataset/labelled.ts";
import { actOn } from "../../../src/diagnose/action.ts";
import { costOf } from "../../../src/diagnose/cost.ts";
import { diagnose as diagnosed, type Diagnosis } from "../../../src/diagnose/diagnose.ts";
import { documentOf } from "../../../src/diagnose/document.ts";
import type { Table } from "../../../src/report/page.ts";
import {
  dataWords,
  degreeTable,
  exponentWords,
  invarianceWords,
  learnerTable,
  subgroupTable,
} from "../../../src/diagnose/words.ts";

export interface DiagnoseSpec {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What acts on the points of an example; empty: nothing does. */
  readonly group: string;
}

/** How far it is. */
export interface DiagnoseEvent {
  readonly text: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** As the command line takes it. */
  readonly group: string;
  /** What all of it is expected to take here. */
  readonly seconds: number;
}

/** The page of a diagnosis, in the program's own words. */
export interface DiagnoseFacts {
  /** As the command line takes it. */
  readonly group: string;
  readonly verdict: readonly string[];
  readonly data: string;
  readonly exponents: string;
  readonly invariance: readonly string[];
  readonly tests: Diagnosis["tests"];
  readonly learners: Diagnosis["learners"];
  readonly tables: { readonly degrees: Table; readonly learners: Table; readonly subgroups: Table };
  /** What `diagnose --json` prints. */
  readonly document: object;
}

/** The command line's presets. */
const [most, degree, seed] = [20_000, 3, 0];

export async function diagnose(
  { name, bytes, group: given }: DiagnoseSpec,
  tell: (event: DiagnoseEvent) => void,
): Promise<DiagnoseFacts> {
  const data = await labelledIn(bytes, name, { most, seed });
  const group = given === "" ? `trivial:${data.shape[0]}` : given;
  const acting = parseGroup(group);
  tell({ text: "estimating how long it takes", fraction: 0, group, seconds: 0 });
  const { seconds } = await costOf(actOn(data, acting), degree);
  const found = await diagnosed(data, acting, {
    seed,
    degree,
    onProgress: (text, fraction) => tell({ text, fraction, group, seconds }),
  });
  return {
    group,
    verdict: found.verdict.words,
    data: dataWords(found),
    exponents: exponentWords(found),
    invariance: invarianceWords(found),
    tests: found.tests,
    learners: found.learners,
    tables: {
      degrees: degreeTable(found),
      learners: learnerTable(found),
      subgroups: subgroupTable(found),
    },
    document: documentOf(name, found),
  };
}
