/**
 * The small algebra of group names: `cyclic:12`, `cyclic:4xcyclic:5` (product action on the grid, row-major),
 * `file:generators.json`. parse(print(x)) = x.
 *
 * A file's name runs to the end of the text, or to an x that a whole further factor follows: `file:axcyclic:5.json` is
 * one file. Where a name would still be cut, it stands in double quotes as a JSON string:
 * `file:"axcyclic:5"xcyclic:4`.
 */

import { reject, requireChoice } from "../base/errors.ts";
import { alternating } from "./named/alternating.ts";
import { cyclic } from "./named/cyclic.ts";
import { dihedral } from "./named/dihedral.ts";
import { symmetric } from "./named/symmetric.ts";
import { trivial } from "./named/trivial.ts";
import type { NamedGroup } from "./named-group.ts";

/** Every named group; a new one is its own file, its test and a line here. */
export const namedGroups: readonly NamedGroup[] = [cyclic, dihedral, symmetric, alternating, trivial];

export type Factor =
  | { readonly kind: "named"; readonly group: string; readonly n: number }
  | { readonly kind: "file"; readonly name: string };

/** Factors of a product, at least one. */
export type GroupExpression = readonly Factor[];

/** Largest degree of a product. */
export const DEGREE_LIMIT = 1_000_000;

const named = namedGroups.map((g) => g.kind);
const kinds = [...named, "file"];
const end = `(?=$|x(?:${kinds.join("|")}):)`;
const quotedName = String.raw`"(?:[^"\\]|\\.)*"`;
/**
 * The first factor of a text: a file with its name in quotes, any other file, anything else up to an x before a kind.
 */
const firstFactor = new RegExp(
  [
    `^file:${quotedName}${end}`,
    `^file:.*?(?=$|x(?:${named.join("|")}):[0-9]+${end}|xfile:)`,
    `^.*?${end}`,
  ].join("|"),
  "s",
);

/** The kind of that name, as `cyclic`. */
export function namedGroup(kind: string): NamedGroup | undefined {
  return namedGroups.find((g) => g.kind === kind);
}

/**
 * Reads a group's name.
 * @throws InputError for unknown kinds and degrees outside their limits
 */
export function parseGroupExpression(text: string, where = "group"): GroupExpression {
  return factorTexts(text).map((part) => parseFactor(part, where));
}

/** The inverse of `parseGroupExpression`. */
export function printGroupExpression(expression: GroupExpression): string {
  return expression
    .map((f) => (f.kind === "file" ? `file:${printName(f.name)}` : `${f.group}:${f.n}`))
    .join("x");
}

function factorTexts(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at <= text.length;) {
    const [part] = firstFactor.exec(text.slice(at)) ?? [""];
    parts.push(part);
    at += part.length + 1; // the x
  }
  return parts;
}

const printName = (name: string): string =>
  name.startsWith('"') || factorTexts(`file:${name}`).length > 1 ? JSON.stringify(name) : name;

function parseName(text: string, where: string): string {
  if (!new RegExp(`^${quotedName}$`, "s").test(text)) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return reject({ where, what: `${text} is not a file name in quotes`, allowed: "a JSON string" });
  }
}

function parseFactor(text: string, where: string): Factor {
  const colon = text.indexOf(":");
  if (colon < 0)
    return reject({
      where,
      what: `"${text}" is not a group`,
      allowed: "KIND:n, products KIND:nxKIND:m, file:generators.json",
      next: "`equihard groups` lists the kinds",
    });
  const kind = requireChoice(text.slice(0, colon), kinds, where);
  const rest = text.slice(colon + 1);
  if (kind === "file") {
    const name = parseName(rest, where);
    if (name === "") reject({ where, what: `"${text}" names no file`, allowed: "file:generators.json" });
    return { kind: "file", name };
  }
  const maximum = namedGroup(kind)?.maximum ?? DEGREE_LIMIT;
  const n = /^[0-9]{1,15}$/.test(rest) ? Number(rest) : NaN;
  if (!(n >= 1 && n <= maximum))
    reject({ where, what: `"${text}" has no such degree`, allowed: `${kind}:n with n from 1 to ${maximum}` });
  return { kind: "named", group: kind, n };
}

/** Lines for the listing of groups. */
export function groupDocumentation(): {
  readonly kind: string;
  readonly text: string;
  readonly maximum: number;
}[] {
  return [
    ...namedGroups.map((g) => ({ kind: g.kind, text: g.documentation, maximum: g.maximum })),
    {
      kind: "product",
      text: "cyclic:4xcyclic:5, each factor moves its own coordinate of a grid (row-major); any number of factors",
      maximum: DEGREE_LIMIT,
    },
    {
      kind: "file",
      text:
        'file:generators.json, {"degree": n, "generators": [[images of 0..n-1], ...]}; ' +
        'file:"axcyclic:5" quotes a name',
      maximum: 4096,
    },
  ];
}
