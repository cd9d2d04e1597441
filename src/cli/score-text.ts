/** Grades as lines for people, and as a page in Markdown. */

import type { ScoreDocument } from "../suite/document.ts";
import type { Scored, Standing } from "../suite/score.ts";
import { shortStanding } from "../suite/words.ts";

const digits = (x: number): string => x.toFixed(4);

function said({ grade, baseline, verdict, against }: Scored): string {
  const { explainedVariance, low, high, accuracy, control } = grade;
  const right = accuracy === null ? "" : `, accuracy ${digits(accuracy)}`;
  const majority = baseline.majority === null ? "" : `, accuracy ${digits(baseline.majority)}`;
  return [
    `explained variance ${digits(explainedVariance)} (95 %: ${digits(low)} to ${digits(high)})${right}`,
    `without looking 0${majority}`,
    `correlation ${digits(control.correlation)}, with shuffled labels at most ${digits(control.shuffled)}` +
      ` (p ${control.p.toPrecision(2)})`,
    against === null ? `${verdict}.` : `${verdict}. ${against}`,
  ].join("; ");
}

function stands(one: Standing): string {
  const at = one.estimate === null ? "" : "at ";
  return `${one.family}, ${one.easy ? "easy twin" : "hard"}: transition ${at}${shortStanding(one)}`;
}

const selfGraded = "Self-graded: whoever has the seed has the labels.";

export function scoreText({ entries, transitions }: ScoreDocument): string {
  return [...entries.map((one) => `${one.name}: ${said(one)}`), ...transitions.map(stands), selfGraded].join(
    "\n",
  );
}

export function scoreMarkdown({ submission, entries, transitions }: ScoreDocument): string {
  const rows = entries.map(({ name, grade: g, baseline, verdict, against }) => {
    const limits = `${digits(g.low)} to ${digits(g.high)}`;
    const cells = [
      name,
      digits(g.explainedVariance),
      limits,
      g.accuracy === null ? "" : `${digits(g.accuracy)} (${digits(baseline.majority ?? 0)})`,
      g.control.p.toPrecision(2),
      verdict,
      against ?? "",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    `# Score of ${submission}`,
    selfGraded,
    [
      "| entry | explained variance | 95 % | accuracy (majority) | shuffled labels, p | verdict | certificate |",
      "| --- | --- | --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
    transitions.map((one) => `- ${stands(one)}`).join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}
