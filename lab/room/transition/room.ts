/** The room of transitions: bisection for the dimension at which gradient descent stops, live. */

import { colours } from "../../chart/colours.ts";
import { lineChart } from "../../chart/line.ts";
import { alone, chartPlace } from "../../view/chart-place.ts";
import { el, percent, shown, type Child } from "../../view/dom.ts";
import { math } from "../../view/math.ts";
import { noteLine } from "../../view/note.ts";
import { button, scaffold } from "../../view/scaffold.ts";
import { numbersOf, roomBeside } from "../../view/table.ts";
import { start, type Work } from "../../work/client.ts";
import type { State } from "../../state/fields.ts";
import type { Point, TrainEnd } from "../../work/jobs/train.ts";
import { commandOf } from "../train/fields.ts";
import type { Mount } from "../room.ts";
import { bracketOf, LEARNED, nextOf, sizeOf, specAt, transitionFields, type Tried } from "./fields.ts";

export const transitionRoom: Mount = (host, state, tools) => {
  const [least, most] = [Number(state.least), Math.max(Number(state.least) + 1, Number(state.most))];
  const name = sizeOf(state);
  const note = noteLine();
  const reached = el("span", { class: "steps" });
  let [tried, work]: [Tried[], Work<TrainEnd> | null] = [[], null];
  const ordered = (): Tried[] => [...tried].sort((a, b) => a.size - b.size);
  const numbers = numbersOf(() => tableOf(ordered(), name), roomBeside());
  const drawing = (width = alone): string => curve(ordered(), name, [least, most], width);
  const chart = chartPlace(drawing);
  const show = (): void => [chart, numbers].forEach((view) => view.refresh());
  const finish = (text: string, tell = note.say): void => {
    work?.stop();
    work = null;
    [control.textContent, reached.textContent] = ["▶ Play again", ""];
    tell(text);
  };
  const step = (): void => {
    const size = nextOf(tried, least, most);
    if (size === null) return finish(verdict(ordered(), name));
    note.say([`Training at ${name} = ${size}.`, bracketText(ordered(), name)].join(" "));
    work = start("train", specAt(state, size), (event) => {
      if (event.kind === "point") reached.textContent = reachedText(event.point, state);
    });
    work.result.then(
      ({ explained }) => {
        tried.push({ size, explained: explained ?? 0 });
        show();
        step();
      },
      (error: Error) => finish(error.message, note.fail),
    );
  };
  const play = (): void => {
    tried = [];
    show();
    control.textContent = "■ Stop";
    step();
  };
  const control = button("▶ Play", () => (work === null ? play() : finish("Stopped.")), true);
  scaffold(
    host,
    {
      title: "Where does gradient descent stop? Bisecting the size",
      bar: [control, reached],
      figure: [note.element, el("section", { class: "panel split" }, chart.element, numbers.element)],
      prose: prose(),
      fields: transitionFields(state),
      state,
      copies: {
        "command line": () => commandsOf(state, tried.length === 0 ? [least] : tried.map((t) => t.size)),
        JSON: () => JSON.stringify({ schema: "equihard.lab-transition/1", state, tried: ordered() }),
        SVG: drawing,
      },
    },
    tools,
  );
  play();
  return () => work?.stop();
};

/** A training a size. */
const commandsOf = (state: State, sizes: readonly number[]): string =>
  sizes.map((size) => commandOf(specAt(state, size))).join("\n");

/** How far the training under way is. */
const reachedText = ({ step, explained }: Point, { steps }: State): string =>
  `step ${shown(step)} of ${shown(steps)}: explains ${percent(Math.max(0, explained ?? 0))}`;

const tableOf = (tried: readonly Tried[], name: string) => ({
  caption: "Sizes tried",
  head: [name, "explained", "learned"],
  rows: tried.map((t) => [String(t.size), percent(t.explained), t.explained >= LEARNED ? "yes" : "no"]),
});

const prose = (): Child[] => [
  "The same network, batch and steps at every size: both ends first, then between them. The certified ",
  "number of queries grows like the dimension to the power ",
  math("k"),
  ", so for a larger order the transition comes sooner; where ",
  math("k=2"),
  " there is hardly one.",
];

const curve = (
  tried: readonly Tried[],
  name: string,
  [least, most]: readonly [number, number],
  width: number,
): string =>
  lineChart({
    title: `Share of the label that gradient descent explains, by ${name}`,
    series: [
      { name: "hard", colour: colours.hard, marked: true, points: tried.map((t) => [t.size, t.explained]) },
    ],
    x: { from: least, to: most, log: true, label: name, format: (x) => shown(x) },
    y: { from: -0.1, to: 1.02, label: "explained", format: percent },
    rules: [{ at: LEARNED, across: "x", text: "learned" }],
    width,
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
