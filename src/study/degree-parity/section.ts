/** The main job's own sections: degree parities of graph networks. */

import { shownBelow } from "../../numeric/rounding.ts";
import { grouped } from "../../base/group.ts";
import type { Figure } from "../../report/drawing.ts";
import type { Digest } from "./digest.ts";
import { accuracyAgainstMu, accuracyAgainstSize, dimensionAgainstSize, learningCurves } from "./figure.ts";
import { figure, list, paragraph, sentences, table, type Block, type Section } from "../../report/page.ts";
import { captions, changes, chanceSentence, checks, percent } from "./sentences.ts";
import { summary } from "./summary.ts";

function escapeNote(e: Digest["escapes"][number]): string {
  if (e.noise > 0) {
    const outcome = e.consistent ? "still consistent" : "the equations contradict each other: no answer";
    return `${percent(e.noise)} of labels flipped: ${outcome}`;
  }
  return e.errorBound === null ? "" : `expected error at most ${e.errorBound.toExponential(1)}`;
}

const TARGET = sentences(
  "A graph on n nodes; a hidden set S of degrees; the label says whether the number of nodes with degree in S is even.",
  "A two-layer graph network computes it exactly.",
  "Easy twin: whether that number is at least its median, same S.",
);
const THEORY = sentences(
  "What theory certifies at these sizes: a statistical-query learner that is guaranteed correlation above rho",
  "with every member needs more than tau² (d_eff − 1/rho²) queries of tolerance tau.",
  "“vacuous” means that the bound says nothing there.",
);

export function degreeParitySections(digest: Digest, document: Document): Section[] {
  const { head, rows } = summary(digest);
  return [
    {
      id: "degree-parity",
      title: "A graph network's degree parity",
      blocks: [
        paragraph(TARGET),
        table(head, rows),
        ...figures(digest, document),
        paragraph(THEORY),
        certificates(digest),
        paragraph("Who does learn it:"),
        escapes(digest),
      ],
    },
    {
      id: "degree-parity-checks",
      title: "Degree parity: checks",
      blocks: [
        paragraph(
          sentences(
            "Learned: more than nine tenths of what the majority label leaves, at a majority of half accuracy 0.95.",
            chanceSentence(digest),
          ),
        ),
        list(checks(digest)),
      ],
    },
    { id: "degree-parity-runs", title: "Degree parity: all runs", folded: true, blocks: [runs(digest)] },
  ];
}

/** The figures that the records allow: each needs at least one run or certificate to show. */
function figures(digest: Digest, document: Document): Block[] {
  const text = captions(digest);
  const trained = digest.runs.some((r) => r.role === "main" && !r.easy);
  const drawn: Figure[] = [
    ...(trained
      ? [
          accuracyAgainstSize(digest, document),
          accuracyAgainstMu(digest, document),
          learningCurves(digest, document),
        ]
      : []),
    ...(digest.certificates.length > 0 ? [dimensionAgainstSize(digest, document)] : []),
  ];
  return drawn.map((f) => figure(f, text[f.name].said, text[f.name].more));
}

const certificates = (digest: Digest): Block =>
  table(
    ["n", "functions", "max Pr[pi = v]", "d_eff", "basis", "tau", "rho", "queries needed"],
    digest.certificates.map((c) => [
      String(c.n),
      c.functions,
      c.maxProbability.toPrecision(6),
      shownBelow(c.dimension, 5),
      c.confidence === 1 ? c.method : `with confidence ${c.confidence}`,
      String(c.tau),
      String(c.rho),
      c.vacuous ? "vacuous: no statement" : String(c.queries),
    ]),
  );

function escapes(digest: Digest): Block {
  const groups = grouped(digest.escapes, (e) => `${e.n} ${e.learner} ${e.noise}`);
  return table(
    ["n", "learner", "sets S", "cost each", "least accuracy", "note"],
    [...groups.values()].map((group) => {
      const [e] = group;
      const answered = group.flatMap((x) => (x.accuracy === null ? [] : [x.accuracy]));
      const cost =
        e.samples === null ? `${e.queries} queries of tolerance ${e.tolerance}` : `${e.samples} samples`;
      return [
        String(e.n),
        e.learner,
        String(group.length),
        cost,
        answered.length === 0 ? "none" : Math.min(...answered).toFixed(5),
        escapeNote(e),
      ];
    }),
  );
}

const runs = (digest: Digest): Block =>
  table(
    ["n", "S", "mu", "target", "part", "accuracy", "majority", "steps", "verdict"],
    digest.runs.map((r) => [
      String(r.n),
      `{${r.degrees.join(",")}}`,
      r.mu.toFixed(2),
      r.easy ? "easy twin" : "hard",
      [r.role, changes(r)].filter((x) => x !== "").join(": "),
      r.verdict === "diverged" ? "-" : `${r.accuracy.toFixed(4)} ± ${r.standardError.toFixed(4)}`,
      `${r.baseline.toFixed(4)}${r.nearlyConstant ? " (nearly constant)" : ""}`,
      String(r.steps),
      r.verdict,
    ]),
  );
