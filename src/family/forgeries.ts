/**
 * Forged certificates without end, of any family: what to change and what to change it to is read off the document and
 * its schemas.
 */

import type { Key } from "../base/random.ts";
import { stream, type Stream } from "../base/random.ts";
import { fieldsNamed, schemasAt, valuesNamed } from "../base/schema-values.ts";
import { nextDown, nextUp } from "../numeric/rounding.ts";
import { certificateSchema, type Certificate } from "../query/certificate.ts";
import type { Labels } from "../query/own-class/labels.ts";
import { customClass } from "../query/own-class/index.ts";
import { certifiable, type WithCertificates } from "./certify.ts";
import { forge } from "./forge.ts";
import { familyById } from "./registry.ts";

/** A certificate to forge. */
export interface Forgeable {
  readonly certificate: Certificate;
  /** Of a class of one's own: what it was made from. */
  readonly labels?: Labels;
  /** The certificate's family, where it is not built in. */
  readonly family?: WithCertificates;
}

/** One forged document. */
export interface Forgery {
  readonly document: unknown;
  /**
   * `field`: one value changed, nothing else; `coherent`: evidence, parameters or the numbers asked changed, and all
   * that follows recomputed.
   */
  readonly kind: "field" | "coherent";
  /** What was changed to what. */
  readonly change: string;
}

type Path = readonly (string | number)[];
type Container = Record<string | number, unknown>;

/**
 * Forgeries of one certificate, half of them of each kind; equal keys give equal ones.
 * @param honest the certificate, as `certify` makes it
 * @param key seeds the choices
 * @param family the certificate's family, by value where it is not built in
 */
export function* forgeries(
  honest: Certificate,
  key: Key,
  family: WithCertificates | string = honest.family.id,
): Generator<Forgery> {
  const random = stream(key);
  const text = JSON.stringify(honest);
  const plain = (): Container => JSON.parse(text) as Container;
  for (;;) {
    const made =
      random.below(2) === 0 ? oneField(plain(), random, family) : coherent(plain(), honest, random, family);
    // a text may be replaced by one that is the same
    if (made !== undefined && JSON.stringify(made.document) !== text) yield made;
  }
}

function oneField(
  document: Container,
  random: Stream,
  family: WithCertificates | string,
): Forgery | undefined {
  const path = randomPath(document, random);
  const change = mutate(document, path, random, namedAt(family, path));
  return change === undefined ? undefined : { document, kind: "field", change };
}

const asked = ["tau", "rho", "normalisation"];

/** One to three values of what all else follows from; equal values elsewhere in the evidence changed alike. */
function coherent(
  document: Container,
  honest: Certificate,
  random: Stream,
  family: WithCertificates | string,
): Forgery | undefined {
  const { family: own, evidence, statement } = document as Container & Certificate;
  const changes: string[] = [];
  for (let left = 1 + random.below(3); left > 0; left--) {
    const roots = [
      ["evidence"],
      ["evidence"],
      ["evidence"],
      ["family", "params"],
      ["statement", asked[random.below(3)]],
    ];
    const root = roots[random.below(roots.length)];
    const path = [...root, ...randomPath(valueAt(document, root), random)];
    const before = valueAt(document, path);
    const change = mutate(document, path, random, namedAt(family, path));
    if (change === undefined) continue;
    changes.push(change);
    if (root[0] === "evidence" && random.below(2) === 0)
      replaceAll(evidence, before, valueAt(document, path));
  }
  const tuned = random.below(4) === 0;
  try {
    const { tau, normalisation } = statement;
    const asking = (rho: number): Certificate =>
      forge({ ...honest, evidence, family: own }, {}, {}, { tau, rho, normalisation }, family);
    const forged = tuned ? leastVocal(asking) : asking(statement.rho);
    const change = [...changes, ...(tuned ? [`statement.rho: tuned to ${forged.statement.rho}`] : [])].join(
      "; ",
    );
    // as a file would hold it
    return { document: JSON.parse(JSON.stringify(forged)), kind: "coherent", change };
  } catch {
    return undefined; // of such evidence no claims can be drawn
  }
}

/**
 * The certificate of the least rho at which the claim is not vacuous: where a claim that is too large by any amount
 * says a query too much.
 */
function leastVocal(asking: (rho: number) => Certificate): Certificate {
  let rho = Math.min(1, 1 / Math.sqrt(Number(asking(1).dimension.spectral)));
  for (let steps = 0; steps < 4 && asking(rho).statement.vacuous; steps++) rho = Math.min(1, nextUp(rho));
  return asking(rho);
}

/** Down from the root, any child as likely as any other, so that long lists do not hide the rest. */
function randomPath(value: unknown, random: Stream): Path {
  const path: (string | number)[] = [];
  for (let at = value; typeof at === "object" && at !== null;) {
    const keys = Object.keys(at);
    if (keys.length === 0 || (path.length > 0 && random.below(8) === 0)) break;
    const name = keys[random.below(keys.length)];
    path.push(Array.isArray(at) ? Number(name) : name);
    at = (at as Container)[name];
  }
  return path;
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Container | undefined)?.[key], value);

/** Values that the schemas name for the place, and fields that objects there may have. */
function namedAt(family: WithCertificates | string, path: Path): { values: unknown[]; fields: string[] } {
  const [schema, within] = schemaOf(family, path);
  const schemas = schema === undefined ? [] : schemasAt(schema, within);
  return { values: schemas.flatMap(valuesNamed), fields: schemas.flatMap(fieldsNamed) };
}

function schemaOf(family: WithCertificates | string, path: Path) {
  const { certifier } = certifiable(family);
  if (path[0] === "evidence") return [certifier.evidence, path.slice(1)] as const;
  if (path[0] === "family" && path[1] === "params") return [paramsSchema(family), path.slice(2)] as const;
  return [certificateSchema, path] as const;
}

function paramsSchema(family: WithCertificates | string) {
  if (typeof family !== "string") return family.schema;
  return family === customClass.id ? undefined : familyById(family).schema;
}

/** Changes the value in place. @returns in words what was changed; undefined where nothing was */
function mutate(
  document: Container,
  path: Path,
  random: Stream,
  named: { values: unknown[]; fields: string[] },
): string | undefined {
  const last = path[path.length - 1];
  if (last === undefined) return undefined;
  const parent = valueAt(document, path.slice(0, -1)) as Container;
  const before = parent[last];
  const text = JSON.stringify(before);
  const choices = [...others(before, random, named.fields), ...named.values];
  const value = choices[random.below(choices.length)];
  parent[last] = value;
  const after = JSON.stringify(value);
  if (after === text && !Object.is(value, -0)) return undefined;
  return `${path.join(".")}: ${brief(text)} -> ${brief(after ?? "undefined")}`;
}

const brief = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);

/** Other values of the kind, nearly equal ones to wrong types. */
function others(old: unknown, random: Stream, fields: readonly string[]): unknown[] {
  if (typeof old === "number") return otherNumbers(old, random);
  if (typeof old === "string") return otherTexts(old, random);
  if (typeof old === "boolean") return [!old, null, 0, "true"];
  if (old === null) return [0, 1, "1", [], false];
  return Array.isArray(old) ? otherLists(old, random) : otherObjects(old as Container, random, fields);
}

function otherNumbers(old: number, random: Stream): unknown[] {
  const share = 10 ** -(1 + random.below(15));
  const near = [old * (1 + share), old * (1 - share), nextUp(old), nextDown(old), old + share, old - share];
  return [...near, ...near, old + 1, old - 1, 2 * old, old / 2, -old, 0, 1, 10 * old, `${old}`, null];
}

function otherTexts(old: string, random: Stream): unknown[] {
  const at = random.below(old.length + 1);
  const digit = `${random.below(10)}`;
  const numbers = [...old.matchAll(/[0-9]+/g)];
  const found = numbers[random.below(Math.max(1, numbers.length))];
  const texts = [
    old.slice(0, at) + digit + old.slice(at + 1),
    old.slice(1),
    `${old}0`,
    old.toUpperCase(),
    "",
    null,
  ];
  if (found === undefined) return texts;
  const [was] = found;
  const put = (now: string): string => old.slice(0, found.index) + now + old.slice(found.index + was.length);
  const x = BigInt(was);
  const share = x / 10n ** BigInt(random.below(15) + 1);
  const changed = [x + 1n, x > 0n ? x - 1n : 2n, x + share, x - share, 2n * x, x / 2n].map((y) =>
    put(`${y}`),
  );
  // the same number in other clothes
  return [...changed, ...changed, put(`0${was}`), put(`+${was}`), put(`0x${x.toString(16)}`), ...texts];
}

function otherLists(old: readonly unknown[], random: Stream): unknown[] {
  if (old.length === 0) return [[0], null, {}];
  const [i, j] = [random.below(old.length), random.below(old.length)];
  const swapped = old.slice();
  [swapped[i], swapped[j]] = [old[j], old[i]];
  const moved = moveBetween(old, i, j, random);
  return [moved, moved, moved, swapped, old.slice(1), old.slice(0, -1), [...old, old[i]], [], null];
}

/** An amount taken from the last number of one entry and added to that of another. */
function moveBetween(old: readonly unknown[], i: number, j: number, random: Stream): unknown[] {
  const copy = structuredClone(old) as unknown[];
  const holder = (k: number): [Container, string | number] => {
    let [at, key] = [copy as Container | unknown[], k as string | number];
    for (;;) {
      const inner = (at as Container)[key];
      if (typeof inner !== "object" || inner === null) return [at as Container, key];
      const keys = Object.keys(inner);
      if (keys.length === 0) return [at as Container, key];
      [at, key] = [inner as Container, keys[keys.length - 1]];
    }
  };
  const [[from, a], [to, b]] = [holder(i), holder(j)];
  const [x, y] = [from[a], to[b]];
  const share = random.below(2) === 0 ? 1 : 10 ** -(1 + random.below(12));
  if (typeof x === "number" && typeof y === "number" && i !== j)
    [from[a], to[b]] = [x - x * share, y + x * share];
  if (typeof x === "string" && typeof y === "string" && i !== j && /^[0-9]+$/.test(x) && /^[0-9]+$/.test(y)) {
    const amount = BigInt(x) / BigInt(Math.round(1 / share));
    [from[a], to[b]] = [`${BigInt(x) - amount}`, `${BigInt(y) + amount}`];
  }
  return copy;
}

function otherObjects(old: Container, random: Stream, fields: readonly string[]): unknown[] {
  const keys = Object.keys(old);
  if (keys.length === 0) return [{ extra: 1 }, [], null];
  const [one, other] = [keys[random.below(keys.length)], keys[random.below(keys.length)]];
  const { [one]: _gone, ...rest } = old;
  const absent = fields.filter((name) => !Object.hasOwn(old, name));
  const added = absent.length === 0 ? "extra" : absent[random.below(absent.length)];
  return [rest, { ...old, [added]: 1 }, { ...old, [one]: old[other], [other]: old[one] }, [], null];
}

/** In place, below the top: a value that stands in several places stays the same in all. */
function replaceAll(within: unknown, before: unknown, after: unknown): void {
  if (
    typeof within !== "object" ||
    within === null ||
    typeof before === "object" ||
    typeof before === "boolean"
  )
    return;
  for (const [key, value] of Object.entries(within)) {
    if (value === before) (within as Container)[key] = after;
    else replaceAll(value, before, after);
  }
}
