import { expect, it } from "vitest";
import { scatter } from "../../lab/chart/scatter.ts";

/** Texts of a drawing with the middle of each. */
const words = (svg: string): [text: string, x: number, y: number][] =>
  [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => [
    text,
    Number(x),
    Number(y),
  ]);

it("a scatter's axes say which numbers it shows, at the places where they are", () => {
  const points = [
    [-1, -1],
    [1, 0],
  ] as const;
  const svg = scatter({
    title: "t",
    points,
    limit: 0.6912,
    colour: "#000",
    across: "true y",
    up: "network's y",
  });
  const numbers = words(svg).filter(([text]) => /^-?[\d.]+$/.test(text));
  expect(numbers.map(([text]) => text).sort()).toEqual(["-0.69", "-0.69", "0", "0", "0.69", "0.69"]);
  const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map((m) =>
    m.slice(1).map(Number),
  );
  const across = numbers.filter(([, , y]) => y > 180);
  expect(across.find(([text]) => text === "-0.69")?.[1]).toBe(circles[0][0]);
  expect(across.find(([text]) => text === "0.69")?.[1]).toBe(circles[1][0]);
  const up = numbers.filter(([, , y]) => y <= 184);
  expect(up.find(([text]) => text === "0")?.[2]).toBeCloseTo(circles[1][1] + 4, 6);
  expect(words(svg).map(([text]) => text)).toContain("true y");
});
