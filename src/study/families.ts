/** The section of the report that the studies on all families share. */

import type { Block, Section } from "../report/page.ts";

export const familiesSection = (blocks: readonly Block[]): Section => ({
  id: "families",
  title: "All families: what is certified",
  blocks,
});
