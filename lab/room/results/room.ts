/** The room of results: files of a run, sweep or report, drawn with bands. */

import { colours } from "../../chart/colours.ts";
import { lineChart, type Series } from "../../chart/line.ts";
import { draw, el, shown } from "../../view/dom.ts";
import { noteLine, scaffold } from "../../view/scaffold.ts";
import { numbersOf, roomBeside } from "../../view/table.ts";
import type { State } from "../../state/fields.ts";
import type { Mount } from "../room.ts";
import { resultsFields } from "./fields.ts";
import { bandsOf, columnsOf, rowsOf, type Band, type Row } from "./rows.ts";

const hues = [colours.hard, colours.easy, colours.square, colours.other, colours.quiet];

/** Rows outlive a change of columns: the file need not be chosen again. */
interface Kept {
  name: string;
  rows: readonly Row[];
}
const kept: Kept = { name: "", rows: [] };

export const resultsRoom: Mount = (host, state, tools) => {
  const note = noteLine(
    "Choose a file: a CSV of a report, records of a run, or what a command prints with --json.",
  );
  const chart = el("div", { class: "chart" });
  const names = el("datalist", { id: "result-columns" });
  const served = el("div", { class: "row" });
  let drawn: Drawn | null = null;
  const numbers = numbersOf(() => tableOf(drawn), roomBeside());
  const panel = el("section", { class: "panel split", hidden: true }, chart, numbers.element);
  const show = (): void => {
    if (kept.rows.length === 0) return;
    drawn = drawnOf(kept.rows, state);
    draw(chart, drawn.svg);
    numbers.refresh();
    note.textContent = `${kept.name}: ${shown(kept.rows.length)} rows; ${drawn.y} by ${drawn.x}.`;
    panel.hidden = false;
    const { all } = columnsOf(kept.rows);
    names.replaceChildren(...all.slice(0, 200).map((value) => el("option", { value })));
  };
  const read = (name: string, text: string): void => {
    try {
      Object.assign(kept, { name, rows: rowsOf(text, name) });
      show();
    } catch (error) {
      note.textContent = (error as Error).message;
    }
  };
  const input = el("input", { type: "file", id: "result-file", accept: ".csv,.json,.jsonl" });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file !== undefined) void file.text().then((text) => read(file.name, text));
  });
  void offer(served, read).catch(() => {}); // a static host has none to offer
  scaffold(
    host,
    {
      title: "Results of your own runs",
      bar: [el("label", { class: "drop", for: "result-file" }, "A file of results: ", input)],
      figure: [served, note, panel, names],
      prose: [
        "Curves are medians of the rows that share a point, thin lines the least and the largest. ",
        "Served with ",
        el("code", {}, "equihard lab --results DIR"),
        ", the page lists the files of a folder.",
      ],
      fields: resultsFields(),
      state,
      copies: {
        "command line": () => "equihard lab --results DIR",
        JSON: () => documentOf(state, drawn),
        SVG: () => drawn?.svg ?? "",
      },
    },
    tools,
  );
  for (const field of ["x", "y", "by"]) host.querySelector(`#set-${field}`)?.setAttribute("list", names.id);
  show();
  return () => {};
};

const documentOf = (state: State, drawn: Drawn | null): string =>
  JSON.stringify({
    schema: "equihard.lab-results/1",
    state,
    file: kept.name,
    curves: drawn === null ? {} : Object.fromEntries(drawn.bands),
  });

/** The files that the server lists, to choose from. */
async function offer(host: HTMLElement, read: (name: string, text: string) => void): Promise<void> {
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
      void fetch(`results/${select.value.split("/").map(encodeURIComponent).join("/")}`).then(async (file) =>
        read(select.value, await file.text()),
      );
  });
  host.replaceChildren(el("label", { for: "served-file" }, "From the folder: "), select);
}

interface Drawn {
  readonly x: string;
  readonly y: string;
  readonly bands: ReadonlyMap<string, readonly Band[]>;
  readonly svg: string;
}

function drawnOf(rows: readonly Row[], { x, y, by, filter }: State): Drawn {
  const { numbers } = columnsOf(rows);
  const [column, wanted] = String(filter).split("=", 2);
  const chosen = filter === "" ? rows : rows.filter((row) => String(row[column.trim()]) === wanted?.trim());
  const across = String(x) || (numbers.find((n) => /(^|\.)(step|n|d|samples)$/.test(n)) ?? numbers[0] ?? "");
  const up =
    String(y) ||
    (numbers.find((n) => /loss|accuracy|explained/.test(n) && n !== across) ??
      numbers.find((n) => n !== across) ??
      across);
  const bands = bandsOf(chosen, across, up, String(by));
  return { x: across, y: up, bands, svg: figureOf(bands, across, up) };
}

function figureOf(bands: ReadonlyMap<string, readonly Band[]>, x: string, y: string): string {
  const all = [...bands.values()].flat();
  const span = (values: readonly number[]) => ({
    from: Math.min(...values, Infinity),
    to: Math.max(...values, -Infinity),
  });
  const series = [...bands].flatMap(([name, band], i): Series[] => {
    const colour = hues[i % hues.length];
    const curve = (of: "median" | "low" | "high") => band.map((b) => [b.x, b[of]] as const);
    return [
      { name, colour, points: curve("median") },
      { name, colour, faint: true, points: curve("low") },
      { name, colour, faint: true, points: curve("high") },
    ];
  });
  return lineChart({
    title: `${y} by ${x}`,
    series,
    x: { ...span(all.map((b) => b.x)), label: x },
    y: { ...span(all.flatMap((b) => [b.low, b.high])), label: y, format: (v) => shown(v) },
    width: 720,
    height: 340,
  });
}

const tableOf = (drawn: Drawn | null) => ({
  caption: drawn === null ? "Nothing is drawn yet" : `${drawn.y} by ${drawn.x}`,
  head: ["curve", "across", "median", "least", "largest"],
  rows: [...(drawn?.bands ?? [])].flatMap(([name, band]) =>
    band.map((b) => [name, ...[b.x, b.median, b.low, b.high].map((v) => shown(v, 4))]),
  ),
});
