/**
 * The page's own script, as an element of it. Empty in the sources: the build puts here what `page.ts` beside it comes
 * to as one file, packed (scripts/live.mjs).
 */

export const pageScript: string = "";
