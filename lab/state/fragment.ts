/**
 * The page's state as the address's fragment: `#v1.` and deflated JSON in the base64 of addresses. What is at its
 * preset is left out, so that links stay short.
 */

/** Longest fragment that is written or read: what messengers and slides do not cut. */
export const longest = 500;
/** Most bytes a fragment may unpack to. */
const unpacked = 16_384;
const version = "v1.";

/** Where the page is: a room with what of its settings differs from the presets, and how the page is shown. */
export interface Place {
  readonly room: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Without heading and navigation, for a frame in another page. */
  readonly embed?: boolean;
  /** Which state of the presenter's script this is. */
  readonly slide?: number;
}

/** The fragment of a place, `#` included. @throws Error for a state that is too large for a link */
export async function fragmentOf({ room, settings, embed, slide }: Place): Promise<string> {
  const document = {
    r: room,
    s: settings,
    ...(embed === true ? { e: 1 } : {}),
    ...(slide === undefined ? {} : { p: slide }),
  };
  const stream = new Blob([JSON.stringify(document)])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  const fragment = `#${version}${text}`;
  if (fragment.length > longest)
    throw new Error(
      `this state makes a link of ${fragment.length} characters, at most ${longest} are allowed`,
    );
  return fragment;
}

/** Reads a fragment; null for an empty one. @throws Error in words for anything that is no state of this page */
export async function placeOf(fragment: string): Promise<Place | null> {
  const text = fragment.replace(/^#/, "");
  if (text === "") return null;
  if (!text.startsWith(version)) throw new Error("this link is of no version that the page knows");
  if (fragment.length > longest) throw new Error(`this link is longer than ${longest} characters`);
  const document = await unpack(text.slice(version.length)).catch(() => {
    throw new Error("this link is damaged");
  });
  return checked(document);
}

async function unpack(text: string): Promise<unknown> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  const [decoder, parts] = [new TextDecoder("utf-8", { fatal: true }), [] as string[]];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > unpacked) throw new Error("too large");
    parts.push(decoder.decode(value, { stream: true }));
  }
  return JSON.parse(parts.join("") + decoder.decode());
}

function checked(document: unknown): Place {
  const { r, s, e, p } = (document ?? {}) as Record<string, unknown>;
  const settings = typeof s === "object" && s !== null && !Array.isArray(s);
  if (typeof r !== "string" || !settings) throw new Error("this link names no room of the page");
  return {
    room: r,
    settings: s as Record<string, unknown>,
    ...(e === 1 ? { embed: true } : {}),
    ...(typeof p === "number" ? { slide: p } : {}),
  };
}
