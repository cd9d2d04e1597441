/** Presenter mode: a script of states, each a link, walked by the arrow keys. */

import { fragmentOf, type Place } from "./state/fragment.ts";
import { el } from "./view/dom.ts";

interface Slide {
  readonly place: Place;
  readonly text: string;
}

const slide = (room: string, text: string, settings: Place["settings"] = {}): Slide => ({
  place: { room, settings },
  text,
});

/** The talk: what is hard, why, what goes round it. */
const script: readonly Slide[] = [
  slide(
    "train",
    "The same network, the same inputs. It learns the twin within seconds, and the hard label never.",
  ),
  slide("train", "At order 2 there is no gap. Press Play: a wave that a second moment sees is learned.", {
    k: "2",
  }),
  slide("transition", "The larger the dimension, the sooner it stops.", { most: 64 }),
  slide("gram", "Why: the functions hardly correlate, so a question about one says nothing of the others."),
  slide("adversary", "No question excludes more than a few functions. Try it.", { asked: "12.34" }),
  slide(
    "escape",
    "The bound speaks of correlations only: elimination finds a parity from a few hundred examples.",
  ),
  slide("results", "Over many runs: the larger the order, the smaller the dimension that is learned."),
  slide("own", "The same certificate for functions of your own."),
];

const placeAt = (at: number): Place => ({ ...script[at].place, slide: at });

/** Where the talk begins. */
export const beginning = (): Place => placeAt(0);

/** The caption and its links for a slide; null for a place outside the talk. */
export async function captionOf(at: number | undefined): Promise<HTMLElement | null> {
  const now = at === undefined ? undefined : script[at];
  if (at === undefined || now === undefined) return null;
  const step = async (to: number, text: string) =>
    script[to] === undefined
      ? null
      : el("a", { href: await fragmentOf(placeAt(to)), id: `slide-${text}` }, text);
  return el(
    "aside",
    { class: "caption", "aria-label": "Talk" },
    el("p", {}, now.text),
    el(
      "nav",
      { "aria-label": "Talk" },
      await step(at - 1, "back"),
      `${at + 1} of ${script.length}`,
      await step(at + 1, "next"),
    ),
  );
}

/** Whether a key belongs to what has the focus rather than to the talk. */
const isTaken = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, select, textarea, canvas") !== null;

/** The slide that a key leads to; null where it leads nowhere. */
export function placeAfter(event: KeyboardEvent, at: number | undefined): Place | null {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined || at === undefined || isTaken(event.target)) return null;
  return script[at + step] === undefined ? null : placeAt(at + step);
}
