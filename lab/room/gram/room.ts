/** The room of Gram matrices: which functions look alike to a correlation, and what symmetry does to their number. */

import { quoted } from "../../../src/base/shell.ts";
import { barChart } from "../../chart/bars.ts";
import { colours } from "../../chart/colours.ts";
import { heatSvg, paint } from "../../chart/heat.ts";
import { lineChart } from "../../chart/line.ts";
import { stacked } from "../../chart/svg.ts";
import { alone, chartPlace } from "../../view/chart-place.ts";
import { el, shown, type Child } from "../../view/dom.ts";
import { command } from "../../view/command.ts";
import { heatKey } from "../../view/heat-key.ts";
import { math } from "../../view/math.ts";
import { noteLine } from "../../view/note.ts";
import { scaffold } from "../../view/scaffold.ts";
import { numbersOf } from "../../view/table.ts";
import { start } from "../../work/client.ts";
import type { GramFacts } from "../../work/jobs/gram.ts";
import type { State } from "../../state/fields.ts";
import type { Mount } from "../room.ts";
import { gramFields, gramParams } from "./fields.ts";

export const gramRoom: Mount = (host, state, tools) => {
  const note = noteLine("Computing.");
  const figure = el("div", { class: "panels" });
  let facts: GramFacts | null = null;
  const groups =
    state.family === "frame-parity" ? ["trivial", "cyclic", "dihedral", "alternating", "symmetric"] : [];
  const work = start("gram", {
    family: String(state.family),
    params: gramParams(state),
    seed: 0,
    count: Number(state.count),
    groups: groups.map((group) => `${group}:${state.size}`),
  });
  work.result.then(
    (found) => {
      facts = found;
      note.say(
        found.error === 0
          ? `${shown(found.names.length)} functions, their correlations exact.`
          : `From samples: entries to about ${shown(found.error)}.`,
      );
      figure.replaceChildren(
        matrix(found),
        spectrum(found),
        ...(found.ladder.length > 0 ? [ladder(found)] : []),
      );
    },
    (error: Error) => note.fail(error.message),
  );
  scaffold(
    host,
    {
      title: "How alike are the functions? The Gram matrix decides how many queries it takes",
      bar: [],
      figure: [note.element, figure],
      prose: prose(),
      fields: gramFields(state),
      state,
      copies: {
        "command line": () => commandsOf(state, groups, facts?.members ?? null),
        JSON: () => JSON.stringify({ schema: "equihard.lab-gram/1", state, facts }),
        SVG: () => (facts === null ? "" : drawingOf(facts)),
      },
    },
    tools,
  );
  return () => work.stop();
};

const prose = (): Child[] => [
  "Entry ",
  math("(i, j)"),
  " is the correlation of two functions of the family. Where the matrix is near the identity, a ",
  "question that correlates with one function says nothing of the others: with ",
  math("D"),
  " functions and largest eigenvalue ",
  math("λ"),
  " a learner needs about ",
  math("τ^2 D/λ"),
  " queries. Symmetry makes functions one, which then stand side by side as a block: the ladder shows the ",
  "certified dimension from no symmetry to all permutations.",
];

/** The matrix, of members that are written to a file first; then the rungs of the ladder. */
const commandsOf = (state: State, groups: readonly string[], members: object | null): string =>
  [
    `echo ${quoted(JSON.stringify(members))} > members.json`,
    `equihard gram ${state.family} --members members.json`,
    ...groups.map((group) =>
      command(["certify", String(state.family)], { ...gramParams(state), group: `${group}:${state.size}` }),
    ),
  ].join("\n");

const heatOf = ({ gram, names }: GramFacts) => ({
  title: "Correlations of the functions",
  axes: "rows and columns: the functions, in one order",
  values: gram,
  columns: names.length,
  limit: 1,
});

/** All of it, as one drawing. */
const drawingOf = (facts: GramFacts): string =>
  stacked("Gram matrix, its spectrum, and the ladder of symmetries", [
    heatSvg(heatOf(facts)),
    spectrumOf(facts),
    ...(facts.ladder.length > 0 ? [ladderOf(facts)] : []),
  ]);

/** The heat map; the pair under the pointer or the keyboard's cursor is named. */
function matrix(facts: GramFacts): HTMLElement {
  const { names, gram } = facts;
  const size = names.length;
  const pair = el("p", { class: "about", role: "status" }, "Point at an entry, or move with the arrow keys.");
  const canvas = el("canvas", { class: "grid", role: "img", tabindex: 0 });
  const heat = heatOf(facts);
  paint(canvas, heat);
  const mark = el("i", { class: "mark", hidden: true });
  mark.style.width = mark.style.height = `${100 / size}%`;
  let [i, j] = [0, 0];
  const tell = (row: number, column: number): void => {
    [i, j] = [Math.min(size - 1, Math.max(0, row)), Math.min(size - 1, Math.max(0, column))];
    mark.hidden = false;
    mark.style.left = `${(100 * j) / size}%`;
    mark.style.top = `${(100 * i) / size}%`;
    pair.textContent = `${names[i]} and ${names[j]}: ${gram[i * size + j].toFixed(3)}`;
  };
  canvas.addEventListener("pointermove", (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    tell(
      Math.floor(((event.clientY - top) / height) * size),
      Math.floor(((event.clientX - left) / width) * size),
    );
  });
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };
  canvas.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    tell(i + move[0], j + move[1]);
  });
  const { element } = numbersOf(() => ({
    caption: "Correlations",
    head: ["function", ...names],
    rows: names.map((name, r) => [name, ...gram.slice(r * size, (r + 1) * size).map((x) => x.toFixed(3))]),
  }));
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, "Gram matrix"),
    el("div", { class: "marked" }, canvas, mark),
    el("p", { class: "about" }, `${heat.axes}.`),
    heatKey(1),
    pair,
    element,
  );
}

const spectrumOf = ({ spectrum }: GramFacts, width = alone): string =>
  lineChart({
    title: "Eigenvalues of the Gram matrix, the largest first",
    series: [
      {
        name: "eigenvalues",
        colour: colours.hard,
        stepped: true,
        points: spectrum.map((x, at) => [at + 1, x] as const),
      },
    ],
    x: { from: 1, to: Math.max(2, spectrum.length), label: "eigenvalues, the largest first" },
    y: { from: 0, to: Math.max(2, 1.1 * (spectrum[0] ?? 1)), label: "eigenvalue" },
    rules: [{ at: 1, across: "x", text: "orthogonal functions" }],
    width,
  });

function spectrum(facts: GramFacts): HTMLElement {
  const { element } = numbersOf(() => ({
    caption: "Eigenvalues",
    head: ["number", "eigenvalue"],
    rows: facts.spectrum.map((x, at) => [String(at + 1), shown(x, 5)]),
  }));
  const [largest = 1] = facts.spectrum;
  const count = facts.names.length;
  const worth = `these ${count} functions are worth ${shown(count / largest)} that do not correlate`;
  const text = `The largest is ${shown(largest)}: to queries ${worth}.`;
  return el(
    "section",
    { class: "panel" },
    el("h2", {}, "Spectrum"),
    chartPlace((width) => spectrumOf(facts, width)).element,
    el("p", { class: "about" }, text),
    element,
  );
}

const ladderOf = ({ ladder: rungs }: GramFacts, width = alone): string =>
  barChart({
    title: "Certified query dimension by symmetry group",
    log: true,
    axis: "query dimension, in powers of ten",
    width,
    bars: rungs.map(({ group, dimension }) => ({
      name: group.split(":")[0],
      value: Number(dimension),
      text: shown(dimension),
      colour: colours.square,
    })),
  });

function ladder(facts: GramFacts): HTMLElement {
  const chart = chartPlace((width) => ladderOf(facts, width)).element;
  const { element } = numbersOf(() => ({
    caption: "Certified query dimension",
    head: ["group", "dimension"],
    rows: facts.ladder.map(({ group, dimension }) => [group, String(dimension)]),
  }));
  return el("section", { class: "panel" }, el("h2", {}, "Symmetry ladder"), chart, element);
}
