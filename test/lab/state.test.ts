import { describe, expect, it } from "vitest";
import { families, familyById, studentOf, drawInstance, trainSchema } from "../../src/index.ts";
import { labFamilies } from "../../lab/families.ts";
import { commandOf, specOf, trainFields } from "../../lab/room/train/fields.ts";
import { changesOf, presets, stateOf } from "../../lab/state/fields.ts";
import { fragmentOf, longest, placeOf } from "../../lab/state/fragment.ts";
import * as z from "zod/mini";

describe("a link", () => {
  it("brings back what it was made of", async () => {
    const place = { room: "train", settings: { d: 128, lr: 0.01 }, embed: true, slide: 3 };
    const fragment = await fragmentOf(place);
    expect(fragment).toMatch(/^#v1\.[\w-]+$/);
    expect(fragment.length).toBeLessThan(100);
    expect(await placeOf(fragment)).toEqual(place);
    expect(await placeOf("")).toBeNull();
  });

  it("with every setting changed is short enough for a messenger", async () => {
    for (const family of Object.keys(labFamilies)) {
      const fields = trainFields({ family });
      const settings = Object.fromEntries(
        Object.entries(fields).map(([name, f]) => [name, f.kind === "number" ? f.most - 1 : f.preset]),
      );
      expect((await fragmentOf({ room: "train", settings })).length).toBeLessThanOrEqual(longest);
    }
  });

  it.each([
    ["#v2.abc", "no version"],
    ["#v1.!!!", "damaged"],
    ["#v1.AAAA", "damaged"],
    [`#v1.${"A".repeat(600)}`, "longer than 500"],
    ["#<script>alert(1)</script>", "no version"],
  ])("that is damaged or hostile says so: %s", async (fragment, message) => {
    await expect(placeOf(fragment)).rejects.toThrow(message);
  });

  it("that unpacks to more than a page's state is damaged", async () => {
    const text = JSON.stringify({ r: "train", s: { a: "x".repeat(100_000) } });
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url");
    expect(bytes.length).toBeLessThan(longest);
    await expect(placeOf(`#v1.${bytes}`)).rejects.toThrow("damaged");
  });

  it("with settings that do not fit is refused in words", () => {
    const fields = trainFields({});
    expect(stateOf(fields, {})).toEqual(presets(fields));
    expect(() => stateOf(fields, { d: 1e9 })).toThrow("features d has to be a whole number from 2 to 1024");
    expect(() => stateOf(fields, { d: "<b>" })).toThrow("features d has to be");
    expect(() => stateOf(fields, { family: "none" })).toThrow("family has to be one of");
    expect(() => stateOf(fields, { __proto__x: 1 })).toThrow("no setting");
    expect(() => stateOf(fields, { constructor: 1 })).toThrow("no setting");
    expect(changesOf(fields, stateOf(fields, { d: 32 }))).toEqual({ d: 32 });
  });
});

describe("the page's families", () => {
  it("are those of the registry, with parameters and students that these take", () => {
    expect(Object.keys(labFamilies).sort()).toEqual(families.map((f) => f.id).sort());
    for (const [id, { students }] of Object.entries(labFamilies))
      for (const student of Object.keys(students)) {
        const family = familyById(id);
        const { params, options } = specOf(
          { ...presets(trainFields({ family: id })), family: id, student },
          "hard",
          "wasm",
        );
        const instance = drawInstance(family, family.parse(params), 0);
        const all = z.parse(trainSchema, options);
        expect(studentOf(family, instance, all).architecture).toBeDefined();
        const sizes = Object.keys(options).filter((name) =>
          ["layers", "width", "readoutLayers", "pool"].includes(name),
        );
        expect(family.students[student].options).toEqual(expect.arrayContaining(sizes));
      }
  });

  it("become commands that name every setting", () => {
    const spec = specOf(presets(trainFields({})), "square", "wasm");
    expect(commandOf(spec)).toBe(
      "equihard learn gnn-hidden-plane --learner label-transform --n 1 --d 64 --k 6 --student gnn " +
        "--layers 1 --readout-layers 0 --width 128 --steps 3000 --batch 256 --lr 0.004 --engine wasm",
    );
    expect(commandOf({ ...spec, run: "easy", seed: 3 })).toMatch(
      /^equihard train .* --seed 3 --engine wasm --easy$/,
    );
  });
});
