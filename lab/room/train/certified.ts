/** The certificate of what is trained on, beside the queries that the training asks. */

import { el, sentenceOf, shown } from "../../view/dom.ts";
import { errorLine } from "../../view/note.ts";
import type { CertificateFacts } from "../../work/jobs/certificate.ts";

/** Sentences from the facts. */
export function certifiedText({ model, dimension, budget, confidence }: CertificateFacts): string[] {
  const { queries, certified, verdict } = budget;
  const asks = model === "CSQ" ? "correlations with y" : "statistics of (x, y)";
  const sure = confidence === 1 ? "" : ` (with confidence ${confidence})`;
  const tolerance = `At the tolerance of these batches, ${shown(certified.tolerance)},`;
  return [
    [
      `Certified for every learner that only asks ${asks}${sure}: query dimension ${shown(dimension, 4)}.`,
      certified.vacuous
        ? `${tolerance} the certificate is vacuous.`
        : `${tolerance} it needs ${shown(certified.queries)} queries or more.`,
    ].join(" "),
    `This training's gradient entries are ${shown(queries)} queries. ${sentenceOf(verdict)}`,
  ];
}

export interface CertifiedCard {
  readonly element: HTMLElement;
  /** Facts, or why there are none. */
  show(facts: CertificateFacts | string): void;
}

export function certifiedCard(): CertifiedCard {
  const body = el("div", {}, el("p", {}, "Certificate and budget: computed once the hard run has ended."));
  return {
    element: el(
      "section",
      { class: "card", "aria-label": "Certificate and budget" },
      el("h2", {}, "What is proved"),
      body,
    ),
    show(facts) {
      body.replaceChildren(
        ...(typeof facts === "string"
          ? [errorLine(facts)]
          : certifiedText(facts).map((text) => el("p", {}, text))),
      );
    },
  };
}
