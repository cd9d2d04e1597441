/** A chart that answers: values by pointer and arrow keys, filters, the record behind a mark, a table twin. */

import { drawChart } from "../chart.ts";
import type { Chart } from "../drawing.ts";
import { asRow, turned, type FigureData } from "../page-data.ts";
import { element, shown } from "./dom.ts";
import { sortableTable } from "./table.ts";

type Row = ReturnType<typeof asRow>;

/** What a reader does with a record's id. */
export type ShowRecord = (id: string) => readonly (Node | string)[];

/** Pixels from a mark within which it is pointed at. */
const NEAR = 24;

/** A mark with its place on the screen. */
interface Mark {
  readonly element: Element;
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

/** From left to right, then down. */
function marksIn(frame: Element): Mark[] {
  return [...frame.querySelectorAll("[data-row]")]
    .map((mark) => {
      const { left, top, width, height } = mark.getBoundingClientRect();
      return {
        element: mark,
        row: Number(mark.getAttribute("data-row")),
        x: left + width / 2,
        y: top + height / 2,
      };
    })
    .sort((a, b) => a.x - b.x || a.y - b.y);
}

function nearest(marks: readonly Mark[], x: number, y: number): Mark | undefined {
  const distance = (m: Mark): number => Math.hypot(m.x - x, m.y - y);
  const best = marks.reduce<Mark | undefined>(
    (a, b) => (a === undefined || distance(b) < distance(a) ? b : a),
    undefined,
  );
  return best !== undefined && distance(best) <= NEAR ? best : undefined;
}

function valuesOf(row: Row, record: string): HTMLElement {
  const pairs = Object.entries(row)
    .filter(([name, value]) => name !== record && value !== null)
    .map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, shown(value))));
  return element("dl", {}, ...pairs);
}

/** Marks of a frame that tell their rows, by pointer and by keyboard. */
function answering(frame: HTMLElement, rows: readonly Row[], column: string, record: ShowRecord): void {
  const tip = element("div", { class: "tip", role: "status" });
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", "Chart: arrow keys go from mark to mark, Enter shows the record");
  frame.after(tip);
  const tell = (mark: Mark | undefined, whole: boolean): void => {
    for (const other of frame.querySelectorAll("[data-chosen]")) other.removeAttribute("data-chosen");
    mark?.element.setAttribute("data-chosen", "");
    const row = mark === undefined ? undefined : rows[mark.row];
    if (row === undefined) return tip.replaceChildren();
    const id = row[column];
    tip.replaceChildren(valuesOf(row, column), ...(whole && typeof id === "string" ? record(id) : []));
  };
  const at = (marks: readonly Mark[]): number =>
    marks.findIndex((m) => m.element.hasAttribute("data-chosen"));
  frame.addEventListener("pointermove", (event) => {
    const found = nearest(marksIn(frame), event.clientX, event.clientY);
    if (found !== undefined) tell(found, false);
  });
  frame.addEventListener("click", (event) => {
    const found = nearest(marksIn(frame), event.clientX, event.clientY);
    if (found !== undefined) tell(found, true);
  });
  frame.addEventListener("keydown", (event) => {
    const marks = marksIn(frame);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) tell(marks[(at(marks) + step + marks.length) % marks.length], false);
    else if (event.key === "Enter") tell(marks[at(marks)], true);
    else if (event.key === "Escape") tell(undefined, false);
    else return;
    event.preventDefault();
  });
}

/** Columns that a reader may choose from, with their values. */
function choices(chart: Chart, rows: readonly Row[]): [string, string[]][] {
  return (chart.filters ?? []).flatMap((column): [string, string[]][] => {
    const values = [...new Set(rows.map((r) => shown(r[column])))];
    return values.length > 1 && values.length <= MOST ? [[column, values]] : [];
  });
}

/** More values are no choice. */
const MOST = 60;

/** Selects, and which rows they leave. */
function filtersOf(chart: Chart, rows: readonly Row[], changed: () => void) {
  const selects = choices(chart, rows).map(([column, values]) => {
    const options = ["all", ...values].map((value) => element("option", { value }, value));
    const select = element("select", {}, ...options);
    select.addEventListener("change", changed);
    return { column, select, label: element("label", {}, `${column} `, select) };
  });
  const left = (row: Row): boolean =>
    selects.every(({ column, select }) => select.value === "all" || select.value === shown(row[column]));
  return { bar: element("div", { class: "filters" }, ...selects.map((s) => s.label)), left };
}

/** Draws a live chart again, as wide as its frame or as a sheet of paper. */
export type Redraw = (paper?: number) => void;

/** Pixels of all panels together from which on a chart does not fit on a sheet. */
const SHEET = 850;

/** Which of the shown rows stand together on paper, where only drawings stay whole: of long charts a panel each. */
function sheetsOf({ panel, height = 0 }: Chart, shown: readonly Row[]): ((row: Row) => boolean)[] {
  const names = panel === undefined ? [] : [...new Set(shown.map((row) => row[panel]))];
  if (panel === undefined || height * names.length <= SHEET) return [() => true];
  return names.map((name) => (row) => row[panel] === name);
}

/** Makes a figure of the page live. @returns what draws it again; null where it stays as it is */
export function enliven(figure: HTMLElement, data: FigureData, record: ShowRecord): Redraw | null {
  const { columns, title } = data;
  const lines = turned(data.values);
  const rows = lines.map((values) => asRow(columns, values));
  const frame = figure.querySelector<HTMLElement>(".frame");
  const redraw =
    frame !== null && data.chart !== undefined ? drawn(frame, data.chart, title, rows, record) : null;
  if (redraw === null && frame?.querySelector("[data-row]")) answering(frame, rows, "record", record);
  const twin = element("details", {}, element("summary", {}, "Numbers as a table"));
  twin.addEventListener("toggle", () => {
    if (twin.open && twin.children.length === 1)
      twin.append(sortableTable({ columns, rows: lines }, `Numbers of: ${title}`));
  });
  figure.append(twin);
  return redraw;
}

function drawn(
  frame: HTMLElement,
  chart: Chart,
  title: string,
  rows: readonly Row[],
  record: ShowRecord,
): Redraw {
  const draw: Redraw = (paper) => {
    const width = paper ?? Math.max(260, Math.floor(frame.clientWidth));
    const parts = paper === undefined ? [() => true] : sheetsOf(chart, rows.filter(left));
    const showing = parts.map((part) => (row: Row) => left(row) && part(row));
    frame.replaceChildren(
      ...showing.map((shown) => drawChart(document, chart, rows, { title, width, shown })),
    );
  };
  frame.style.minHeight = "";
  const { bar, left } = filtersOf(chart, rows, () => draw());
  if (bar.children.length > 0) frame.before(bar);
  let before = frame.clientWidth;
  draw();
  new ResizeObserver(() => {
    if (Math.abs(frame.clientWidth - before) < 2) return;
    before = frame.clientWidth;
    draw();
  }).observe(frame);
  answering(frame, rows, chart.record ?? "record", record);
  return draw;
}
