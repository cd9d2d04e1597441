/** The room of transitions: bisection for the dimension at which gradient descent stops, live. */

import { colours } from "../../chart/colours.ts";
import { lineChart } from "../../chart/line.ts";
import { chartSize } from "../../view/chart-size.ts";
import { draw, el, percent, shown, type Child } from "../../view/dom.ts";
import { math } from "../../view/math.ts";
import { button, noteLine, scaffold } from "../../view/scaffold.ts";
import { numbersOf, roomBeside } from "../../view/table.ts";
import { start, type Work } from "../../work/client.ts";
import type { TrainEnd } from "../../work/jobs/train.ts";
import { commandOf } from "../train/fields.ts";
import type { Mount } from "../room.ts";
import { bracketOf, LEARNED, nextOf, sizeOf, specAt, transitionFields, type Tried } from "./fields.ts";

export const transitionRoom: Mount = (host, state, tools) => {
  const [least, most] = [Number(state.least), Math.max(Number(state.least) + 1, Number(state.most))];
  const name = sizeOf(state);
  const note = noteLine("Press play: the ends first, then between them.");
  const chart = el("div", { class: "chart" });
  let tried: Tried[] = [];
  let work: Work<TrainEnd> | null = null;
  const ordered = (): Tried[] => [...tried].sort((a, b) => a.size - b.size);
  const numbers = numbersOf(() => tableOf(ordered(), name), roomBeside());
  const drawing = (): string => curve(ordered(), name, least, most);
  const show = (): void => {
    draw(chart, drawing());
    numbers.refresh();
  };
  const step = (): void => {
    const size = nextOf(tried, least, most);
    if (size === null) return void (note.textContent = verdict(ordered(), name));
    note.textContent = [`Training at ${name} = ${size}.`, bracketText(ordered(), name)].join(" ");
    work = start("train", specAt(state, size));
    work.result.then(
      ({ explained }) => {
        tried.push({ size, explained: explained ?? 0 });
        show();
        step();
      },
      (error: Error) => (note.textContent = error.message),
    );
  };
  const play = (): void => {
    work?.stop();
    tried = [];
    show();
    step();
  };
  scaffold(
    host,
    {
      title: "Where does gradient descent stop? Bisecting the size",
      bar: [button("▶ Play", play, true)],
      figure: [note, el("section", { class: "panel split" }, chart, numbers.element)],
      prose: prose(),
      fields: transitionFields(state),
      state,
      copies: {
        "command line": () =>
          (tried.length === 0 ? [least] : tried.map((t) => t.size))
            .map((size) => commandOf(specAt(state, size)))
            .join("\n"),
        JSON: () => JSON.stringify({ schema: "equihard.lab-transition/1", state, tried: ordered() }),
        SVG: drawing,
      },
    },
    tools,
  );
  show();
  return () => work?.stop();
};

const tableOf = (tried: readonly Tried[], name: string) => ({
  caption: "Sizes tried",
  head: [name, "explained", "learned"],
  rows: tried.map((t) => [String(t.size), percent(t.explained), t.explained >= LEARNED ? "yes" : "no"]),
});

const prose = (): Child[] => [
  "The same network, batch and steps at every size. The certified number of queries grows like the dimension to ",
  "the power ",
  math("k"),
  ", so for a larger order the transition comes sooner; where ",
  math("k=2"),
  " there is hardly one.",
];

const curve = (tried: readonly Tried[], name: string, least: number, most: number): string =>
  lineChart({
    title: `Share of the label that gradient descent explains, by ${name}`,
    series: [
      { name: "hard", colour: colours.hard, marked: true, points: tried.map((t) => [t.size, t.explained]) },
    ],
    x: { from: least, to: most, log: true, label: name, format: (x) => shown(x) },
    y: { from: -0.1, to: 1.02, label: "explained", format: percent },
    rules: [{ at: LEARNED, across: "x", text: "learned" }],
    ...chartSize(),
  });

function bracketText(tried: readonly Tried[], name: string): string {
  const found = bracketOf(tried);
  return found === null ? "" : `The transition lies between ${name} = ${found[0]} and ${found[1]}.`;
}

function verdict(tried: readonly Tried[], name: string): string {
  const found = bracketOf(tried);
  if (found !== null) return `Learned up to ${name} = ${found[0]}, not at ${name} = ${found[1]}.`;
  return tried.some((t) => t.explained >= LEARNED)
    ? `Learned at every ${name} tried.`
    : `Learned at no ${name} tried.`;
}
