/** The adversary's room: ask, and see how few functions each answer excludes. */

import { colours } from "../../chart/colours.ts";
import { lineChart } from "../../chart/line.ts";
import { alone, chartPlace } from "../../view/chart-place.ts";
import { el, shown } from "../../view/dom.ts";
import { math } from "../../view/math.ts";
import { noteLine } from "../../view/note.ts";
import { button, scaffold } from "../../view/scaffold.ts";
import { numbersOf } from "../../view/table.ts";
import { start } from "../../work/client.ts";
import type { State } from "../../state/fields.ts";
import { command } from "../../view/command.ts";
import { questionsOf, written } from "../../../src/study/play/questions.ts";
import type { SignsGame, SignsSpec } from "../../../src/study/play/signs.ts";
import type { Mount } from "../room.ts";
import { adversaryFields } from "./fields.ts";

/** Questions that gradient descent may ask. */
const descent = 600;

const title = "Find the function the adversary hides: how many questions does it take?";

export const adversaryRoom: Mount = (host, state, tools) => {
  const { asked: _, ...shownFields } = adversaryFields();
  const functions = 2 ** Number(state.bits);
  const questions = questionsOf(String(state.asked), functions);
  const gradient = state.by === "gradient";
  const grid = survivors(functions, gradient);
  const note = noteLine("Preparing.");
  let game: SignsGame | null = null;
  const numbers = numbersOf(() => tableOf(game));
  const drawing = (width = alone): string => (game === null ? "" : curve(game, gradient, width));
  const chart = chartPlace(drawing);
  const spec = specOf(state, questions);
  const work = start("adversary", spec, (now) => {
    game = now;
    if (now.left.length <= spec.asked.length) return; // not yet where the visitor is
    grid.show(now);
    chart.refresh();
    numbers.refresh();
    note.say(sentence(now, gradient));
  });
  work.result.catch((error: Error) => note.fail(error.message));
  const ask = (asked: number[][]): void => tools.change({ ...state, asked: written(asked) });
  const bar = gradient
    ? [el("p", {}, "Gradient descent asks: an entry of the gradient is a question.")]
    : asking(questions, grid.chosen, ask, note.fail);
  scaffold(
    host,
    {
      title,
      bar,
      figure: [
        note.element,
        el(
          "div",
          { class: "pair" },
          grid.element,
          el("section", { class: "panel" }, chart.element, numbers.element),
        ),
      ],
      prose: prose(),
      fields: shownFields,
      state,
      copies: {
        "command line": () => commandOf(spec),
        JSON: () => JSON.stringify(game),
        SVG: drawing,
      },
    },
    tools,
  );
  return () => work.stop();
};

const commandOf = ({ bits, tau, asked, descent: queries }: SignsSpec): string =>
  command(["play", "signs"], {
    bits,
    tau,
    asked: asked.length > 0 ? written(asked) : undefined,
    descent: queries > 0 ? queries : undefined,
  });

/** Either the visitor's questions, or gradient descent's. */
const specOf = ({ bits, tau, by }: State, asked: readonly number[][]): SignsSpec => ({
  bits: Number(bits),
  tau: Number(tau),
  asked: by === "gradient" ? [] : asked,
  descent: by === "gradient" ? descent : 0,
});

const tableOf = (game: SignsGame | null) => ({
  caption: "Functions that are left",
  head: ["questions", "left", "certified at least"],
  rows: (game?.left ?? []).map((l) => [
    String(l.asked),
    String(l.alive.length),
    String(lineAt(game as SignsGame, l.asked)),
  ]),
});

/** The certified line: at least so many functions survive; never fewer than one. */
const lineAt = ({ names, excludedPerQuery }: SignsGame, asked: number): number =>
  Math.max(1, names.length - asked * excludedPerQuery);

/** The visitor's buttons. */
const asking = (
  questions: readonly number[][],
  chosen: () => number[],
  ask: (questions: number[][]) => void,
  fail: (message: string) => void,
): HTMLElement[] => [
  button(
    "Ask about the sum",
    () =>
      chosen().length === 0
        ? fail("choose functions first; their sum is the question.")
        : ask([...questions, chosen()]),
    true,
  ),
  button("Take one back", () => ask(questions.slice(0, -1))),
  button("Start over", () => ask([])),
];

/** The grid of functions: buttons to choose them by, where the visitor asks. */
function survivors(functions: number, still: boolean) {
  const chosen = new Set<number>();
  const cells = Array.from({ length: functions }, (_, i) => {
    const toggle = (): void => {
      if (!chosen.delete(i)) chosen.add(i);
      cells[i].setAttribute("aria-pressed", String(chosen.has(i)));
    };
    return el(
      "button",
      {
        type: "button",
        id: `cell-${i}`,
        class: "cell",
        "aria-pressed": still ? undefined : false,
        disabled: still,
        click: toggle,
      },
      "…",
    );
  });
  return {
    element: el("div", { class: "cells", role: "group", "aria-label": "Functions" }, ...cells),
    chosen: () => [...chosen].sort((a, b) => a - b),
    show({ names, left }: SignsGame) {
      const living = new Set(left[left.length - 1].alive);
      cells.forEach((cell, i) => {
        const out = !living.has(i);
        cell.textContent = names[i];
        cell.classList.toggle("out", out);
        cell.setAttribute("aria-label", `Function ${names[i]}, ${out ? "excluded" : "possible"}`);
      });
    },
  };
}

function curve(game: SignsGame, gradient: boolean, width: number): string {
  const { left, names } = game;
  const to = Math.max(12, left[left.length - 1].asked);
  const line = Array.from({ length: to + 1 }, (_, i) => [i, lineAt(game, i)] as const);
  return lineChart({
    title: "Functions left after each question, and the certified line below which they cannot fall",
    series: [
      {
        name: gradient ? "after gradient descent's questions" : "after your questions",
        colour: gradient ? colours.hard : colours.square,
        stepped: true,
        marked: left.length <= 24,
        points: left.map((l) => [l.asked, l.alive.length]),
      },
      { name: "at least so many are left, certified", colour: colours.quiet, dashed: true, points: line },
    ],
    x: { from: 0, to, label: "questions" },
    y: { from: 0, to: names.length, label: "functions left" },
    rules: [{ at: 1, across: "x", text: "found" }],
    width,
  });
}

function sentence({ excludedPerQuery, population, left }: SignsGame, gradient: boolean): string {
  const { asked, alive } = left[left.length - 1];
  const who = gradient ? "Gradient descent has" : "You have";
  const found = alive.length === 1 ? "Found." : `${shown(alive.length)} functions are left.`;
  return [
    `${who} asked ${shown(asked)} ${asked === 1 ? "question" : "questions"}. ${found}`,
    `No question can exclude more than ${excludedPerQuery}: certified, exactly, over all ${shown(population)} inputs.`,
  ].join(" ");
}

const prose = () => [
  "Each cell is a function of a few signs: a product of some of them. You ask for the correlation of the ",
  "hidden one with a sum of functions, ",
  math("h"),
  "; the answer need only be right within ",
  math("τ||h||"),
  ". The adversary fixes nothing beforehand and answers so that as many functions as possible stay. As the ",
  "functions are orthogonal, an answer of 0 excludes fewer than ",
  math("λ/τ^2"),
  " of them, ",
  math("λ"),
  " the largest eigenvalue of their Gram matrix, here 1.",
];
