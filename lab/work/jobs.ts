/** What the page has computed off its own thread: by name what a job is given, tells on the way, and gives back. */

import type { SignsGame, SignsSpec } from "../../src/study/play/signs.ts";
import type { EscapeEnd, EscapePoint, EscapeSpec } from "./jobs/escape.ts";
import type { GramFacts, GramSpec } from "./jobs/gram.ts";
import type { OwnFacts, OwnSpec } from "./jobs/own.ts";
import type { DiagnoseEvent, DiagnoseFacts, DiagnoseSpec } from "./jobs/diagnose.ts";
import type { CertificateFacts, CertificateSpec } from "./jobs/certificate.ts";
import type { Race } from "./jobs/race.ts";
import type { TrainEnd, TrainEvent, TrainSpec } from "./jobs/train.ts";

export interface Jobs {
  readonly adversary: { readonly given: SignsSpec; readonly told: SignsGame; readonly result: SignsGame };
  readonly escape: { readonly given: EscapeSpec; readonly told: EscapePoint; readonly result: EscapeEnd };
  readonly gram: { readonly given: GramSpec; readonly told: never; readonly result: GramFacts };
  readonly diagnose: {
    readonly given: DiagnoseSpec;
    readonly told: DiagnoseEvent;
    readonly result: DiagnoseFacts;
  };
  readonly own: { readonly given: OwnSpec; readonly told: never; readonly result: OwnFacts };
  readonly train: { readonly given: TrainSpec; readonly told: TrainEvent; readonly result: TrainEnd };
  readonly race: { readonly given: TrainSpec; readonly told: never; readonly result: Race };
  readonly certificate: {
    readonly given: CertificateSpec;
    readonly told: never;
    readonly result: CertificateFacts;
  };
}

export type JobName = keyof Jobs;

/** What goes to a worker. */
export interface Order<K extends JobName = JobName> {
  readonly job: K;
  readonly given: Jobs[K]["given"];
}

/** What comes back from it. */
export type Report =
  | { readonly kind: "told"; readonly event: unknown }
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "failed"; readonly message: string };
