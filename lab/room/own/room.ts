/** The room of one's own: drop a file, and it is certified or diagnosed where it is, in the browser. */

import { briefTime, LONG } from "../../../src/base/cost.ts";
import { quoted } from "../../../src/base/shell.ts";
import { command } from "../../view/command.ts";
import { el, percent, shown } from "../../view/dom.ts";
import { fileField } from "../../view/file-field.ts";
import { noteLine, type Note } from "../../view/note.ts";
import { button, scaffold } from "../../view/scaffold.ts";
import { start, type Work } from "../../work/client.ts";
import type { State } from "../../state/fields.ts";
import type { DiagnoseEvent, DiagnoseFacts } from "../../work/jobs/diagnose.ts";
import type { OwnFacts } from "../../work/jobs/own.ts";
import type { Mount } from "../room.ts";
import { classFigure, classParts } from "./class-parts.ts";
import { dataFigure, dataParts } from "./data-parts.ts";
import { labelled, parities, type Example } from "./examples.ts";
import { ofData, ownFields } from "./fields.ts";

/** Most bytes of a file that is read here. */
const largest = 256 * 2 ** 20;

const kinds = ".csv,.tsv,.txt,.npz,.npy,.parquet,.jsonl";

/** What is known of the file that was read last. */
interface Found {
  readonly said: string;
  readonly parts: readonly HTMLElement[];
  readonly command: string;
  readonly document: unknown;
  readonly figure: string;
}

export const ownRoom: Mount = (host, state, tools) => {
  const note = noteLine();
  const first = exampleOf(state);
  const result = el("div");
  const { buttons, begin, end } = stopping(note);
  let found: Found | null = null;
  const read = (name: string, bytes: Uint8Array): void => {
    end(`Reading ${name}.`);
    const task = ofData(state) ? diagnosed(name, bytes, state, note) : certified(name, bytes, state);
    begin(task, () => read(name, bytes));
    task.result.then(
      (facts) => {
        found = facts;
        end(facts.said);
        result.replaceChildren(...facts.parts);
      },
      (error: Error) => {
        found = null;
        result.replaceChildren();
        end(error.message, note.fail);
      },
    );
  };
  const take = async (file: File): Promise<void> => {
    if (file.size > largest)
      return note.fail(`${file.name} is larger than ${largest / 2 ** 20} MiB: use the command line.`);
    return read(file.name, new Uint8Array(await file.arrayBuffer()));
  };
  scaffold(
    host,
    {
      title: "Certify your own functions, or see what correlations see of your data",
      bar: [
        fileField(
          "own-file",
          "Drop a CSV, npz or npy file here, or choose one: ",
          kinds,
          (file) => void take(file).catch((error: Error) => note.fail(`${file.name}: ${error.message}`)),
        ),
        ...buttons,
      ],
      figure: [note.element, result],
      prose,
      fields: ownFields(state),
      state,
      copies: {
        "command line": () => found?.command ?? "",
        ...(first === null ? {} : { [first.name]: () => first.text }),
        JSON: () => JSON.stringify(found?.document ?? { schema: "equihard.lab-own/1", state, facts: null }),
        SVG: () => found?.figure ?? "",
      },
    },
    tools,
  );
  if (first !== null) read(first.name, new TextEncoder().encode(first.text));
  return () => end("");
};

/** The button that ends what is computed, there meanwhile, and the one that begins it again. */
function stopping(note: Note) {
  let work: Work<unknown> | null = null;
  let repeat = (): void => undefined;
  const end = (text: string, tell = note.say): void => {
    work?.stop();
    tell(text);
    stop.hidden = again.hidden = true;
  };
  const stop = button("■ Stop", () => {
    end("Stopped.");
    again.hidden = false;
    again.focus();
  });
  const again = button("▶ Start again", () => repeat());
  stop.hidden = again.hidden = true;
  const begin = (next: Work<unknown>, repeated: () => void): void => {
    [work, repeat] = [next, repeated];
    stop.hidden = false;
  };
  return { buttons: [stop, again], begin, end };
}

/** What is shown before a file is chosen; it can be copied, for the command line. */
function exampleOf(state: State): Example | null {
  if (state.example !== "shown") return null;
  return ofData(state) ? labelled() : parities();
}

/** Work whose result is made into something else. */
const made = <A, B>({ result, stop }: Work<A>, make: (facts: A) => B): Work<B> => ({
  result: result.then(make),
  stop,
});

const certified = (name: string, bytes: Uint8Array, state: State): Work<Found> =>
  made(
    start("own", { name, bytes, axis: state.axis === "columns" ? "columns" : "rows" }),
    (facts: OwnFacts) => ({
      said: `${name}: ${shown(facts.functions)} functions on ${shown(facts.samples)} samples.`,
      parts: classParts(facts),
      command: command(["certify", "custom"], {
        labels: name,
        functions: state.axis,
        bound: facts.bound ?? undefined,
      }),
      document: { schema: "equihard.lab-own/1", state, facts },
      figure: classFigure(facts),
    }),
  );

const diagnosed = (name: string, bytes: Uint8Array, { group }: State, note: Note): Work<Found> =>
  made(
    start("diagnose", { name, bytes, group: String(group ?? "") }, (event) => {
      note.say(`${name}: ${farText(event)}`);
    }),
    (facts: DiagnoseFacts) => ({
      said: `${name}: ${facts.data}`,
      parts: dataParts(facts),
      // the page's engine: trainings by another round in another order
      command: command(["diagnose", quoted(name)], { group: facts.group, engine: "wasm" }),
      document: facts.document,
      figure: dataFigure(facts),
    }),
  );

function farText({ text, fraction, group, seconds }: DiagnoseEvent): string {
  const far = `${text}, ${percent(fraction)}.`;
  if (seconds < LONG) return far;
  const elsewhere = `equihard diagnose FILE --group ${group}, by its own engine, takes a fraction of that`;
  return `${far} It takes about ${briefTime(seconds)} in a page; ${elsewhere}.`;
}

const prose = [
  "The file does not leave this machine. A class of functions is given by its values on independent ",
  "samples of the input law; the certificate says, with confidence 0.99, how many correlational ",
  "queries a learner of the class needs. Labelled data are diagnosed: at which degree polynomials, ",
  "invariant under the group that you name, see the label or a function of it, and what quick learners ",
  "make of it. Examples of what a file holds are among the settings.",
];
