/** Single-field mutations of certificates, for the verifier to reject. */

import { expect } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { stream, type Stream } from "../../src/base/random.ts";
import type { Certificate } from "../../src/query/certificate.ts";
import type { Verification } from "../../src/query/verify.ts";

type Path = (string | number)[];

function places(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inner = Object.entries(value).flatMap(([k, v]) => places(v, [...path, k]));
  return path.length === 0 ? inner : [path, ...inner];
}

/** One small or large change of one field's value. */
function mutated(old: unknown, random: Stream): unknown {
  const pick = random.below(10);
  if (typeof old === "number")
    return [
      old + 1, old - 1, -old, old * (1 + 1e-9), old * (1 - 1e-6), old * 2, 0, old + 2 ** -52, String(old), null,
    ][pick]; // prettier-ignore
  if (typeof old === "string") {
    const at = random.below(old.length);
    const digit = String.fromCharCode(48 + random.below(10));
    return [old.slice(0, at) + digit + old.slice(at + 1), old.slice(1), `${old}0`, "", null, 1][pick % 6];
  }
  if (typeof old === "boolean") return [!old, null, 0, "true"][pick % 4];
  if (old === null) return [0, 1, "1", [], false][pick % 5];
  if (Array.isArray(old)) {
    const [i, j] = [random.below(old.length), random.below(old.length)];
    const swapped = old.slice();
    [swapped[i], swapped[j]] = [old[j], old[i]];
    return [old.slice(1), [...old, old[0]], [], null, swapped, {}][pick % 6];
  }
  const keys = Object.keys(old as object);
  const { [keys[random.below(keys.length)]]: _gone, ...rest } = old as Record<string, unknown>;
  return [rest, { ...(old as object), extra: 1 }, [], null][pick % 4];
}

function withChange(document: unknown, path: Path, value: unknown): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  let at = copy;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path[path.length - 1]] = value;
  return copy;
}

/** 10,000 of them, over the certificates in turn: all rejected, but for the few that change nothing. */
export async function expectAllRejected(
  certificates: readonly Certificate[],
  verify: (document: unknown, which: number) => Promise<Verification>,
): Promise<void> {
  const random = stream([20, 24]);
  let [rejected, unchanged] = [0, 0];
  const accepted: string[] = [];
  for (let run = 0; run < 10_000; run++) {
    const which = run % certificates.length;
    const plain = JSON.parse(JSON.stringify(certificates[which])) as Certificate;
    const all = places(plain);
    // half of the mutations outside the long law
    const short = all.filter((p) => p[1] !== "law" && p[1] !== "exactLaw");
    const from = run % 2 === 0 ? short : all;
    const path = from[random.below(from.length)];
    const old = path.reduce<unknown>((v, k) => (v as Record<string, unknown>)[k], plain);
    const value = mutated(old, random);
    if (JSON.stringify(value) === JSON.stringify(old) && !Object.is(value, -0)) {
      unchanged++;
      continue;
    }
    const document = withChange(plain, path, value);
    try {
      const { valid } = await verify(document, which);
      if (!valid) rejected++;
      else accepted.push(`${which}: ${path.join(".")}: ${String(old)} -> ${String(value)}`);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect(path).toEqual(["schema"]);
      rejected++;
    }
  }
  expect(accepted).toEqual([]);
  expect(rejected + unchanged).toBe(10_000);
  expect(unchanged).toBeLessThan(1500);
}
