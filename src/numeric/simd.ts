/**
 * An assembler of WebAssembly functions on pairs of float64 (128-bit SIMD), for loops that plain TypeScript runs number by
 * number. It rounds as plain TypeScript does: there are no fused or reordered operations.
 */

/** Instructions, nested as they were put together. Those of an expression leave its value. */
export type Code = number | readonly Code[];

function flat(code: Code, into: number[] = []): number[] {
  if (typeof code === "number") into.push(code);
  else for (const part of code) flat(part, into);
  return into;
}

/** LEB128, the encoding of every integer in a module. */
function unsigned(value: number): number[] {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

function signed(value: number): number[] {
  const bytes = [];
  for (; value < -64 || value > 63; value >>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value & 127];
}

const simd = (opcode: number, ...immediate: number[]): number[] => [0xfd, ...unsigned(opcode), ...immediate];
const binary = (opcode: number) => (a: Code, b: Code): Code => [a, b, simd(opcode)]; // prettier-ignore
/** Alignment 8, then the offset from the address. */
const at = (offset: number): number[] => [3, ...unsigned(offset)];
/** Lanes of 8 bytes out of two pairs, 0 to 3, as a shuffle of bytes. */
const lanes = (...of: number[]): number[] => of.flatMap((lane) => Array.from({ length: 8 }, (_, i) => 8 * lane + i)); // prettier-ignore

/** Pairs of float64. Addresses are bytes. */
export const pair = {
  load: (address: Code, offset = 0): Code => [address, simd(0x00, ...at(offset))],
  /** One number, twice. */
  loadBoth: (address: Code, offset = 0): Code => [address, simd(0x0a, ...at(offset))],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, simd(0x0b, ...at(offset))],
  firsts: (a: Code, b: Code): Code => [a, b, simd(0x0d, ...lanes(0, 2))],
  seconds: (a: Code, b: Code): Code => [a, b, simd(0x0d, ...lanes(1, 3))],
  add: binary(0xf0),
  sub: binary(0xf1),
  mul: binary(0xf2),
  div: binary(0xf3),
  /** The first, where the second is NaN. */
  max: binary(0xf7),
  abs: (a: Code): Code => [a, simd(0xec)],
  sqrt: (a: Code): Code => [a, simd(0xef)],
  /** Whether either is larger, as an integer. */
  anyGreater: (a: Code, b: Code): Code => [a, b, simd(0x4a), simd(0x53)],
};

/** 32-bit integers: addresses and conditions. */
export const integer = {
  of: (value: number): Code => [0x41, ...signed(value)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  less: (a: Code, b: Code): Code => [a, b, 0x49],
};

/** Every module begins with these: its name and version. */
const magic = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const [i32, v128, none] = [0x7f, 0x7b, 0x40];
/** Where an array of exactly this many things is wanted: their number, then they. */
const vector = (items: readonly (readonly number[])[]): number[] => [...unsigned(items.length), ...items.flat()]; // prettier-ignore
const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content]; // prettier-ignore
const text = (name: string): number[] => [...unsigned(name.length), ...new TextEncoder().encode(name)];

/** A function being written: statements in order. Its parameters are integers; it returns nothing. */
export class SimdFunction {
  readonly #parameters: number;
  #pairs = 0;
  #statements: Code[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  parameter(index: number): Code {
    return [0x20, ...unsigned(index)];
  }

  setParameter(index: number, value: Code): void {
    this.do([value, 0x21, ...unsigned(index)]);
  }

  do(statement: Code): void {
    this.#statements.push(statement);
  }

  /** Computes a pair once; what it returns reads it. */
  keep(value: Code): Code {
    const index = unsigned(this.#parameters + this.#pairs++);
    this.do([value, 0x21, ...index]);
    return [0x20, ...index];
  }

  /** Statements that end with a pair, as an expression. */
  #block(write: () => Code): Code {
    const outer = this.#statements;
    this.#statements = [];
    const value = write();
    const block = [...this.#statements, value];
    this.#statements = outer;
    return block;
  }

  /** The one or the other pair. */
  choose(condition: Code, then: () => Code, otherwise: () => Code): Code {
    return [condition, 0x04, v128, this.#block(then), 0x05, this.#block(otherwise), 0x0b];
  }

  /** Repeats as long as the condition holds, once at least. */
  repeat(write: () => Code): void {
    this.do([0x03, none, this.#block(write), 0x0d, 0, 0x0b]);
  }

  /** A module with this one function, which works on the memory it is given. */
  async compile(memory: WebAssembly.Memory): Promise<(...parameters: number[]) => void> {
    const body = [...vector([[...unsigned(this.#pairs), v128]]), ...flat(this.#statements), 0x0b];
    const bytes = [
      ...magic,
      ...section(1, vector([[0x60, ...vector(Array.from({ length: this.#parameters }, () => [i32])), 0]])),
      ...section(2, vector([[...text("m"), ...text("m"), 2, 0, 1]])),
      ...section(3, vector([[0]])),
      ...section(7, vector([[...text("f"), 0, 0]])),
      ...section(10, vector([[...unsigned(body.length), ...body]])),
    ];
    const { instance } = await WebAssembly.instantiate(Uint8Array.from(bytes), { m: { m: memory } });
    return instance.exports["f"] as (...parameters: number[]) => void;
  }
}
