import { describe, expect, it } from "vitest";
import { type DType, numpy as np } from "../../../src/engine/lower/jax.ts";
import { modelOf } from "../../../src/engine/lower/model.ts";
import { sameProgram } from "../../../src/engine/lower/same-program.ts";
import { trace, type Arrays, type PureFunction, type Specs } from "../../../src/engine/lower/trace.ts";
import { useInterpreter } from "./equality.ts";

await useInterpreter();

interface Case {
  readonly by?: number;
  readonly table?: readonly number[];
  readonly axis?: number;
  readonly rows?: number;
  readonly type?: "float32" | "float64";
  readonly input?: string;
  readonly output?: string;
  readonly swapped?: boolean;
  readonly twice?: boolean;
}

/** A small function with a literal, a constant and parameters of each kind, all of which can be changed. */
function traced(of: Case = {}): [PureFunction, Specs] {
  const { by = 0.1, table = [1, 2, 3, 4], axis = 0, rows = 4, type = "float32" } = of;
  const { input = "x", output = "out", swapped = false, twice = false } = of;
  const fn = (given: Arrays): Arrays => {
    const [x, y] = swapped ? [given.y, given[input]] : [given[input], given.y];
    const constant = np.array([...table], { dtype: type as DType });
    const sum = np.sin(x.mul(by)).add(y).add(constant).sum(axis);
    return { [output]: twice ? sum.ref.add(sum) : sum.ref.mul(sum) };
  };
  return [fn, { [input]: { shape: [rows, 4], type }, y: { shape: [rows, 4], type } }];
}

const changes: Readonly<Record<string, Case>> = {
  literal: { by: 0.2 },
  "constant, in its sign of zero": { table: [1, 2, 3, -0] },
  parameter: { axis: 1 },
  "other shape": { rows: 5 },
  type: { type: "float64" },
  "input's name": { input: "z" },
  "output's name": { output: "other" },
  "argument's place": { swapped: true },
  primitive: { twice: true },
};

const original: Case = { table: [1, 2, 3, 0] };

describe("two traces", () => {
  it("of one function, and of another that does the same, are the same program", () => {
    expect(sameProgram(trace(...traced()), trace(...traced()))).toBe(true);
  });

  it.each(Object.entries(changes))("are not with another %s", (_, change) => {
    const [a, b] = [trace(...traced(original)), trace(...traced({ ...original, ...change }))];
    expect(sameProgram(a, b)).toBe(false);
    expect(sameProgram(b, a)).toBe(false);
  });
});

it("a model is made once of equal programs, and anew of every other and for every other lowering", () => {
  const model = (of: Case, passes = {}) => modelOf(...traced(of), { passes });
  const first = model(original);
  expect(model(original)).toBe(first);
  for (const change of Object.values(changes)) {
    const other = model({ ...original, ...change });
    expect(other).not.toEqual(first);
    // as it is without any model before it
    for (let i = 0; i < 4; i++) model({ by: 10 + i });
    expect(model({ ...original, ...change })).toEqual(other);
    expect(model(original)).toEqual(first);
  }
  expect(model(original, { views: false })).not.toBe(first);
});
