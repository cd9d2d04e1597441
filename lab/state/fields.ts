/** What a room can be set to: one list for its controls, its links and its commands. */

/** A setting. */
export type Field =
  | {
      readonly kind: "choice";
      readonly label: string;
      /** By value what a reader sees. */
      readonly choices: Readonly<Record<string, string>>;
      readonly preset: string;
    }
  | {
      readonly kind: "number";
      readonly label: string;
      readonly least: number;
      readonly most: number;
      readonly whole: boolean;
      readonly preset: number;
    }
  | {
      readonly kind: "text";
      readonly label: string;
      readonly pattern: RegExp;
      readonly preset: string;
    };

export type Fields = Readonly<Record<string, Field>>;
export type State = Readonly<Record<string, string | number>>;

export const choice = (label: string, choices: Readonly<Record<string, string>>, preset: string): Field => ({
  kind: "choice",
  label,
  choices,
  preset,
});
export const whole = (label: string, preset: number, least: number, most: number): Field => ({
  kind: "number",
  label,
  least,
  most,
  whole: true,
  preset,
});
export const real = (label: string, preset: number, least: number, most: number): Field => ({
  kind: "number",
  label,
  least,
  most,
  whole: false,
  preset,
});

/** Every field at its preset. */
export const presets = (fields: Fields): State =>
  Object.fromEntries(Object.entries(fields).map(([name, { preset }]) => [name, preset]));

/** What a field takes, in words. */
function allowedBy(field: Field): string {
  if (field.kind === "choice") return `one of ${Object.keys(field.choices).join(", ")}`;
  if (field.kind === "text") return "of another form";
  return `${field.whole ? "a whole number" : "a number"} from ${field.least} to ${field.most}`;
}

function fits(field: Field, value: unknown): boolean {
  if (field.kind === "choice") return typeof value === "string" && Object.hasOwn(field.choices, value);
  if (field.kind === "text") return typeof value === "string" && field.pattern.test(value);
  const within = typeof value === "number" && value >= field.least && value <= field.most;
  return within && (!field.whole || Number.isInteger(value));
}

/** Why a value does not fit a field; null where it does. */
export const problemOf = (field: Field, value: unknown): string | null =>
  fits(field, value) ? null : allowedBy(field);

/** A state with presets where nothing is given; throws in words where what is given does not fit. */
export function stateOf(fields: Fields, given: Readonly<Record<string, unknown>>): State {
  const state: Record<string, string | number> = { ...presets(fields) };
  for (const [name, value] of Object.entries(given)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) throw new Error(`there is no setting "${name.slice(0, 40)}" here`);
    const problem = problemOf(field, value);
    if (problem !== null) throw new Error(`${field.label} has to be ${problem}`);
    state[name] = value as string | number;
  }
  return state;
}

/** What of a state is not at its preset. */
export const changesOf = (fields: Fields, state: State): State =>
  Object.fromEntries(Object.entries(state).filter(([name, value]) => fields[name].preset !== value));
