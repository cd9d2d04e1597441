/** Okabe and Ito's palette: told apart with colour-vision deficiencies, 3:1 on white and on the dark page. */

export const colours = {
  hard: "#0072b2",
  easy: "#d55e00",
  square: "#009e73",
  other: "#b0569b",
  quiet: "#808080",
} as const;
