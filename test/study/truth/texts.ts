/** What a section says in words: one text a caption, paragraph, title or item of a list. */

import type { Block, Section } from "../../../src/report/page.ts";

const ofBlock = (block: Block): readonly string[] => {
  switch (block.kind) {
    case "paragraph":
      return [block.text];
    case "list":
      return block.items;
    case "figure":
      return [block.figure.title, block.caption, ...(block.more === undefined ? [] : [block.more])];
    default:
      return [];
  }
};

export const textsOf = (sections: readonly Section[]): string[] =>
  sections.flatMap(({ title, blocks }) => [title, ...blocks.flatMap(ofBlock)]);

/** Whether a text has a number in it. */
export const hasNumber = (text: string): boolean => /\d/.test(text);

/** Where the numbers of a text are. */
export const numbersAt = (text: string): number[] =>
  [...text.matchAll(/\d+(?:[.,]\d+)*(?:e[+-]?\d+)?/g)].map((m) => m.index + m[0].length - 1);

/** A text with the last digit of one of its numbers changed. */
export const altered = (text: string, at: number): string =>
  `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
