/** The room of results: files of a run, sweep or report, drawn with bands; and an example of them. */

import { filesBeside } from "../../view/beside.ts";
import { chartPlace } from "../../view/chart-place.ts";
import { el, shown } from "../../view/dom.ts";
import { fileField } from "../../view/file-field.ts";
import { noteLine } from "../../view/note.ts";
import { button, scaffold } from "../../view/scaffold.ts";
import { numbersOf, roomBeside } from "../../view/table.ts";
import type { State } from "../../state/fields.ts";
import type { Mount, Tools } from "../room.ts";
import { example, type Example } from "./example.ts";
import { drawnOf, tableOf, type Drawn } from "./figure.ts";
import { ofOwn, resultsFields } from "./fields.ts";
import { columnsOf, rowsOf, type Row } from "./rows.ts";

/** Rows outlive a change of columns: the file need not be chosen again. */
interface Kept {
  name: string;
  rows: readonly Row[];
}
const dropHere = "Drop a file of results here, or choose one: ";
const kept: Kept = { name: "", rows: [] };

export const resultsRoom: Mount = (host, state, tools) => {
  const ofExample = state.of === "example";
  const note = noteLine(
    "A CSV of a report, records of a run, what a command prints with --json: drop it above. Or open the example.",
  );
  const names = el("datalist", { id: "result-columns" });
  const served = el("div", { class: "row" });
  let [drawn, opened]: [Drawn | null, Example | null] = [null, null];
  const chart = chartPlace((width) => drawn?.svg(width) ?? "");
  const numbers = numbersOf(() => tableOf(drawn), roomBeside());
  const panel = el("section", { class: "panel split", hidden: true }, chart.element, numbers.element);
  const show = ({ name, rows }: Pick<Example, "name" | "rows">): void => {
    if (rows.length === 0) return;
    drawn = drawnOf(rows, state);
    chart.refresh();
    numbers.refresh();
    note.say(`${name}: ${sentence(rows, drawn)}`);
    panel.hidden = drawn.bands.size === 0;
    const { all } = columnsOf(rows);
    names.replaceChildren(...all.slice(0, 200).map((value) => el("option", { value })));
  };
  const fail = (error: Error): void => note.fail(error.message);
  const read = (name: string, text: string): void => {
    try {
      Object.assign(kept, { name, rows: rowsOf(text, name) });
      return ofExample ? tools.change(ofOwn) : show(kept);
    } catch (error) {
      fail(error as Error);
    }
  };
  const take = (file: File): void => void file.text().then((text) => read(file.name, text), fail);
  void offer(served, read, fail).catch(fail);
  scaffold(
    host,
    {
      title: "Results of your own runs",
      bar: [fileField("result-file", dropHere, ".csv,.json,.jsonl", take), exampleButton(ofExample, tools)],
      figure: [served, note.element, panel, names],
      prose,
      fields: resultsFields(state),
      state,
      copies: {
        "command line": () => opened?.commands ?? "equihard lab --results DIR",
        JSON: () => documentOf(state, opened?.name ?? kept.name, drawn),
        SVG: () => drawn?.svg() ?? "",
      },
    },
    tools,
  );
  for (const field of ["x", "y", "by"]) host.querySelector(`#set-${field}`)?.setAttribute("list", names.id);
  if (ofExample)
    example().then((found) => {
      opened = found;
      show(found);
    }, fail);
  else show(kept);
  return () => {};
};

const prose = [
  "Curves are medians of the rows that share a point, thin lines the least and the largest. ",
  "Served with ",
  el("code", {}, "equihard lab --results DIR"),
  ", the page lists the files of a folder. The example is a sweep: how much of a hidden plane's label one network ",
  "explains after 600 steps, by the dimension d, for three orders k and three seeds each.",
];

function sentence(rows: readonly Row[], { x, y, bands }: Drawn): string {
  const count = `${shown(rows.length)} rows`;
  return bands.size === 0
    ? `of its ${count} none that is asked for has numbers in "${x}" and in "${y}".`
    : `${count}; ${y} by ${x}.`;
}

/** Opens the example, and closes it; the same button, so that the keyboard stays on it. */
function exampleButton(open: boolean, { change }: Tools): HTMLElement {
  const element = open
    ? button("Close the example", () => change(ofOwn))
    : button("Open the example", () => change({}), true);
  element.id = "example";
  return element;
}

const documentOf = (state: State, file: string, drawn: Drawn | null): string =>
  JSON.stringify({
    schema: "equihard.lab-results/1",
    state,
    file,
    curves: drawn === null ? {} : Object.fromEntries(drawn.bands),
  });

/** The files that the server lists, to choose from; the page is built with an empty list, for hosts without results. */
async function offer(
  host: HTMLElement,
  read: (name: string, text: string) => void,
  fail: (error: Error) => void,
): Promise<void> {
  if (!filesBeside) return;
  const answer = await fetch("results/index.json");
  const names = (answer.ok ? await answer.json() : []) as readonly string[];
  if (names.length === 0) return;
  const select = el(
    "select",
    { id: "served-file" },
    el("option", { value: "" }, `${names.length} files served`),
    ...names.map((name) => el("option", { value: name }, name)),
  );
  select.addEventListener("change", () => {
    if (select.value !== "")
      fetch(`results/${select.value.split("/").map(encodeURIComponent).join("/")}`)
        .then(async (file) => read(select.value, await file.text()))
        .catch(fail);
  });
  host.replaceChildren(el("label", { for: "served-file" }, "From the folder: "), select);
}
