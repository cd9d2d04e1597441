/** What worker processes of one's own run: the built-in families, learners and studies, and the toy ones. */

import { catalogueOf, builtIn, serveTasks, studies } from "../../src/node.ts";
import { toyFamily, toyLearner } from "./family.ts";
import { toyStudy } from "./study.ts";

const families = [...builtIn.families, toyFamily];
const learners = [...builtIn.learners, toyLearner];
serveTasks(catalogueOf({ families, learners }, [...studies, toyStudy]));
