/** A finished drawing, whatever it was drawn with; and a chart as data, which can be drawn anew. */

/** A mark's form: colour is never alone. */
export type Form = "circle" | "triangle" | "diamond2" | "times" | "square" | "star" | "wye";

/** What is told apart by colour and form. */
export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly form: Form;
}

/** One of a chart's two directions: a column of its rows. */
export interface Axis {
  readonly column: string;
  readonly label: string;
  readonly type?: "linear" | "log" | "point";
  /** Both ends; of points, all of them in their order. Numbers beyond an end are drawn there. */
  readonly domain: readonly (number | string)[];
  readonly ticks?: readonly number[];
}

/** How rows are drawn. */
export interface Chart {
  readonly x: Axis;
  readonly y: Axis;
  readonly series: { readonly column: string; readonly of: readonly Series[] };
  /** Small charts one below another, by this column's values. */
  readonly panel?: string;
  /** Rows of one value of this column are joined by a line. */
  readonly joined?: string;
  /** Written in place of a form. */
  readonly text?: string;
  /** Lines across at these heights, in broken strokes. */
  readonly levels?: readonly number[];
  /** The column that names the record of a row. */
  readonly record?: string;
  /** Columns by whose values a reader may choose. */
  readonly filters?: readonly string[];
  /** Of one panel, in pixels. */
  readonly height?: number;
}

/** A drawing with the numbers it was drawn from; its name is that of its files. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly svg: string;
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  /** What it was drawn from as data, where it can be drawn anew. */
  readonly chart?: Chart;
}
