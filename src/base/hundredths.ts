/** A number in words, to two digits: a zero has no sign. */
export const hundredths = (x: number): string => x.toFixed(2).replace(/^-0\.00$/, "0.00");
