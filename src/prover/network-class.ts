/** `network`: classes of networks whose members are searched. */

import type { Certifiable } from "../query/certifier.ts";
import { certifier } from "./certificate.ts";
import type { NetworkEvidence } from "./evidence.ts";
import { id, parse, schema, type NetworkValues } from "./params.ts";
import { verifier } from "./verifier.ts";

export const networkClass: Certifiable<NetworkValues, NetworkEvidence> & { readonly schema: typeof schema } =
  {
    id,
    model: "CSQ",
    schema,
    parse,
    certifier,
    verifier,
  };
