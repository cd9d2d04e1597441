/** Files to begin with, made here: what a visitor's own would look like. */

export interface Example {
  readonly name: string;
  readonly text: string;
}

/** A small generator with a fixed start (Lehmer 1951), so that the example is the same for everybody. */
function coins(): () => number {
  let state = 20_231;
  return () => (state = (state * 48_271) % 2_147_483_647) & 1;
}

/** The 15 parities of four bits, on 400 draws: a function a row. */
export function parities(): Example {
  const coin = coins();
  const draws = Array.from({ length: 400 }, () => coin() | (coin() << 1) | (coin() << 2) | (coin() << 3));
  const parity = (x: number): number => [0, 1, 2, 3].reduce((odd, j) => odd ^ ((x >> j) & 1), 0);
  const rows = Array.from({ length: 15 }, (_, i) => draws.map((x) => 1 - 2 * parity(x & (i + 1))).join(","));
  return { name: "parities.csv", text: rows.join("\n") };
}

/**
 * Ten signs an example, labelled by the product of six of them, its size by that of two others: no product of few signs
 * correlates with the label, and one of two with its square.
 */
export function labelled(): Example {
  const coin = coins();
  const rows = Array.from({ length: 1000 }, () => {
    const x = Array.from({ length: 10 }, () => 1 - 2 * coin());
    const sign = x.slice(0, 6).reduce((product, s) => product * s, 1);
    return [...x, sign * (1 + (x[6] * x[7]) / 2)].join(",");
  });
  const head = Array.from({ length: 10 }, (_, j) => `x${j + 1}`);
  return { name: "labelled.csv", text: [[...head, "y"].join(","), ...rows].join("\n") };
}
