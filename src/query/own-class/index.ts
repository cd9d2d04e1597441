/** `custom`: a class of functions that is given by its values on samples. */

import { parserOf } from "../../base/checked.ts";
import type { Certifiable } from "../certifier.ts";
import { certifier } from "./certificate.ts";
import { paramsSchema, type CustomEvidence, type CustomParams } from "./evidence.ts";
import { verifier } from "./verifier.ts";

export const customClass: Certifiable<CustomParams, CustomEvidence> = {
  id: "custom",
  model: "CSQ",
  parse: parserOf("custom", paramsSchema, (values) => ({ values })),
  certifier,
  verifier,
};
