/** The controls of a room's settings: plain form fields, each with its label. */

import { problemOf, type Field, type Fields, type State } from "../state/fields.ts";
import { el } from "./dom.ts";

type Control = HTMLInputElement | HTMLSelectElement;

/** A committed change goes out as the whole state; one that does not fit stays in its field with the reason. */
export function controls(fields: Fields, state: State, change: (state: State) => void): HTMLElement {
  return el(
    "form",
    { class: "controls", "aria-label": "Settings", submit: (event) => event.preventDefault() },
    ...Object.entries(fields).map(([name, field]) => {
      const control = controlOf(name, field, state[name]);
      const wrong = el("span", { class: "wrong", role: "alert" });
      control.addEventListener("change", () => {
        const value = field.kind === "number" ? Number(control.value) : control.value;
        const problem = control.value === "" ? "filled in" : problemOf(field, value);
        control.setCustomValidity(problem === null ? "" : `This has to be ${problem}.`);
        wrong.textContent = control.validationMessage;
        if (control.reportValidity()) change({ ...state, [name]: value });
      });
      return el("label", { for: control.id }, el("span", {}, field.label), control, wrong);
    }),
  );
}

function controlOf(name: string, field: Field, value: string | number): Control {
  const id = `set-${name}`;
  if (field.kind === "choice") {
    const options = Object.entries(field.choices).map(([key, text]) =>
      el("option", { value: key, selected: key === value }, text),
    );
    return el("select", { id, name }, ...options);
  }
  if (field.kind === "text") return el("input", { id, name, value });
  const { least, most, whole } = field;
  return el("input", {
    id,
    name,
    value,
    type: "number",
    min: least,
    max: most,
    step: whole ? 1 : "any",
    inputmode: "decimal",
  });
}
