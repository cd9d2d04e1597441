/** Questions about sums of functions, as text: a dot between them, a digit of base 32 a function. */

export const written = (questions: readonly (readonly number[])[]): string =>
  questions.map((chosen) => chosen.map((i) => i.toString(32)).join("")).join(".");

/** @param functions how many there are: questions about others are left out */
export const questionsOf = (text: string, functions: number): number[][] =>
  text === ""
    ? []
    : text
        .split(".")
        .map((word) =>
          [...new Set([...word].map((digit) => Number.parseInt(digit, 32)))].filter((i) => i < functions),
        )
        .filter((chosen) => chosen.length > 0);
