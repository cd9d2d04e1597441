/** The report's part on unitary convolutions. */

import * as Plot from "@observablehq/plot";
import { grouped } from "../../base/group.ts";
import type { Figure } from "../../report/drawing.ts";
import { colours, figureOf, inColour, legend, palette, plot } from "../../report/figure.ts";
import { figure, sentences, type Block } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import type { UnitaryDepths } from "./study.ts";

/** Below this a quotient is rounding. */
const floor = 1e-12;

/** At the last depth, of the networks with the same convolutions. */
function extents(networks: UnitaryDepths["networks"]): string {
  const deepest = networks.map(({ network, layers }) => ({
    kind: network.split(",")[0],
    ...layers[layers.length - 1],
  }));
  const each = [...grouped(deepest, (d) => d.kind)].map(([kind, own]) => {
    const quotients = own.map((d) => d.rayleigh);
    const [low, high] = [Math.min(...quotients), Math.max(...quotients)].map((x) => x.toPrecision(2));
    return `${kind} ${low} to ${high}`;
  });
  return `at ${deepest[0].depth} layers: ${each.join(", ")}`;
}

export function unitaryFigure({ networks, input }: UnitaryDepths, document: Document): Figure {
  const title = `Do nodes stay different? Rayleigh quotients ${extents(networks)}`;
  const points = networks.flatMap((n, series) => n.layers.map((l) => ({ ...l, network: n.network, series })));
  const colour = ({ series }: { series: number }): string => palette[series % palette.length];
  const place = { x: "depth", y: (p: { rayleigh: number }) => Math.max(floor, p.rayleigh) };
  const svg = plot(document, title, {
    marginLeft: 76,
    x: { type: "log", base: 2, label: "layers (log scale)", tickFormat: "d" },
    y: {
      type: "log",
      label: `Rayleigh quotient (log scale; below ${floor} drawn there)`,
      tickFormat: "~e",
      ticks: 6,
    },
    marks: [
      Plot.ruleY([input], { stroke: colours.baseline, strokeDasharray: "3,4" }),
      Plot.line(points, { ...place, z: "network", stroke: colour, strokeWidth: 1.8 }),
      Plot.dot(points, { ...telling(), ...place, r: 4, ...inColour(colour) }),
      ...legend([
        ...networks.map((n, series) => [n.network, colour({ series })] as const),
        ["the input", colours.baseline, "line"] as const,
      ]),
    ],
  });
  const rows = points.map(({ network, depth, rayleigh, norm }) => ({ network, depth, rayleigh, norm }));
  return figureOf("unitary-depth", title, svg, rows);
}

export function unitaryCaption({ nodes, networks, truncation, unnormalised: u }: UnitaryDepths): string {
  const last = networks.map(({ network, layers }) => {
    const { depth, rayleigh, norm } = layers[layers.length - 1];
    return `${network} ${rayleigh.toPrecision(2)}, norm ${norm.toPrecision(2)} (${depth} layers)`;
  });
  const cut = truncation.map((t) => `${t.error.toExponential(0)} (${t.terms} terms)`);
  return sentences(
    `Uniform graphs on ${nodes} nodes, random features, no trained weights, means over seeds: ${last.join("; ")}.`,
    "Unitary convolutions keep the quotient exactly, as they commute with the normalised adjacency matrix;",
    "with non-linearities that theorem ends.",
    `The series of the exponential is off an isometry by ${cut.join(", ")};`,
    `of the adjacency matrix itself, norm ${u.norm.toFixed(1)}, ten terms multiply norms by ${u.ratio.toFixed(1)}:`,
    "it is refused.",
    "The layers of Kiani, Fesser, Weber 2024, untrained; what they are as students stands beside.",
    "The certificate, which speaks of the target, stays.",
  );
}

export const unitaryBlocks = (found: UnitaryDepths, document: Document): Block[] => [
  figure(unitaryFigure(found, document), unitaryCaption(found)),
];
