/** A field for a file, which also takes one that is dropped on it. */

import { el } from "./dom.ts";

/** @param text what may be dropped; @param accept endings that the system's dialogue offers */
export function fileField(id: string, text: string, accept: string, take: (file: File) => void): HTMLElement {
  const input = el("input", { type: "file", id, accept });
  const given = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file !== undefined) take(file);
  };
  input.addEventListener("change", () => given(input.files));
  const zone = el("label", { class: "drop", for: id }, text, input);
  const over = (event: Event, now: boolean): void => {
    event.preventDefault();
    zone.classList.toggle("over", now);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    given(event.dataTransfer?.files);
  });
  return zone;
}
