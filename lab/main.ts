/** The page: which room, with which settings, from the address; back and forward, shared links and damaged ones. */

import { changesOf, stateOf, type State } from "./state/fields.ts";
import { fragmentOf, placeOf, type Place } from "./state/fragment.ts";
import { beginning, captionOf, placeAfter } from "./present.ts";
import { roomOf, rooms } from "./room/registry.ts";
import type { Room } from "./room/room.ts";
import { docsLink } from "./view/docs.ts";
import { el, sentenceOf } from "./view/dom.ts";
import "./style.css";

const home: Place = { room: rooms[0].id, settings: {} };
const host = el("main", { id: "room" });
const live = el("div", { class: "unseen", role: "status", "aria-live": "polite" });
const caption = el("div", {});
const navigation = el("nav", { "aria-label": "Rooms" });

interface Shown {
  readonly place: Place;
  end(): void;
}
let shown: Shown | null = null;
let asked = 0;

const announce = (text: string): void => void (live.textContent = text);

async function go(place: Place, how: "push" | "replace"): Promise<void> {
  const fragment = await fragmentOf(place);
  if (how === "push") history.pushState(null, "", fragment);
  else history.replaceState(null, "", fragment);
  await show(place);
}

/** Mounts a place; of two that are asked for at once, the later one. */
async function show(place: Place): Promise<void> {
  const turn = ++asked;
  document.documentElement.classList.toggle("embed", place.embed === true);
  const room = roomOf(place.room);
  const state = stateOf(room.fields(place.settings), place.settings);
  const mount = await room.load();
  if (turn !== asked) return;
  const focused = document.activeElement?.id ?? "";
  shown?.end();
  const end = mount(host, state, {
    announce,
    link: () => location.href,
    frame: async () =>
      frameOf(room, await fragmentOf({ room: place.room, settings: place.settings, embed: true })),
    change: (next) => void go({ ...place, settings: kept(room, next) }, "push").catch(complain),
  });
  shown = { place, end };
  document.title = `${room.name} - equihard lab`;
  await navigate(place);
  if (focused !== "") document.getElementById(focused)?.focus();
}

/** Markup for another page; what stands in a fragment needs no escape. */
const frameOf = ({ name }: Room, fragment: string): string => {
  const address = new URL(fragment, location.href).href.replaceAll('"', "%22");
  return `<iframe src="${address}" title="${name}" width="100%" height="720" style="border:0"></iframe>`;
};

/** What of a state is worth a link; a setting that another one has taken away is dropped. */
function kept(room: Room, state: State): State {
  const fields = room.fields(state);
  const known = Object.fromEntries(Object.entries(state).filter(([name]) => Object.hasOwn(fields, name)));
  const fitting = Object.entries(known).filter(([name, value]) => {
    try {
      stateOf(fields, { [name]: value });
      return true;
    } catch {
      return false;
    }
  });
  return changesOf(fields, Object.fromEntries(fitting));
}

async function navigate(place: Place): Promise<void> {
  const links = rooms.map(async ({ id, name }) => {
    const href = await fragmentOf({ ...home, room: id });
    return el("a", { href, id: `go-${id}`, "aria-current": id === place.room ? "page" : undefined }, name);
  });
  const talk = el("a", { href: await fragmentOf(beginning()), id: "go-talk" }, "Talk");
  const beside = [talk, docsLink("Docs")].filter((link) => link !== null);
  navigation.replaceChildren(...(await Promise.all(links)), ...beside);
  const slide = await captionOf(place.slide);
  caption.replaceChildren(...(slide === null ? [] : [slide]));
}

/** A link that cannot be shown says so, and leads home. */
function complain(error: unknown): void {
  shown?.end();
  shown = null;
  const message = error instanceof Error ? error.message : String(error);
  host.replaceChildren(
    el(
      "section",
      { class: "card error", role: "alert" },
      el("h1", {}, "This link cannot be shown"),
      el("p", {}, sentenceOf(message)),
      el("p", {}, el("a", { href: "#" }, "Start at the beginning")),
    ),
  );
  void navigate({ ...home, room: "" });
}

const fromAddress = async (): Promise<void> => {
  try {
    await show((await placeOf(location.hash)) ?? home);
  } catch (error) {
    complain(error);
  }
};

document.body.append(
  el(
    "a",
    { class: "skip", href: "#room", click: (event) => (event.preventDefault(), host.focus()) },
    "Skip to the room",
  ),
  el("header", { class: "top" }, el("a", { class: "brand", href: "#" }, "equihard lab"), navigation),
  caption,
  host,
  live,
);
host.tabIndex = -1;
addEventListener("keydown", (event) => {
  const place = placeAfter(event, shown?.place.slide);
  if (place !== null) void go(place, "push").catch(complain);
});
addEventListener("hashchange", () => void fromAddress());
addEventListener("popstate", () => void fromAddress());
void fromAddress();
