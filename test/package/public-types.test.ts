import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { doors } from "./doors.ts";
import { declarationsOf, unnamedTypes } from "./public-types.ts";

const root = resolve(import.meta.dirname, "../..");

describe("the types that the public names mention", () => {
  const sources = Object.values(doors());
  const declarations = declarationsOf(sources);
  const entries = sources.map((file) => file.replace(/\.ts$/, ".d.ts"));

  it("are exported by the same entry, or by the main one", () => {
    expect(unnamedTypes(declarations, entries, resolve(root, "src/index.d.ts"))).toEqual([]);
  });

  it("are looked for in what is inferred, inherited and nested (negative control)", () => {
    const file = (name: string): string => resolve(root, "src/example", name);
    const example = new Map([
      [
        file("inner.d.ts"),
        `export interface Deep { x: number }
         export interface Base { readonly deep: Deep }
         interface Local { y: number }
         export interface Public extends Base { local: Local }
         export declare const made: (x: Map<string, Deep[]>) => import("./other.ts").Elsewhere;`,
      ],
      [file("other.d.ts"), "export type Elsewhere = string | { z: 1 };"],
      [file("index.d.ts"), 'export { made, type Public } from "./inner.ts";'],
      [file("complete.d.ts"), 'export type { Base, Deep } from "./inner.ts";'],
    ]);
    const found = unnamedTypes(example, [file("index.d.ts")], file("index.d.ts")).map(
      (u) => u.type.split(" ")[0],
    );
    expect(found.sort()).toEqual(["Base", "Deep", "Elsewhere", "Local"]);
    expect(unnamedTypes(example, [file("complete.d.ts")], file("complete.d.ts"))).toEqual([]);
  });
});
