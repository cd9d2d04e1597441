/** The report of a diagnosis: the verdict, what was seen at each degree, the learners, and which group fits. */

import * as Plot from "@observablehq/plot";
import type { Figure } from "../report/drawing.ts";
import { colours, figureOf, inColour, legend, palette, plot } from "../report/figure.ts";
import {
  figure,
  list,
  pageHtml,
  paragraph,
  sentences,
  table,
  type Block,
  type Section,
  type Table,
} from "../report/page.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { TransformName } from "./labels.ts";
import {
  dataWords,
  degreeTable,
  exponentWords,
  invarianceWords,
  learnerTable,
  subgroupTable,
} from "./words.ts";

const colourOf: Readonly<Record<TransformName, string>> = {
  label: colours.hard,
  square: colours.easy,
  abs: palette[4],
  sign: palette[3],
  threshold: colours.other,
};

/** Squared correlations of each degree with their limits, and from where they would have been seen. */
function degreeFigure({ tests }: Diagnosis, document: Document): Figure {
  const title = "What invariant polynomials of each degree see of the label, and of functions of it";
  const names = [...new Set(tests.map((t) => t.transform))];
  const offset = (t: Diagnosis["tests"][number]): number =>
    t.degree + (names.indexOf(t.transform) - (names.length - 1) / 2) * (0.7 / Math.max(2, names.length));
  const points = tests.map((t) => ({ ...t, at: offset(t) }));
  const colour = (t: (typeof points)[number]): string => colourOf[t.transform];
  const known = points.filter((t) => t.detectable !== null);
  const degrees = [...new Set(tests.map((t) => t.degree))];
  const svg = plot(document, title, {
    x: { label: "degree", ticks: degrees, tickFormat: "d", domain: [0.5, Math.max(...degrees) + 0.5] },
    y: { label: "sum of squared correlations" },
    marks: [
      Plot.ruleY([0], { stroke: colours.baseline }),
      Plot.dot(known, { x: "at", y: "detectable", symbol: "times", r: 3, stroke: colour }),
      Plot.ruleX(points, { x: "at", y1: "low", y2: "high", stroke: colour, strokeWidth: 1.6 }),
      Plot.dot(points, {
        x: "at",
        y: "share",
        r: 4.5,
        ...inColour(colour),
        stroke: colour,
        fill: (t: (typeof points)[number]) => (t.seen ? colour(t) : "white"),
      }),
      ...legend([
        ...names.map((name) => [name, colourOf[name]] as const),
        ["would be seen", colours.baseline, "times"] as const,
      ]),
    ],
  });
  const rows = tests.map(({ seen, overlapping, ...t }) => ({
    ...t,
    seen: String(seen),
    overlapping: String(overlapping),
  }));
  return figureOf("degrees", title, svg, rows);
}

const DEGREES = sentences(
  "Unbiased estimates with limits of confidence 95 %; filled: seen, with all tests and learners together wrong",
  "with probability at most 0.05 (Holm). A cross: the least sum that would have been seen with probability 0.9.",
  "The sum is a share of the variance unless the table says that polynomials overlap.",
);

/** Explained variance on the held-out part. */
function learnerFigure({ learners }: Diagnosis, document: Document): Figure {
  const title = "What learners explain of held-out labels";
  const ran = learners.flatMap(({ id, explained, standardError, learned, statistic }) =>
    explained === null || standardError === null
      ? []
      : [{ learner: id, explained, standardError, learned: String(learned), statistic }],
  );
  const limits = (l: (typeof ran)[number], sign: number): number =>
    l.explained + sign * 1.96 * l.standardError;
  const svg = plot(document, title, {
    marginLeft: 220,
    marginRight: 40,
    height: 60 + 36 * ran.length,
    x: {
      label: "explained variance",
      domain: [Math.min(-0.05, ...ran.map((l) => Math.max(-1, limits(l, -1)))), 1],
    },
    y: { label: null, domain: ran.map((l) => l.learner) },
    marks: [
      Plot.ruleX([0], { stroke: colours.baseline }),
      Plot.ruleY(ran, {
        y: "learner",
        x1: (l: (typeof ran)[number]) => Math.max(-1, limits(l, -1)),
        x2: (l: (typeof ran)[number]) => Math.min(1, limits(l, 1)),
        stroke: colours.hard,
        strokeWidth: 1.6,
      }),
      Plot.dot(ran, {
        y: "learner",
        x: (l: (typeof ran)[number]) => Math.max(-1, l.explained),
        r: 5,
        stroke: colours.hard,
        fill: (l: (typeof ran)[number]) => (l.learned === "true" ? colours.hard : "white"),
      }),
    ],
  });
  return figureOf("learners", title, svg, ran);
}

const LEARNERS = sentences(
  "One split: three fifths to learn from, a part to choose settings by, and a quarter that none has seen.",
  "Limits of confidence 95 %; filled: better than the best constant (Holm, with the tests above).",
);

const tableOf = ({ head, rows }: Table): Block => table(head, rows);

/** The sections of the page. */
const sectionsOf = (found: Diagnosis, document: Document): readonly Section[] => [
  {
    id: "verdict",
    title: "Verdict",
    blocks: [...found.verdict.words.map(paragraph), paragraph(dataWords(found))],
  },
  {
    id: "degrees",
    title: "Degree by degree",
    blocks: [
      paragraph(exponentWords(found)),
      figure(degreeFigure(found, document), DEGREES),
      tableOf(degreeTable(found)),
    ],
  },
  {
    id: "learners",
    title: "Quick learners",
    blocks: [figure(learnerFigure(found, document), LEARNERS), tableOf(learnerTable(found))],
  },
  {
    id: "invariance",
    title: "Does the label look invariant?",
    blocks: [
      ...invarianceWords(found).map(paragraph),
      ...(found.invariance.subgroups.length > 0 ? [tableOf(subgroupTable(found))] : []),
    ],
  },
  { id: "meaning", title: "What this means, and what it does not", blocks: [list(caveats)] },
];

const caveats = [
  sentences(
    "Absence is stated for these degrees and this number of examples only:",
    "a label of higher degree, or a smaller effect, looks like noise.",
  ),
  sentences(
    "A correlation with functions of the label says what to train on first;",
    "it does not say that training then succeeds. The learners show that.",
  ),
  sentences(
    "Learners are small and run once: one that fails here may succeed with more steps, more width or more examples.",
  ),
  sentences(
    "Invariance is judged by polynomials of low degree and by examples of one orbit;",
    "where the inputs' law is not invariant, the two cannot be told apart.",
  ),
];

/** The page as HTML, with its sections, whose figures are to be written beside it. */
export function diagnosisPage(
  file: string,
  found: Diagnosis,
  document: Document,
): { html: string; sections: readonly Section[] } {
  const sections = sectionsOf(found, document);
  const [headline, ...rest] = found.verdict.words;
  const lead = [headline, rest[0] ?? ""].join(" ");
  return { html: pageHtml({ title: `diagnosis of ${file}`, lead, sections }), sections };
}
