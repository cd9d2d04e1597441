/** The page's own script: figures that answer, long tables on demand, and links that open what they name. */

import { turned, type Listing, type PageData } from "../page-data.ts";
import { enliven, type Redraw, type ShowRecord } from "./chart.ts";
import { element, shown } from "./dom.ts";
import { sortableTable } from "./table.ts";
import { embedded } from "./unpack.ts";

const rowId = (id: unknown): string => `record-${String(id)}`;

/** A record in short: what it did, its command, and the way to its line in the list of all. */
const recordIn =
  (listings: readonly Listing[]): ShowRecord =>
  (id) => {
    const listing = listings.find(({ rows }) => rows.some(([first]) => first === id));
    const row = listing?.rows.find(([first]) => first === id);
    if (listing === undefined || row === undefined) return [];
    const command = shown(row[listing.columns.indexOf("command")]);
    const line = element("a", { href: `#${rowId(id)}` }, `record ${id.slice(0, 8)} in the list of all`);
    return [element("p", {}, element("code", {}, command)), element("p", {}, line)];
  };

/** Builds a long table when its part of the page is opened. */
function fillListing(listing: Listing): void {
  const place = document.querySelector(`[data-listing="${CSS.escape(listing.name)}"]`);
  if (place === null || place.querySelector("table") !== null) return;
  place.append(sortableTable(listing, listing.name, ([id]) => rowId(id)));
}

/** Opens whatever is folded around the target of a link, and goes there. */
function openTarget(listings: readonly Listing[]): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const listing = listings.find(({ rows }) => rows.some(([first]) => rowId(first) === id));
  if (listing !== undefined) fillListing(listing);
  const target = document.getElementById(id);
  if (target === null) return;
  for (let at: Element | null = target; at !== null; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  // :target is of what was there when the link was followed; a line of a long table may not have been
  for (const before of document.querySelectorAll(".found")) before.classList.remove("found");
  target.classList.add("found");
  target.scrollIntoView();
}

/** Pixels of a sheet's text: there nothing can be opened, and no chart comes to be as wide as its frame. */
const PAPER = 700;

async function start(): Promise<void> {
  const { figures, listings: packed } = JSON.parse(await embedded(document, "data")) as PageData;
  const listings = packed.map(({ values, ...listing }): Listing => ({ ...listing, rows: turned(values) }));
  const record = recordIn(listings);
  const waiting = new Set(document.querySelectorAll<HTMLElement>("figure[data-figure]"));
  const charts: Redraw[] = [];
  const wake = (target: HTMLElement): void => {
    near.unobserve(target);
    if (!waiting.delete(target)) return;
    const data = figures.find((f) => f.name === target.dataset["figure"]);
    const place = target.querySelector(".frame :is(.tall, .narrow, .wide)");
    if (data?.drawing !== undefined && place !== null) {
      place.innerHTML = data.drawing;
      // which kept its room until now
      target.querySelector<HTMLElement>(".frame")?.style.removeProperty("min-height");
    }
    const redraw = data === undefined ? null : enliven(target, data, record);
    if (redraw !== null) charts.push(redraw);
  };
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting && target instanceof HTMLElement) wake(target);
    },
    { rootMargin: "400px" },
  );
  for (const figure of waiting) near.observe(figure);
  for (const listing of listings)
    document
      .querySelector(`[data-listing="${CSS.escape(listing.name)}"]`)
      ?.closest("details")
      ?.addEventListener("toggle", () => fillListing(listing));
  addEventListener("beforeprint", () => {
    // but the numbers of figures, which are printed where a reader has opened them
    for (const details of document.querySelectorAll<HTMLDetailsElement>("details:not(figure > details)"))
      details.open = true;
    for (const figure of waiting) wake(figure);
    for (const redraw of charts) redraw(PAPER);
  });
  addEventListener("afterprint", () => {
    for (const redraw of charts) redraw();
  });
  addEventListener("hashchange", () => openTarget(listings));
  if (location.hash !== "") openTarget(listings);
}

void start();
