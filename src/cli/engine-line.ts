/** The training engine in words. */

import type { EngineInUse } from "../engine/run/program.ts";

export const engineLine = ({ engine, version, adapter }: EngineInUse): string =>
  `training engine: ${engine} ${version}${adapter === undefined ? "" : ` on ${adapter}`}`;
