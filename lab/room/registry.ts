/** All rooms; a new one is its folder and a line here. */

import { adversaryFields } from "./adversary/fields.ts";
import { escapeFields } from "./escape/fields.ts";
import { gramFields } from "./gram/fields.ts";
import { ownFields } from "./own/fields.ts";
import { resultsFields } from "./results/fields.ts";
import type { Mount, Room } from "./room.ts";
import { trainFields } from "./train/fields.ts";
import { transitionFields } from "./transition/fields.ts";

const room = (id: string, name: string, fields: Room["fields"], load: () => Promise<Mount>): Room => ({
  id,
  name,
  fields,
  load,
});

export const rooms: readonly Room[] = [
  room("train", "Train", trainFields, async () => (await import("./train/room.ts")).trainRoom),
  room(
    "transition",
    "Transition",
    transitionFields,
    async () => (await import("./transition/room.ts")).transitionRoom,
  ),
  room(
    "adversary",
    "Adversary",
    adversaryFields,
    async () => (await import("./adversary/room.ts")).adversaryRoom,
  ),
  room("gram", "Gram", gramFields, async () => (await import("./gram/room.ts")).gramRoom),
  room("escape", "Escape", escapeFields, async () => (await import("./escape/room.ts")).escapeRoom),
  room("own", "Your own", ownFields, async () => (await import("./own/room.ts")).ownRoom),
  room("results", "Results", resultsFields, async () => (await import("./results/room.ts")).resultsRoom),
];

/** @throws Error in words for a room that there is not */
export function roomOf(id: string): Room {
  const found = rooms.find((r) => r.id === id);
  if (found === undefined) throw new Error(`this page has no room "${id.slice(0, 40)}"`);
  return found;
}
