/** A finished drawing, whatever it was drawn with. */

/** A drawing with the numbers it was drawn from; its name is that of its files. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly svg: string;
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
}
