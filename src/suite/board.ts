/** The leaderboard: where the transition of each submission lies, family by family, as a page of the report's style. */

import { list, paragraph, table, type Block, type Page, type Section } from "../report/page.ts";
import type { Submission } from "./document.ts";
import { standings, type Standing } from "./score.ts";
import { suite, suiteVersion } from "./suite.ts";
import { shortStanding } from "./words.ts";

const families = [...new Set(suite.map(({ family }) => family))];

/** How far a submission gets: later is better, unknown last. */
const reach = (standing: Standing | undefined): number => {
  if (standing === undefined) return -1;
  if (standing.status === "learned throughout") return Number.POSITIVE_INFINITY;
  return standing.estimate ?? 0;
};

/** @returns null where nobody was graded */
function familyTable(family: string, submissions: readonly Submission[]): Block | null {
  const rows = submissions
    .map((submission) => {
      const own = standings(submission.entries).filter((one) => one.family === family);
      const [hard, easy] = [false, true].map((kind) => own.find((one) => one.easy === kind));
      return { submission, hard, easy };
    })
    .filter(({ hard, easy }) => hard !== undefined || easy !== undefined)
    .sort((a, b) => reach(b.hard) - reach(a.hard) || reach(b.easy) - reach(a.easy));
  if (rows.length === 0) return null;
  const shown = (standing: Standing | undefined): string =>
    standing === undefined ? "not graded" : shortStanding(standing);
  return table(
    ["submission", "hard target", "easy twin", "sizes graded"],
    rows.map(({ submission, hard, easy }) => [
      submission.submission,
      shown(hard),
      shown(easy),
      (hard ?? easy)?.sizes.join(", ") ?? "",
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
            "Our own learners have their defaults and are graded on fresh examples of their own: score --learner ID.",
          ]),
        ],
      },
    ],
  };
}
