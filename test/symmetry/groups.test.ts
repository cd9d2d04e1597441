import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFor, permutation } from "../../src/base/random.ts";
import { chainOrder, contains, forEachElement, randomElement, type Chain } from "../../src/symmetry/chain.ts";
import { groupDocumentation, namedGroups, parseGroupExpression, printGroupExpression } from "../../src/symmetry/expression.ts"; // prettier-ignore
import {
  generatedGroup,
  parseGroup,
  pointStabiliser,
  type PermutationGroup,
} from "../../src/symmetry/groups.ts";
import { printGenerators } from "../../src/symmetry/generators-file.ts";
import { orbits } from "../../src/symmetry/orbits.ts";
import { compose, cycleType, equal, inverse } from "../../src/symmetry/permutation.ts";
import { schreierSims } from "../../src/symmetry/schreier-sims.ts";
import { closure, publishedGenerators } from "./cycles.ts";

const files: Record<string, string> = { "m11.json": printGenerators(11, publishedGenerators("M11")) };
const read = (name: string): string => files[name];

const small = [
  ...namedGroups.flatMap((g) => [1, 2, 3, 4, 5, 6].map((n) => `${g.kind}:${n}`)),
  "cyclic:3xcyclic:4",
  "cyclic:2xdihedral:3xtrivial:2",
  "symmetric:3xalternating:4",
  "dihedral:4xsymmetric:3",
  "symmetric:1xcyclic:5",
  "file:m11.json",
];

/** What makes a chain right: generators inside, every representative inside <generators> and where it belongs. */
function faults(group: PermutationGroup, chain: Chain): string[] {
  const out: string[] = [];
  const reference = schreierSims(group.generators, group.degree);
  const buffer = new Int32Array(group.degree);
  if (chainOrder(chain) !== chainOrder(reference)) out.push("order");
  for (const g of group.generators) if (!contains(chain, g)) out.push("a generator is missing");
  chain.levels.forEach((level, depth) => {
    const points = Array.from({ length: level.size }, (_, i) => level.at(i));
    if (points[0] !== level.point || new Set(points).size !== level.size) out.push("orbit");
    for (let p = 0; p < group.degree; p++) if (level.has(p) !== points.includes(p)) out.push("has");
    for (const p of points) {
      level.representative(p, buffer);
      if (buffer[level.point] !== p || !contains(reference, buffer)) out.push(`representative of ${p}`);
      for (const earlier of chain.levels.slice(0, depth))
        if (buffer[earlier.point] !== earlier.point) out.push(`level ${depth} moves an earlier base point`);
    }
  });
  return out;
}

describe.each(small)("%s", (name) => {
  const group = parseGroup(name, read);

  it("has a right chain, and its order is that of its generators", () => {
    expect(faults(group, group.chain())).toEqual([]);
    expect(chainOrder(group.chain())).toBe(group.order());
  });

  it("is closed, has inverses, and its flags are true", () => {
    const chain = group.chain();
    for (let s = 0; s < 20; s++) {
      const g = randomElement(chain, keyFor("g", s));
      const h = randomElement(chain, keyFor("h", s));
      expect(contains(chain, compose(g, h)) && contains(chain, inverse(g))).toBe(true);
      if (group.abelian()) expect(equal(compose(g, h), compose(h, g))).toBe(true);
    }
    const commute = group.generators.every((g) =>
      group.generators.every((h) => equal(compose(g, h), compose(h, g))),
    );
    expect(group.abelian()).toBe(commute);
    expect(group.transitive).toBe(orbits(group.generators, group.degree).length === 1);
  });

  it("has the cycle index that running through it gives", () => {
    const counts = new Map<string, bigint>();
    forEachElement(group.chain(), (g) => {
      const type = cycleType(g).join(";");
      counts.set(type, (counts.get(type) ?? 0n) + 1n);
    });
    const index = group.cycleIndex();
    expect(new Map(index.terms.map((t) => [t.cycles.join(";"), t.count]))).toEqual(counts);
    expect(index.order).toBe(group.order());
    expect(group.cycleTypes()).toBeGreaterThanOrEqual(index.terms.length);
  });

  it("is its name's parse", () => {
    expect(group.name).toBe(name);
    expect(printGroupExpression(parseGroupExpression(name))).toBe(name);
  });
});

describe("groups", () => {
  it("catches wrong chains (negative control)", () => {
    const cyclic = parseGroup("cyclic:6");
    const dihedral = parseGroup("dihedral:6");
    expect(faults(cyclic, dihedral.chain())).toContain("order");
    expect(faults(dihedral, cyclic.chain())).toContain("a generator is missing");
    expect(faults(parseGroup("alternating:5"), parseGroup("symmetric:5").chain()).join()).toContain(
      "representative",
    );
  });

  it("has published orders", () => {
    const orders = (kind: string) =>
      [1, 2, 3, 4, 5, 6].map((n) => Number(parseGroup(`${kind}:${n}`).order()));
    expect(orders("cyclic")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(orders("dihedral")).toEqual([1, 2, 6, 8, 10, 12]);
    expect(orders("symmetric")).toEqual([1, 2, 6, 24, 120, 720]); // A000142
    expect(orders("alternating")).toEqual([1, 1, 3, 12, 60, 360]); // A001710
    expect(parseGroup("cyclic:4xcyclic:5").order()).toBe(20n);
  });

  it("acts on grids row-major", () => {
    const { generators } = parseGroup("cyclic:4xcyclic:5");
    for (let row = 0; row < 4; row++)
      for (let column = 0; column < 5; column++) {
        expect(generators[0][row * 5 + column]).toBe(((row + 1) % 4) * 5 + column);
        expect(generators[1][row * 5 + column]).toBe(row * 5 + ((column + 1) % 5));
      }
  });

  it("works at large degree without listing anything", () => {
    const big = parseGroup("symmetric:2000");
    const g = randomElement(big.chain(), keyFor("big"));
    expect(contains(big.chain(), g)).toBe(true);
    const even = parseGroup("alternating:301").chain();
    expect(contains(even, randomElement(even, keyFor("even")))).toBe(true);
    expect(
      contains(
        even,
        Int32Array.from({ length: 301 }, (_, i) => (i === 0 ? 1 : i === 1 ? 0 : i)),
      ),
    ).toBe(false);
    const million = parseGroup("cyclic:1000xdihedral:1000");
    expect(million.order()).toBe(2_000_000n);
    expect(contains(million.chain(), randomElement(million.chain(), keyFor("grid")))).toBe(true);
  });

  it("prints what it parses, over random expressions", () => {
    const factor = fc.oneof(
      fc.tuple(fc.constantFrom(...namedGroups.map((g) => g.kind)), fc.integer({ min: 1, max: 4000 })).map(([k, n]) => `${k}:${n}`), // prettier-ignore
      fc.stringMatching(/^[a-z0-9_/.]{1,12}\.json$/).map((f) => `file:${f}`),
    );
    fc.assert(
      fc.property(fc.array(factor, { minLength: 1, maxLength: 4 }), (factors) => {
        const text = factors.join("x");
        const parsed = parseGroupExpression(text);
        expect(printGroupExpression(parsed)).toBe(text);
        expect(parseGroupExpression(printGroupExpression(parsed))).toEqual(parsed);
        expect(parsed.length).toBe(factors.length);
      }),
    );
  });

  it("takes a file's name whole, whatever it contains", () => {
    const names = (text: string) => parseGroupExpression(text).map((f) => (f.kind === "file" ? f.name : `${f.group}:${f.n}`));
    expect(names("file:/tmp/axcyclic:5.json")).toEqual(["/tmp/axcyclic:5.json"]);
    expect(names("cyclic:2xfile:/tmp/boxsymmetric:setsxtrivial:1")).toEqual(["cyclic:2", "/tmp/boxsymmetric:sets", "trivial:1"]);
    expect(names('file:"axcyclic:5"xcyclic:4')).toEqual(["axcyclic:5", "cyclic:4"]);
    // two whole factors are two factors
    expect(names("file:axcyclic:5")).toEqual(["a", "cyclic:5"]);
    expect(() => parseGroupExpression(String.raw`file:"a\q"`)).toThrow("is not a file name in quotes");
    expect(() => parseGroupExpression('file:""')).toThrow("names no file");
    const pieces = ["x", "cyclic:", "file:", "4", '"', "\\", ".json", "a", "/", " ", "\n"];
    const name = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((list) => list.join(""));
    const file = name.map((text) => ({ kind: "file" as const, name: text }));
    const factor = fc.oneof(file, fc.constant({ kind: "named" as const, group: "cyclic", n: 4 }));
    fc.assert(
      fc.property(fc.array(factor, { minLength: 1, maxLength: 4 }), (expression) => {
        expect(parseGroupExpression(printGroupExpression(expression))).toEqual(expression);
      }),
      { numRuns: 2000 },
    );
  }); // prettier-ignore

  it("documents every kind", () => {
    const text = groupDocumentation().map((line) => line.text);
    for (const g of namedGroups) expect(text.some((line) => line.startsWith(`${g.kind}:n`))).toBe(true);
    expect(text.every((line) => line.length > 20)).toBe(true);
  });

  it.each([
    ["cyclic", 'group: "cyclic" is not a group'],
    ["cylic:5", 'did you mean "cyclic"?'],
    ["cyclic:0", "cyclic:n with n from 1 to 1000000"],
    ["cyclic:2.5", "no such degree"],
    ["cyclic:-3", "no such degree"],
    ["symmetric:5000", "1 to 4096"],
    ["cyclic:4x", "no such degree"],
    ["cyclic:4xcyclic:", "no such degree"],
    ["cyclic:2000xcyclic:2000", "degree at most 1000000"],
    ["file:", "names no file"],
    ["file:absent.json", "cannot be read here"],
    ["", "is not a group"],
  ])("refuses %j", (text, message) => {
    expect(() => parseGroup(text)).toThrow(message);
  });

  it.each([
    ["{", "is not JSON"],
    ['{"degree":3}', "g.json: generators: missing"],
    ['{"degree":0,"generators":[]}', "too small"],
    ['{"degree":5000,"generators":[]}', "an integer 1 to 4096"],
    [
      '{"degree":3,"generators":[[0,1,2],[1,0]]}',
      "g.json: generators[1]: has 2 images where the degree is 3",
    ],
    ['{"degree":3,"generators":[[0,0,1]]}', "0 and 1 both go to 0"],
    ['{"degree":3,"generators":[[1,2,3]]}', "the image of 2 is 3"],
    ['{"degree":3,"generators":[["a",0,1]]}', "does not fit"],
    ['{"degree":3,"generators":[],"order":1}', '"order" is unknown'],
  ])("refuses the generators %s", (text, message) => {
    expect(() => parseGroup("file:g.json", () => text)).toThrow(message);
  });

  it("has the trivial group from no generators", () => {
    const group = parseGroup("file:g.json", () => '{"degree":3,"generators":[]}');
    expect(group.order()).toBe(1n);
    expect(group.cycleIndex().terms).toEqual([{ cycles: [[1, 3]], count: 1n }]);
  });

  it("finds point stabilisers", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const list = [permutation(keyFor("a", a), 6), permutation(keyFor("b", b), 6)];
        const group = generatedGroup("random", 6, list);
        for (let point = 0; point < 6; point++) {
          const fixing = closure(6, list).filter((g) => g[point] === point);
          const chain = pointStabiliser(group, point);
          expect(chainOrder(chain)).toBe(BigInt(fixing.length));
          expect(fixing.every((g) => contains(chain, g))).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
    expect(chainOrder(pointStabiliser(parseGroup("symmetric:12"), 7))).toBe(39916800n);
  });
});
