// What worker processes run where tasks name a family of one's own.
import { builtIn, serveTasks } from "equihard/node";
import { family } from "./family.js";

serveTasks({ ...builtIn, families: [...builtIn.families, family] });
