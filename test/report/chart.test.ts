/** Charts as data: marks that name their rows, colours that are seen on both grounds, and formulas. */

import { describe, expect, it } from "vitest";
import { chartFigure, drawChart } from "../../src/report/chart.ts";
import type { Chart } from "../../src/report/drawing.ts";
import { drawingDocument } from "../../src/report/drawing.node.ts";
import { colours, palette } from "../../src/report/figure.ts";
import { math } from "../../src/report/math.ts";
import { compactSvg } from "../../src/report/markup.ts";

/** Relative luminance of `#rrggbb`, by WCAG 2. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const x = parseInt(colour.slice(at, at + 2), 16) / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe("colours of marks", () => {
  it("are at least 3:1 on the page's light and dark grounds; violet at the dark end is not (control)", () => {
    for (const colour of [...Object.values(colours), ...palette])
      for (const ground of ["#ffffff", "#15171a"])
        expect([colour, ground, contrast(colour, ground) >= 3]).toEqual([colour, ground, true]);
    expect(contrast("#440154", "#15171a")).toBeLessThan(1.3);
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  });
});

const rows = [
  { x: 1, y: 0.5, of: "a" },
  { x: 2, y: -7, of: "b" },
  { x: 3, y: 1, of: "a" },
];
const chart: Chart = {
  x: { column: "x", label: "x", domain: [0, 4] },
  y: { column: "y", label: "y", domain: [0, 1], ticks: [0, 1] },
  series: {
    column: "of",
    of: [
      { name: "a", colour: "#0072B2", form: "circle" },
      { name: "b", colour: "#D55E00", form: "triangle" },
    ],
  },
};

describe("a chart", () => {
  it("has a mark for every row that says which, and draws what is beyond an end there", async () => {
    const document = await drawingDocument();
    const svg = drawChart(document, chart, rows, { title: "a message", width: 500 }).outerHTML;
    expect(chartFigure({ name: "c", title: "a message", rows, chart }, document).rows).toBe(rows);
    const numbers = [...svg.matchAll(/data-row="(\d)"/g)].map((m) => m[1]);
    expect(numbers.sort()).toEqual(["0", "1", "2"]);
    const y = (row: number): number => {
      const mark = new RegExp(`<(?:circle|path)[^>]*data-row="${row}"[^>]*>`).exec(svg)?.[0] ?? "";
      return Number(/cy="([\d.]+)"|translate\([\d.]+,([\d.]+)\)/.exec(mark)?.slice(1).find(Boolean));
    };
    const [bottom, top] = [y(1), y(2)];
    expect(y(0)).toBeCloseTo((bottom + top) / 2, 1);
    expect(svg).toContain('aria-label="a message"');
  });
});

/** How far the marks of a chart of two lines stand below theirs, by their rows. */
async function asides(rows: readonly { y: string; of: string; panel: string }[]): Promise<number[]> {
  const lined: Chart = {
    ...chart,
    y: { column: "y", label: "", type: "point", domain: ["upper", "lower"] },
    panel: "panel",
    height: 82,
  };
  const data = rows.map((row) => ({ x: 1, ...row }));
  const svg = drawChart(await drawingDocument(), lined, data, { title: "lines", width: 500 });
  return rows.map((_, row) => {
    let group = svg.querySelector(`[data-row="${row}"]`)!;
    while (group.parentElement !== svg) group = group.parentElement!;
    return Number(/^translate\([-\d.]+,([-\d.]+)\)/.exec(group.getAttribute("transform") ?? "")?.[1] ?? 0);
  });
}

describe("series of a line", () => {
  it("stand side by side where they share it, in the panel where they do", async () => {
    const shared = [
      { y: "upper", of: "a", panel: "both" },
      { y: "upper", of: "b", panel: "both" },
    ];
    const alone = [
      { y: "upper", of: "a", panel: "one" },
      { y: "lower", of: "b", panel: "one" },
    ];
    expect(await asides([...shared, ...alone])).toEqual([-4, 4, 0, 0]);
  });
});

describe("what a page holds", () => {
  it("is as short as its look allows", () => {
    const plotted = '<g aria-label="dot" fill="rgb(0, 114, 178)"><circle cx="1.23456" r="3" /></g>';
    expect(compactSvg(plotted)).toBe('<g fill="#0072b2"><circle cx="1.2" r="3"/></g>');
    const axis =
      '<g stroke-opacity="0.15"><line y2="1.5" y1="1.5" x2="9.99" x1="0.04" /><line y2="7" y1="3" x2="2" x1="2" /></g>' +
      '<g><path d="M0,0L0,6" transform="translate(20,356.25)" /><path d="M0,0L0,6" transform="translate(-3.5,356.25)" /></g>' +
      '<text transform="translate(1,2)" y="0.7em"></text>';
    expect(compactSvg(axis)).toBe(
      '<g stroke-opacity="0.15"><path d="M0,1.5H10M2,3V7"/></g><g><path d="M20,356.3V362.3M-3.5,356.3V362.3"/></g>',
    );
    const steps =
      '<path d="M1,2L3,2L3,4L5,6Z"/><text fill="red" transform="translate(1,2)" y="0.7em">a</text>';
    expect(compactSvg(steps)).toBe(
      '<path d="M1,2H3V4L5,6Z"/><text fill="red" x="1" y="2" dy="0.7em">a</text>',
    );
    // after a curve it is not known where the line begins; words of several lines have places of their own
    const curved =
      '<path d="M1,2C1,3,2,3,2,2L2,4"/><text transform="translate(1,2)" y="1em"><tspan>a</tspan></text>';
    expect(compactSvg(curved)).toBe(curved);
    // numbers that are read stay as they were written
    const read = '<text fill-opacity="0.6543" aria-label="0.009">0.009</text>';
    expect(compactSvg(read)).toBe('<text fill-opacity="0.65" aria-label="0.009">0.009</text>');
    // what has settings of its own stays by itself (negative control)
    const own =
      '<path d="M0,0L0,6" stroke="red" transform="translate(2,3)"/><path d="M0,0L0,6" transform="translate(1,3)"/>';
    expect(compactSvg(own)).toBe(own.replaceAll("L0,6", "V6"));
  });

  it("has formulas as MathML", () => {
    expect(math("x_i^2 < \\text{ many }")).toBe(
      "<math><mrow><msup><msub><mi>x</mi><mi>i</mi></msub><mn>2</mn></msup>" +
        "<mo>&lt;</mo><mtext>\u00a0many\u00a0</mtext></mrow></math>",
    );
  });
});
