/** What a room of the lab is: settings, and a view of them. */

import type { Fields, State } from "../state/fields.ts";

/** What a room is given beside its settings. */
export interface Tools {
  /** Goes to other settings of the same room; earlier ones are a step back. */
  change(settings: State): void;
  /** The address of these settings. */
  link(): string;
  /** Markup that shows them in another page, without heading and navigation. */
  frame(): Promise<string>;
  /** Something worth telling those who do not see the page. */
  announce(text: string): void;
}

/** Fills the host; what comes back ends everything that it began. */
export type Mount = (host: HTMLElement, state: State, tools: Tools) => () => void;

export interface Room {
  readonly id: string;
  /** In the navigation. */
  readonly name: string;
  /** The settings, which may depend on what is set. */
  fields(given: Readonly<Record<string, unknown>>): Fields;
  load(): Promise<Mount>;
}
