/** Charts are text: SVG that needs no document to be drawn, for the page, for a file, for a report. */

/** Text as it may stand in markup. */
export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

type Attributes = Readonly<Record<string, string | number>>;

/** One element of SVG; `inner` is markup. */
export function tag(name: string, attributes: Attributes, inner = ""): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  return inner === "" ? `<${name}${list.join("")}/>` : `<${name}${list.join("")}>${inner}</${name}>`;
}

/** A line of text in the colour of its surroundings unless another is given. */
export const label = (x: number, y: number, text: string, more: Attributes = {}): string =>
  tag("text", { x: round(x), y: round(y), fill: "currentColor", ...more }, escape(text));

/** How the lines of a grid look, and the words of an axis. */
export const grid = { stroke: "currentColor", "stroke-opacity": 0.14 };
export const quiet = { opacity: 0.75 };

/** Keeps a text legible where curves run behind it. */
export const halo: Attributes = {
  "paint-order": "stroke",
  stroke: "var(--card, white)",
  "stroke-width": 3,
  "stroke-linejoin": "round",
};

/** Pixels that a text of a chart takes, rather too many than too few: nothing here can measure it. */
export const widthOf = (text: string): number => 7.2 * text.length;

/** A tenth of a pixel is finer than a screen. */
export const round = (x: number): number => Math.round(x * 10) / 10;

/** The drawing as a whole: a title for those who do not see it. */
export const picture = (width: number, height: number, title: string, inner: string): string =>
  tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-label": title,
      "font-family": "system-ui, sans-serif",
      "font-size": 12,
    },
    inner,
  );

/** Drawings of `picture` one below the other, as one that is a file of its own. */
export function stacked(title: string, pictures: readonly string[]): string {
  const sized = pictures.flatMap((text) => {
    const [, width, height] = /viewBox="0 0 (\S+) (\S+)"/.exec(text) ?? [];
    return width === undefined ? [] : [{ text, width: Number(width), height: Number(height) }];
  });
  let top = 0;
  const parts = sized.map(({ text, width, height }) => {
    const part = text.replace("<svg", `<svg x="0" y="${top}" width="${width}" height="${height}"`);
    top += height + 12;
    return part;
  });
  return picture(Math.max(0, ...sized.map(({ width }) => width)), top, title, parts.join(""));
}
