/**
 * Croissant Tasks (MLCommons) of a data set: the problem that it poses, as input, the predictions that are wanted, and
 * how they are graded. A solution is whoever's solves it.
 */

import type { Json } from "../../base/json.ts";
import type { Family } from "../../family/family.ts";
import type { Manifest } from "../manifest.ts";

const context = {
  "@vocab": "https://schema.org/",
  schema: "https://schema.org/",
  croissant: "http://mlcommons.org/croissant/",
} as const;

/** The document `croissant-tasks.json`. */
export function croissantTasks({ id, title }: Family, { easy, labels }: Manifest): Json {
  const name = `${id}-${easy ? "easy" : "hard"}`;
  const measure = labels === "sign" ? "accuracy and explained variance" : "explained variance";
  return {
    "@context": context,
    "@id": "#problem",
    // no croissant:Task beside it: the evaluation of one is a task, that of a problem may be a description
    "@type": "croissant:TaskProblem",
    name: `Predict the labels of ${name}`,
    description: `${title}: from the labelled train split, predict the labels of the test split.`,
    "croissant:input": { "@id": "croissant.json", "@type": "Dataset", name },
    "croissant:output": {
      "@type": "croissant:OutputSpec",
      description: "one prediction an example of the test split, in its order: npz array or Parquet column",
      "croissant:schema": {
        "@type": "croissant:RecordSet",
        "croissant:field": {
          "@type": "croissant:Field",
          name: "y_pred",
          "croissant:dataType": { "@id": "schema:Float" },
        },
      },
    },
    "croissant:evaluation": {
      "@type": "croissant:EvaluationSpec",
      description: `equihard score FILE --data manifest.json: ${measure} on the test split, with confidence`,
    },
  };
}
