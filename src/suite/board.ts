/** The leaderboard: where the transition of each submission lies, family by family, as a page of the report's style. */

import { list, paragraph, table, type Block, type Page, type Section } from "../report/page.ts";
import type { Submission } from "./document.ts";
import { standings, type Standing } from "./score.ts";
import { suite, suiteVersion } from "./suite.ts";
import { shortStanding } from "./words.ts";

const families = [...new Set(suite.map(({ family }) => family))];

/** How far a submission is shown to get: later is better, unknown last. Beyond its largest size nobody looked. */
const reach = (standing: Standing | undefined): number => {
  if (standing === undefined) return -1;
  if (standing.status === "learned throughout") return Math.max(...standing.sizes);
  return standing.estimate ?? 0;
};

/** One of the two targets of a family: where a submission stands, and at which sizes it was left out. */
interface Side {
  readonly standing: Standing | undefined;
  readonly notRun: readonly number[];
}

function sideOf({ entries, notRun }: Submission, family: string, easy: boolean): Side {
  const left = suite.filter((e) => e.family === family && e.easy === easy && notRun?.includes(e.name));
  return {
    standing: standings(entries).find((one) => one.family === family && one.easy === easy),
    notRun: left.map(({ size }) => size),
  };
}

const shown = ({ standing, notRun }: Side): string => {
  if (standing !== undefined) return shortStanding(standing);
  return notRun.length > 0 ? "not run" : "not graded";
};

const sizes = ({ standing, notRun }: Side): string =>
  [...(standing?.sizes ?? []), ...notRun.map((size) => `${size} not run`)].join(", ");

/** Of what was graded in a family; empty where nobody looked. */
function processorTime({ entries }: Submission, family: string): string {
  const own = entries.filter(({ name }) => name.startsWith(`${family}.`));
  const seconds = own.reduce((sum, { processorSeconds = NaN }) => sum + processorSeconds, 0);
  return own.length === 0 || Number.isNaN(seconds) ? "" : `${Math.ceil(seconds)} s`;
}

/** @returns null where nobody was graded */
function familyTable(family: string, submissions: readonly Submission[]): Block | null {
  const rows = submissions
    .map((submission) => {
      const [hard, easy] = [false, true].map((kind) => sideOf(submission, family, kind));
      return { submission, hard, easy };
    })
    .filter(({ hard, easy }) => sizes(hard) + sizes(easy) !== "")
    .sort(
      (a, b) =>
        reach(b.hard.standing) - reach(a.hard.standing) || reach(b.easy.standing) - reach(a.easy.standing),
    );
  if (rows.length === 0) return null;
  return table(
    ["submission", "hard target", "sizes", "easy twin", "sizes", "processor time"],
    rows.map(({ submission, hard, easy }) => [
      submission.submission,
      shown(hard),
      sizes(hard),
      shown(easy),
      sizes(easy),
      processorTime(submission, family),
    ]),
  );
}

function familySection(family: string, submissions: readonly Submission[]): Section[] {
  const transitions = familyTable(family, submissions);
  if (transitions === null) return [];
  const { axis } = suite.find((entry) => entry.family === family) ?? suite[0];
  return [
    {
      id: family,
      title: `${family}, along ${axis}`,
      blocks: [
        transitions,
        paragraph("Every graded size of the hard target, and what its certificate says of the grade:"),
        entriesTable(family, submissions),
      ],
    },
  ];
}

/** Every grade of the hard targets, with what the certificate says of it. */
function entriesTable(family: string, submissions: readonly Submission[]): Block {
  const hard = suite.filter((entry) => entry.family === family && !entry.easy);
  const rows = hard.flatMap(({ name, axis, size }) =>
    submissions.flatMap(({ submission, entries }) => {
      const found = entries.find((entry) => entry.name === name);
      if (found === undefined) return [];
      const { explainedVariance, low, high, control } = found.grade;
      return [
        [
          `${axis} = ${size}`,
          submission,
          explainedVariance.toFixed(3),
          `${low.toFixed(3)} to ${high.toFixed(3)}`,
          control.p.toPrecision(2),
          found.verdict,
          found.against ?? "",
        ],
      ];
    }),
  );
  return table(
    ["size", "submission", "explained variance", "95 %", "shuffled labels, p", "verdict", "certificate"],
    rows,
  );
}

/** @param submissions in the order in which equals stand */
export function boardPage(submissions: readonly Submission[]): Page {
  return {
    title: `Where learners stop: ${suiteVersion}`,
    lead: [
      "A score is no accuracy at one size, but the size at which a learner's explained variance falls through a half,",
      "with its interval. Further right is better; nobody is expected to learn all of a hard family from correlations.",
    ].join(" "),
    sections: [
      ...families.flatMap((family) => familySection(family, submissions)),
      {
        id: "how",
        title: "How it is graded",
        blocks: [
          paragraph("Self-graded: labels follow from a seed, and whoever has the seed has the labels."),
          list([
            "The interval is that of the crossing of the lower and of the upper 95 % limits along the graded sizes.",
            "Shuffled labels, p: the share of rotated labels that correlate as well; small where labels were used.",
            "Our own learners have defaults but for what their names say, and fresh examples of their own.",
            "Processor time is that of learning and grading, all threads together; not run: left out for it.",
          ]),
        ],
      },
    ],
  };
}
