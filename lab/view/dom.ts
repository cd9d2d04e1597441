/** Elements from data: text stays text, whatever it holds. */

/** What stands in an element. */
export type Child = Node | string | null;

type Listener = (event: Event) => void;

/** Attributes; a function listens to the event of that name. `true` is an attribute without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | Listener | undefined>>;

/** An element with attributes and children; null children and false or undefined attributes are left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Draws markup whose text is escaped: a chart's, by `chart/svg.ts`, or a formula's. */
export function draw(host: Element, markup: string): void {
  host.innerHTML = markup;
}

/** A number for a reader: so many significant digits, thousands apart, powers of ten where it is large. */
export function shown(x: number | string | null, digits = 3): string {
  if (x === null) return "none";
  const value = Number(x);
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value.toLocaleString("en");
  if (Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-3)) {
    const [head, power] = value.toExponential(Math.max(0, digits - 2)).split("e");
    return `${head} × 10${superscript(Number(power))}`;
  }
  return value.toPrecision(digits);
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const superscript = (power: number): string =>
  `${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((d) => raised[Number(d)]).join("")}`;

/** A share as per cent. */
export const percent = (x: number): string => `${Math.round(100 * x)} %`;

/** A text as a sentence: a capital at its beginning, a full stop at its end. */
export const sentenceOf = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
