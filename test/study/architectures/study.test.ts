import { describe, expect, it } from "vitest";
import { certify } from "../../../src/family/certify.ts";
import { recipeIn } from "../../../src/run/catalogue.ts";
import { architectures, type Measured } from "../../../src/study/architectures/study.ts";
import { builtIn } from "../../../src/study/registry.ts";

const measure = async (params: object, steps: number): Promise<Measured> => {
  const recipe = await recipeIn(builtIn, "architectures");
  const found: unknown = await recipe({ params, steps, inputs: null } as never, { catalogue: builtIn });
  return found as Measured;
};

describe("architectures", () => {
  it("are searched, and stand beside the polygons that fit into them", async () => {
    const graph = { n: 4, graph: "path", d: 6 };
    const found = await measure({ student: "gnn", ...graph, width: 8, members: 12 }, 40);
    expect(found.members).toBe(12);
    expect(found.end).toBeGreaterThan(1.5 * found.start);
    const { dimension } = await certify("gnn-hidden-plane", { ...graph, k: 4, count: 12 });
    expect(found.polygon).toEqual({ k: 4, dimension: dimension.spectral });
    const narrow = await measure({ student: "mlp", d: 4, width: 3, members: 4 }, 0);
    expect([narrow.polygon, narrow.end / narrow.start]).toEqual([null, expect.closeTo(1, 5)]);
    const [section] = await architectures.sections([found, narrow], undefined as never);
    const table = section.blocks.find((b) => b.kind === "table");
    expect(table?.table.rows[0].slice(0, 3)).toEqual(["gnn", "n 4, graph path, d 6, width 8", "12"]);
    expect(table?.table.rows[1][5]).toBe("none");
  });

  it("of several layers are certified on inputs that are drawn, and say so", async () => {
    const params = { student: "gnn", graph: "path", n: 3, d: 2, layers: 2, width: 4, members: 5 };
    const recipe = await recipeIn(builtIn, "architectures");
    const found: unknown = await recipe({ params, steps: 10, inputs: 60 }, { catalogue: builtIn });
    expect(found).toMatchObject({ params, inputs: 60, members: 5, steps: 10, polygon: null });
    const [section] = await architectures.sections([found as Measured], undefined as never);
    const table = section.blocks.find((b) => b.kind === "table");
    expect(table?.table.rows[0][1]).toBe("graph path, n 3, d 2, layers 2, width 4, 60 inputs");
  });

  it("that average over a group compare with averaged polygons, and with none where these do not fit", async () => {
    const group = await measure({ student: "group-linear", group: "cyclic:5", width: 5, members: 4 }, 0);
    const { dimension } = await certify("cnn-hidden-plane", { group: "cyclic:5", k: 2, count: 4 });
    expect(group.polygon).toEqual({ k: 2, dimension: dimension.spectral });
    const turned = await measure({ student: "group-linear", group: "dihedral:4", width: 8, members: 4 }, 0);
    expect(turned.polygon).toBeNull();
  });
});
