/** The page's own script: figures that answer, long tables on demand, and links that open what they name. */

import type { Listing, PageData } from "../page-data.ts";
import { enliven, type ShowRecord } from "./chart.ts";
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
  place.replaceChildren(sortableTable(listing, listing.name, ([id]) => rowId(id)));
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

async function start(): Promise<void> {
  const { figures, listings } = JSON.parse(await embedded(document, "data")) as PageData;
  const record = recordIn(listings);
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting || !(target instanceof HTMLElement)) continue;
        near.unobserve(target);
        const data = figures.find((f) => f.name === target.dataset["figure"]);
        if (data !== undefined) enliven(target, data, record);
      }
    },
    { rootMargin: "400px" },
  );
  for (const figure of document.querySelectorAll("figure[data-figure]")) near.observe(figure);
  for (const listing of listings)
    document
      .querySelector(`[data-listing="${CSS.escape(listing.name)}"]`)
      ?.closest("details")
      ?.addEventListener("toggle", () => fillListing(listing));
  // on paper nothing can be opened
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  addEventListener("hashchange", () => openTarget(listings));
  if (location.hash !== "") openTarget(listings);
}

void start();
