/** The picture of who finds what, first in the report's section on families and learners. */

import { figure, type Section } from "../../report/page.ts";
import { MATRIX_SECTION } from "../families.ts";
import { escapesCaption, escapesFigure } from "./figure.ts";
import type { ReadEscapes } from "./study.ts";

export const escapeSections = ({ escapes, plan }: ReadEscapes, document: Document): Section[] => [
  {
    ...MATRIX_SECTION,
    blocks: [figure(escapesFigure(escapes, plan.scale, document), escapesCaption(escapes))],
  },
];
