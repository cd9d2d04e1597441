/** Sections of the report that studies on all families share. */

import type { Block, Section } from "../report/page.ts";

export const familiesSection = (blocks: readonly Block[]): Section => ({
  id: "families",
  title: "All families: what is certified, and validation of it",
  folded: true,
  blocks,
});

/** The section that who learns what shares with the ways round. */
export const MATRIX_SECTION = { id: "matrix", title: "Families by learners" } as const;
