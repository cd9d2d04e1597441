/**
 * The student classes of a family on its hard target and on the easy twin: with the symmetry (graph isomorphism
 * networks and attention on graphs), with another one, and with none.
 */

import { grouped } from "../../base/group.ts";
import { plainMlp } from "../../family/student.ts";
import { sentences } from "../../report/page.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import { failingCells, studentTraining, type FailingCell } from "../comparison/cells.ts";
import { comparisonStudy, type Comparison } from "../comparison/comparison.ts";
import { learnedOf, type Run, type Trial } from "../comparison/trial.ts";
import type { Scale } from "../scale.ts";

/** The class that holds the target comes first; of the others the plain one is marked. */
const nameOf = ({ family }: FailingCell, student: string): string =>
  family.students[student] === plainMlp ? `${student} (no symmetry)` : student;

const classesOf = ({ family: { students: all } }: FailingCell): string[] =>
  Object.keys(all).filter((student) => all[student].slow !== true);

const studentTrials = (catalogue: Catalogue): Trial[] =>
  failingCells(catalogue).flatMap((cell) =>
    classesOf(cell).flatMap((student) =>
      [false, true].map((easy) => ({
        panel: cell.at,
        condition: nameOf(cell, student),
        series: easy ? "easy twin" : "hard",
        task: studentTraining(cell, student, easy),
      })),
    ),
  );

function caption(runs: readonly Run[]): string {
  const count = (series: string, of: readonly Run[]): string =>
    learnedOf(of.filter((r) => r.series === series));
  const each = [...grouped(runs, (r) => r.condition)].map(
    ([condition, own]) => `${condition} ${count("hard", own)} and ${count("easy twin", own)}`,
  );
  return sentences(
    "The first student class of each family holds its target; all have the same steps and examples, one seed.",
    `Learned, hard targets and easy twins: ${each.join("; ")}.`,
    "Classes are not tuned one by one here, and those whose steps cost many times as much are left out.",
  );
}

const runs: Readonly<Record<Scale, boolean>> = { quick: false, laptop: true, paper: true };

export const studentsComparison: Comparison = {
  id: "students",
  title: "Other students: another symmetry, or none",
  across: "student class",
  ordered: false,
  trials: ({ scale, catalogue }) => (runs[scale] ? studentTrials(catalogue) : []),
  caption,
};

export const students = comparisonStudy(studentsComparison);
