/** What the adversary's room can be set to: the questions asked so far are part of the state, so a game is a link. */

import { choice, type Fields } from "../../state/fields.ts";

const asked = { kind: "text", label: "questions", pattern: /^[0-9a-v.]{0,320}$/, preset: "" } as const;

export const adversaryFields = (): Fields => ({
  bits: choice("signs", { "4": "4: 16 functions", "5": "5: 32 functions" }, "5"),
  tau: choice("tolerance", { "0.2": "0.2", "0.3": "0.3", "0.4": "0.4", "0.5": "0.5" }, "0.3"),
  by: choice("who asks", { you: "you", gradient: "gradient descent" }, "you"),
  asked,
});
