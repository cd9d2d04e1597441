/** What a page embeds as text, plain or packed. */

/** @returns the text of an embedded element, unpacked where it says that it is */
export async function embedded(document: Document, id: string): Promise<string> {
  const element = document.getElementById(id);
  const text = element?.textContent ?? "";
  if (element?.dataset["packed"] === undefined) return text;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
