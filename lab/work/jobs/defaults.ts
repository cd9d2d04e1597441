/** Training options with the defaults of the command line. */

import { trainSchema, type TrainOptions } from "../../../src/index.ts";
import * as z from "zod/mini";

export const trainDefaults = (given: Partial<TrainOptions>): TrainOptions => z.parse(trainSchema, given);
