/** The room of escapes: learners that do not correlate, given more and more examples. */

import { colours } from "../../chart/colours.ts";
import { lineChart } from "../../chart/line.ts";
import { command } from "../../view/command.ts";
import { alone, chartPlace } from "../../view/chart-place.ts";
import { el, percent, sentenceOf, shown } from "../../view/dom.ts";
import { noteLine } from "../../view/note.ts";
import { button, scaffold } from "../../view/scaffold.ts";
import { numbersOf, roomBeside } from "../../view/table.ts";
import { start, type Work } from "../../work/client.ts";
import type { State } from "../../state/fields.ts";
import type { EscapeEnd, EscapePoint, EscapeSpec } from "../../work/jobs/escape.ts";
import type { Mount } from "../room.ts";
import { escapeFields, ways, type Way } from "./fields.ts";

export const escapeRoom: Mount = (host, state, tools) => {
  const way = ways[state.way as Way];
  const note = noteLine("Starting.");
  const found = el("div", { class: "found" });
  let points: EscapePoint[] = [];
  let work: Work<EscapeEnd> | null = null;
  const numbers = numbersOf(() => tableOf(points), roomBeside());
  const drawing = (width = alone): string => curve(way, Number(state.size), points, width);
  const chart = chartPlace(drawing);
  const show = (): void => {
    chart.refresh();
    numbers.refresh();
    const last = points.at(-1);
    if (last !== undefined) note.say(sentence(last));
  };
  const play = (): void => {
    work?.stop();
    points = [];
    found.replaceChildren();
    work = start("escape", specOf(state), (point) => {
      points.push(point);
      show();
    });
    work.result.then(
      ({ hidden, summary }) => {
        const lines = [`Hidden: ${hidden}.`, foundText(points.at(-1)), sentenceOf(summary)];
        found.replaceChildren(...lines.map((line) => el("p", { class: "about" }, line)));
      },
      (error: Error) => note.fail(error.message),
    );
  };
  scaffold(
    host,
    {
      title: "Ways round the bound: ask something other than a correlation",
      bar: [button("▶ Play again", play, true)],
      figure: [note.element, el("section", { class: "panel split" }, chart.element, found, numbers.element)],
      prose,
      fields: escapeFields(state),
      state,
      copies: {
        "command line": () => commandsOf(specOf(state)),
        JSON: () => JSON.stringify({ schema: "equihard.lab-escape/1", state, points }),
        SVG: drawing,
      },
    },
    tools,
  );
  show();
  play();
  return () => work?.stop();
};

function specOf({ way: name, size, seed }: State): EscapeSpec {
  const { learner, family, params, counts } = ways[name as Way];
  return { learner, family, params: params(Number(size)), seed: Number(seed), counts: counts(Number(size)) };
}

/** A command a point. */
const commandsOf = ({ learner, family, params, seed, counts }: EscapeSpec): string =>
  counts
    .map((samples) => command(["learn", family, `--learner ${learner}`], { ...params, samples, seed }))
    .join("\n");

/** Several sets may name one function: then what is found looks different, and is the same. */
function foundText(last: EscapePoint | undefined): string {
  if (last === undefined) return "";
  return last.exact ? `Found: ${last.found}, the same function.` : `Found: ${last.found}.`;
}

const tableOf = (points: readonly EscapePoint[]) => {
  const ranked = points.some(({ rank }) => rank !== null);
  const yes = (x: boolean): string => (x ? "yes" : "no");
  return {
    caption: "What is learned from so many examples",
    head: ["examples", ...(ranked ? ["independent"] : []), "explained", "exact"],
    rows: points.map((p) => [
      shown(p.samples),
      ...(ranked ? [String(p.rank)] : []),
      p.explained === null ? "none" : percent(p.explained),
      yes(p.exact),
    ]),
  };
};

const prose = [
  "The certificates bound learners that correlate with the label. Elimination solves linear equations ",
  "over two elements: each example is one, and when as many are independent as there are unknowns, the ",
  "hidden set is found at once; what no example shows stays unknown. Second moments of the inputs ",
  "weighted by the squared label point to a ",
  "hidden plane, or to pairs of hidden coordinates. Growing a basis multiplies only what has already ",
  "been found.",
];

/** The least share that is drawn as it is: a basis grown from too few examples may miss by any factor. */
const LOWEST = -0.1;

const curve = (
  way: (typeof ways)[Way],
  size: number,
  points: readonly EscapePoint[],
  width: number,
): string => {
  const counts = way.counts(size);
  return lineChart({
    title: `${way.learner}: share of the label explained, by the number of examples`,
    series: [
      {
        name: way.learner,
        colour: colours.square,
        marked: true,
        points: points.map((p) => [p.samples, p.explained]),
      },
    ],
    x: {
      from: counts[0],
      to: counts[counts.length - 1],
      log: way.log,
      label: "examples",
      format: (x) => shown(x),
    },
    y: {
      from: LOWEST,
      to: 1.02,
      label: points.some(({ explained }) => (explained ?? 0) < LOWEST)
        ? `explained, drawn from ${percent(LOWEST)}`
        : "explained",
      format: percent,
    },
    rules: [{ at: 0, across: "x", text: "best constant" }],
    width,
  });
};

function sentence({ samples, explained, exact, rank }: EscapePoint): string {
  const equations = rank === null ? "" : `, ${shown(rank)} independent equations,`;
  const share = percent(Math.max(0, explained ?? 0));
  return `From ${shown(samples)} examples${equations} it explains ${share}${exact ? ", exactly" : ""}.`;
}
