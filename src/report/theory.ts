/**
 * docs/theory.md as a page that is written beside a report, wherever that lies. Empty in the sources: the build puts
 * here what the page comes to (scripts/lab-docs.mjs).
 */

export const theoryHtml: string = "";
