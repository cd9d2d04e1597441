/** The training room: the hard target, its twin and the square first, side by side. */

import prepared from "./prepared.json" with { type: "json" };
import { stacked } from "../../chart/svg.ts";
import { changesOf, type State } from "../../state/fields.ts";
import { controls } from "../../view/controls.ts";
import { el, shown } from "../../view/dom.ts";
import { noteLine, type Note } from "../../view/note.ts";
import { share } from "../../view/share.ts";
import { start } from "../../work/client.ts";
import type { Device, RunKind } from "../../work/jobs/train.ts";
import type { CertificateFacts } from "../../work/jobs/certificate.ts";
import type { Race } from "../../work/jobs/race.ts";
import type { Mount } from "../room.ts";
import { certifiedCard, type CertifiedCard } from "./certified.ts";
import { commandOf, familyOf, specOf, trainFields } from "./fields.ts";
import { curveOf, drawingsOf, statusOf, titles } from "./panel.ts";
import { prose } from "./prose.ts";
import { replay } from "./replay.ts";
import { startRuns, type Runs } from "./runs.ts";
import { stage, type Stage, type Traces } from "./stage.ts";
import { emptyTrace, type Trace } from "./trace.ts";

/** Runs that were recorded at the presets, to have something in motion before anything is loaded. */
interface Recorded {
  readonly traces: readonly Trace[];
  readonly certificate: CertificateFacts;
}
const recorded: unknown = prepared;

const allRuns: readonly RunKind[] = ["hard", "easy", "square"];
const devices: Readonly<Record<Device, string>> = { wasm: "WebAssembly", webgpu: "WebGPU" };

export const trainRoom: Mount = (host, state, { change, link, frame, announce }) => {
  const fields = trainFields(state);
  const { noSquare } = familyOf(state);
  const kinds = noSquare === undefined ? allRuns : allRuns.filter((run) => run !== "square");
  const steps = Number(state.steps);
  const card = certifiedCard();
  const note = noteLine();
  const changed = Object.keys(changesOf(fields, state)).length > 0;
  const traces: { now: Traces } = { now: new Map(kinds.map((run) => [run, emptyTrace(run, steps)])) };
  const about = (run: RunKind): string => aboutOf(run, String(state.family));
  const view = stage(kinds, steps, about, (step) => {
    player.stop();
    view.show(traces.now, step);
  });
  const player = replay(steps, (step) => view.show(traces.now, step));
  const session = training({ state, kinds, card, note, view, traces, begin: player.stop, announce });
  host.replaceChildren(
    el("h1", {}, "One network, three labels: which can gradient descent learn?"),
    el("div", { class: "bar" }, session.button, view.slider, view.output),
    note.element,
    view.scores,
    el("div", { class: "panels level" }, ...view.panels, noSquare === undefined ? null : without(noSquare)),
    el(
      "details",
      { class: "settings", open: changed || matchMedia("(min-width: 60rem)").matches },
      el("summary", {}, "Settings"),
      controls(fields, state, change),
    ),
    el("div", { class: "below" }, card.element, prose(String(state.family))),
    share(
      {
        link,
        frame,
        "command line": () => kinds.map((run) => commandOf(specOf(state, run, "wasm"))).join("\n"),
        JSON: () =>
          JSON.stringify({ schema: "equihard.lab-train/1", state, traces: [...traces.now.values()] }),
        SVG: () =>
          stacked(
            "What gradient descent has learned",
            [...traces.now.values()].flatMap((t) => [curveOf(t), ...drawingsOf(t)]),
          ),
      },
      announce,
    ),
  );
  if (changed) {
    note.say("Press play to train these in your browser.");
    view.show(traces.now, 0);
  } else {
    const { traces: before, certificate } = recorded as Recorded;
    traces.now = new Map(before.map((trace) => [trace.run, trace]));
    card.show(certificate);
    note.say("Replayed from a recorded run; press play to run it yourself.");
    player.start();
  }
  return () => {
    player.stop();
    session.end();
  };
};

const without = (why: string): HTMLElement =>
  el(
    "section",
    { class: "panel", "aria-label": "Square first" },
    el("h2", {}, "Square first"),
    el("p", {}, why),
  );

const aboutOf = (run: RunKind, family: string): string =>
  run === "easy" && !family.endsWith("plane") ? "same inputs, an easy function" : titles[run][1];

interface Session {
  readonly state: State;
  readonly kinds: readonly RunKind[];
  readonly card: CertifiedCard;
  readonly note: Note;
  readonly view: Stage;
  readonly traces: { now: Traces };
  /** Ends what is replayed. */
  begin(): void;
  announce(text: string): void;
}

/** The button that starts and stops the visitor's own runs, and what they set in motion. */
function training({ state, kinds, card, note, view, traces, begin, announce }: Session) {
  let runs: Runs | null = null;
  let [drawing, over] = [false, false];
  const certificates: { stop(): void }[] = [];
  const draw = (): void => {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      if (!over) view.show(traces.now);
    });
  };
  const finish = (text: string): void => {
    button.textContent = "▶ Play again";
    note.say(text);
    announce(text);
  };
  const fail = (message: string): void => {
    button.textContent = "▶ Play again";
    note.fail(message);
  };
  const play = (): void => {
    begin();
    button.textContent = "■ Stop";
    note.say(state.backend === "auto" ? "WebAssembly and WebGPU race for a moment." : "Starting.");
    runs = startRuns(state, kinds, {
      changed: draw,
      chosen: (device, race) => note.say(computedBy(device, race)),
      ended(run, { weights }) {
        if (run === "hard" && weights !== null) certificates.push(certify(state, weights, card));
        if (runs?.live === false) finish(outcome(kinds, traces.now));
      },
      failed: fail,
    });
    traces.now = runs.traces;
    view.show(traces.now);
  };
  const toggle = (): void => {
    if (runs?.live !== true) return play();
    runs.stop();
    return finish("Stopped.");
  };
  const button = el("button", { type: "button", class: "primary", click: toggle }, "▶ Play");
  return {
    button,
    end() {
      over = true;
      runs?.stop();
      for (const work of certificates) work.stop();
    },
  };
}

function certify(state: State, weights: number, card: CertifiedCard) {
  const { options, ...spec } = specOf(state, "hard", "wasm");
  const { family, params, seed } = spec;
  const work = start("certificate", {
    family,
    params,
    seed,
    steps: options.steps,
    batch: options.batch,
    weights,
  });
  work.result.then(card.show, (error: Error) => card.show(error.message));
  return work;
}

const speed = (x: number | null): string =>
  x === null ? "is not to be had here" : `${shown(Math.round(x))} steps/s`;

const computedBy = (device: Device, race: Race | null): string =>
  race === null
    ? `Computed here, in this browser, by ${devices[device]}.`
    : `WebAssembly ${speed(race.wasm)}, WebGPU ${speed(race.webgpu)}: ${devices[device]} computes.`;

/** The outcome in words. */
const outcome = (kinds: readonly RunKind[], traces: Traces): string =>
  kinds
    .flatMap((run) => {
      const trace = traces.get(run);
      return trace === undefined ? [] : [`${titles[run][0]} ${statusOf(trace).text}.`];
    })
    .join(" ");
