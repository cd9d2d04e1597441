/** HTML and SVG as text: escaping, elements, and what is wider than the page. */

/** Text as content or attribute value. */
export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Long whole numbers in groups of three digits. */
export const grouped = (text: string): string =>
  text.replace(/(?<![.\w])\d{5,}(?!\w)/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ","));

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An element around markup; attributes that are null or false are absent, those that are true have no value. */
export function tag(name: string, attributes: Attributes, ...inner: readonly string[]): string {
  const given = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === null || value === false) return [];
    return value === true ? [` ${key}`] : [` ${key}="${escape(String(value))}"`];
  });
  return `<${name}${given.join("")}>${inner.join("")}</${name}>`;
}

/** What is wider than the page moves in a frame of its own, by keyboard too. */
export const scrolled = (inner: string, label: string): string =>
  tag("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": label }, inner);

/** A drawing in a frame of its own units. */
export const drawingIn = (
  width: number,
  height: number,
  attributes: Attributes,
  ...inner: readonly string[]
): string =>
  tag(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, ...attributes },
    ...inner,
  );

/** A drawing that says something. @param label what it shows, for those who do not see it */
export const svg = (width: number, height: number, label: string, ...inner: readonly string[]): string =>
  drawingIn(width, height, { role: "img", "aria-label": label }, ...inner);

const hex = (rgb: readonly string[]): string =>
  `#${rgb.map((x) => Number(x).toString(16).padStart(2, "0")).join("")}`;

/**
 * Plot's drawing as a page holds it: coordinates to a tenth of a pixel, strokes of axes and grids together, no style
 * sheet of its own, no text without letters, and groups without names that say nothing to those who hear them.
 */
export const compactSvg = (text: string): string =>
  strokesTogether(
    text
      .replace(
        /<style>:where\(\.plot[^<]*<\/style>| class="plot-\w+"|background:transparent;color:currentColor;/g,
        "",
      )
      .replace(/(<g\b[^>]*?) aria-label="[^"]*"/g, "$1")
      .replace(/rgb\((\d+), (\d+), (\d+)\)/g, (_, r: string, g: string, b: string) => hex([r, g, b]))
      .replace(/<text\b[^>]*><\/text>|<text\b[^>]*\/>/g, "")
      .replace(movedText, '<text$1 x="$2" y="$3" dy="$4"$5>')
      .replaceAll('" />', '"/>')
      .replaceAll("></line>", "/>")
      .replaceAll("></path>", "/>"),
  )
    .replace(/\b(?:d|points|transform|[cr]?[xy]|[xy][12]|width|height)="[^"]*"/g, toTenths)
    .replace(/ d="[-MLZ\d.,]+"/g, upright)
    .replace(/(?<! aria-label)="[^"]*"/g, (value) => value.replace(/(\d\.\d\d)\d+/g, "$1"));

/** A path whose lines across and up have one number each. */
function upright(path: string): string {
  let [x, y] = ["", ""];
  return path.replace(/([ML])([-\d.]+),([-\d.]+)/g, (line, to: string, across: string, up: string) => {
    const [before, above] = [x, y];
    [x, y] = [across, up];
    if (to === "M") return line;
    if (above === y) return `H${x}`;
    return before === x ? `V${y}` : line;
  });
}

/** Text of one line that is moved to its place; lines of several have places of their own. */
const movedText = /<text([^>]*) transform="translate\(([-\d.]+),([-\d.]+)\)" y="([-\d.]+em)"([^>]*)>(?!<)/g;

const toTenths = (coordinates: string): string =>
  coordinates.replace(/\d+\.\d+/g, (x) => String(Math.round(10 * Number(x)) / 10));

const number = String.raw`(-?\d+(?:\.\d+)?)`;
/** A line, or a path of two points that is moved; neither with settings of its own. */
const stroke = [
  `<line y2="${number}" y1="${number}" x2="${number}" x1="${number}"/>`,
  String.raw`<path d="M${number},${number}L${number},${number}" transform="translate\(${number},${number}\)"/>`,
].join("|");

const [strokes, runs] = [stroke, `(?:${stroke}){2,}`].map((source) => new RegExp(source, "g"));

/** One path for strokes that follow each other: Plot has an element for each tick and each line of a grid. */
const strokesTogether = (text: string): string =>
  text.replace(runs, (run) => {
    const ends = Array.from(run.matchAll(strokes), endsOf);
    return `<path d="${ends.map(([x1, y1, x2, y2]) => `M${x1},${y1}${to(x1, y1, x2, y2)}`).join("")}"/>`;
  });

/** From where to where, in hundredths. */
function endsOf([, y2, y1, x2, x1, ...path]: RegExpExecArray): number[] {
  const [a, b, c, d, right, down] = path.map(Number);
  const ends = x1 === undefined ? [a + right, b + down, c + right, d + down] : [x1, y1, x2, y2].map(Number);
  return ends.map((x) => Math.round(100 * x) / 100);
}

function to(x1: number, y1: number, x2: number, y2: number): string {
  if (x1 === x2) return `V${y2}`;
  return y1 === y2 ? `H${x2}` : `L${x2},${y2}`;
}
