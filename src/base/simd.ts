/**
 * An assembler of WebAssembly functions on vectors of 128 bits (SIMD), for loops that plain TypeScript runs number by
 * number. It computes and rounds as plain TypeScript does: there are no fused or reordered operations.
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
const unary =
  (opcode: number) =>
  (a: Code): Code => [a, simd(opcode)];
const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [a, b, simd(opcode)];
/** No alignment is promised; then the offset from the address. */
const at = (offset: number): number[] => [0, ...unsigned(offset)];
/** Lanes of so many bytes out of two vectors, counted through, as a shuffle of bytes. */
const shuffle =
  (size: number, ...of: number[]) =>
  (a: Code, b: Code): Code => [
    a,
    b,
    simd(0x0d, ...of.flatMap((lane) => Array.from({ length: size }, (_, i) => size * lane + i))),
  ];

/** Vectors as they are. Addresses are bytes. */
export const vector = {
  load: (address: Code, offset = 0): Code => [address, simd(0x00, ...at(offset))],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, simd(0x0b, ...at(offset))],
  and: binary(0x4e),
  or: binary(0x50),
  xor: binary(0x51),
  /** The first, where the second has no bit. */
  without: binary(0x4f),
  /** Whether any bit is set, as an integer. */
  any: unary(0x53),
  zero: simd(0x0c, ...Array.from({ length: 16 }, () => 0)) as Code,
};

/** Two float64. */
export const pair = {
  /** One number, twice. */
  loadBoth: (address: Code, offset = 0): Code => [address, simd(0x0a, ...at(offset))],
  firsts: shuffle(8, 0, 2),
  seconds: shuffle(8, 1, 3),
  add: binary(0xf0),
  sub: binary(0xf1),
  mul: binary(0xf2),
  div: binary(0xf3),
  /** The first, where the second is NaN or equal. */
  max: binary(0xf7),
  min: binary(0xf6),
  /** All ones where the first is greater. */
  greater: binary(0x4a),
  abs: unary(0xec),
  sqrt: unary(0xef),
  floor: unary(0x75),
};

/** Two 64-bit integers, unsigned. */
export const long = {
  add: binary(0xce),
  mul: binary(0xd5),
  shiftRight: (a: Code, by: number): Code => [a, integer.of(by), simd(0xcd)],
};

/** Four float32 or 32-bit integers. */
export const quad = {
  splat: unary(0x11),
  /** One number, four times. */
  loadAll: (address: Code, offset = 0): Code => [address, simd(0x09, ...at(offset))],
  add: binary(0xae),
  rotateLeft: (a: Code, by: number): Code =>
    vector.or([a, integer.of(by), simd(0xab)], [a, integer.of(32 - by), simd(0xad)]),
  /** One of each in turn: the first two of both vectors, and the last two. */
  zipFirst: shuffle(4, 0, 4, 1, 5),
  zipLast: shuffle(4, 2, 6, 3, 7),
  /** All ones where two integers agree. */
  equal: binary(0x37),
  /** The first two integers as float64, and the last two. What is named twice has to be kept, here and above. */
  firstPair: unary(0xfe),
  lastPair: (a: Code): Code => [shuffle(8, 1, 1)(a, a), simd(0xfe)],
  /** The same of float32. */
  firstDoubles: unary(0x5f),
  lastDoubles: (a: Code): Code => [shuffle(8, 1, 1)(a, a), simd(0x5f)],
  /** Float64 rounded to float32. */
  ofPairs: (a: Code, b: Code): Code => shuffle(8, 0, 2)([a, simd(0x5e)], [b, simd(0x5e)]),
};

/** Eight 16-bit integers, unsigned. */
export const octet = {
  splat: unary(0x10),
  /** How many bits of each are set. */
  ones: (a: Code): Code => [a, simd(0x62), simd(0x7d)],
  add: binary(0x8e),
  /** With another integer in one place. */
  replace: (a: Code, lane: number, value: Code): Code => [a, value, simd(0x1a, lane)],
  firstQuad: unary(0xa9),
  lastQuad: unary(0xaa),
};

/** Sixteen bytes. */
export const bytes16 = {
  /** The lower and the upper bytes of sixteen 16-bit integers. */
  lower: shuffle(1, ...Array.from({ length: 16 }, (_, i) => 2 * i)),
  upper: shuffle(1, ...Array.from({ length: 16 }, (_, i) => 2 * i + 1)),
  /** The given bit of each byte, as a 16-bit integer. */
  bits: (a: Code, bit: number): Code => [a, integer.of(7 - bit), simd(0x6b), simd(0x64)],
};

/** 32-bit integers: addresses, counts and conditions. */
export const integer = {
  of: (value: number): Code => [0x41, ...signed(value)],
  add: (a: Code, b: Code): Code => [a, b, 0x6a],
  mul: (a: Code, b: Code): Code => [a, b, 0x6c],
  less: (a: Code, b: Code): Code => [a, b, 0x49],
  and: (a: Code, b: Code): Code => [a, b, 0x71],
  or: (a: Code, b: Code): Code => [a, b, 0x72],
  shiftLeft: (a: Code, by: number): Code => [a, integer.of(by), 0x74],
  shiftRight: (a: Code, by: number): Code => [a, integer.of(by), 0x76],
  xor: (a: Code, b: Code): Code => [a, b, 0x73],
  /** How many bits are set. */
  ones: (a: Code): Code => [a, 0x69],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0x36, ...at(offset)],
  load: (address: Code, offset = 0): Code => [address, 0x28, ...at(offset)],
  /** 16 bits in memory. */
  load16: (address: Code, offset = 0): Code => [address, 0x2f, ...at(offset)],
  store16: (address: Code, value: Code, offset = 0): Code => [address, value, 0x3b, ...at(offset)],
};

/** One float64. */
export const double = {
  of: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  ofUnsigned: (a: Code): Code => [a, 0xb8],
  load: (address: Code, offset = 0): Code => [address, 0x2b, ...at(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0x39, ...at(offset)],
  /** As float32. */
  storeRounded: (address: Code, value: Code, offset = 0): Code => [address, value, 0xb6, 0x38, ...at(offset)],
  add: (a: Code, b: Code): Code => [a, b, 0xa0],
  mul: (a: Code, b: Code): Code => [a, b, 0xa2],
  /** Whether a >= b, as an integer. */
  reaches: (a: Code, b: Code): Code => [a, b, 0x66],
};

type Arrays =
  typeof Uint16Array | typeof Int32Array | typeof Uint32Array | typeof Float32Array | typeof Float64Array;

/** A memory that holds arrays of these kinds and lengths, each at a multiple of 16 bytes (its `byteOffset`). */
export function memoryOf<const T extends readonly (readonly [kind: Arrays, length: number])[]>(
  ...specs: T
): { memory: WebAssembly.Memory; arrays: { -readonly [I in keyof T]: InstanceType<T[I][0]> } } {
  let bytes = 0;
  const starts = specs.map(([{ BYTES_PER_ELEMENT: each }, length]) => {
    const start = bytes;
    bytes = 16 * Math.ceil((start + each * length) / 16);
    return start;
  });
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) });
  const arrays = specs.map(([kind, length], i) => new kind(memory.buffer, starts[i], length));
  return { memory, arrays: arrays as { -readonly [I in keyof T]: InstanceType<T[I][0]> } };
}

/** Kinds of values, as modules have them. */
const types = { integer: 0x7f, double: 0x7c, vector: 0x7b };
const none = 0x40;
/** Every module begins with these: its name and version. */
const magic = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** Where an array of things is wanted: their number, then they. */
const list = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
const text = (name: string): number[] => [...unsigned(name.length), ...new TextEncoder().encode(name)];

/** A local variable: what reads it, and what sets it anew. */
export interface Variable {
  readonly value: Code;
  set(value: Code): void;
}

/** A function being written: statements in order. Its parameters are integers; it returns nothing. */
export class SimdFunction {
  readonly #parameters: number;
  readonly #locals: number[] = [];
  #statements: Code[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  parameter(index: number): Code {
    return [0x20, ...unsigned(index)];
  }

  /** Adds to a parameter. */
  advance(index: number, by: Code): void {
    this.do([integer.add(this.parameter(index), by), 0x21, ...unsigned(index)]);
  }

  do(statement: Code): void {
    this.#statements.push(statement);
  }

  /** Computes a value once; what it returns reads it. */
  keep(value: Code, type: keyof typeof types = "vector"): Code {
    return this.variable(value, type).value;
  }

  /** A value that can be set anew. */
  variable(value: Code, type: keyof typeof types = "vector"): Variable {
    const index = unsigned(this.#parameters + this.#locals.push(types[type]) - 1);
    const set = (to: Code): void => this.do([to, 0x21, ...index]);
    set(value);
    return { value: [0x20, ...index], set };
  }

  /** Statements that end with a value, as an expression. */
  #block(write: () => Code): Code {
    const outer = this.#statements;
    this.#statements = [];
    const value = write();
    const block = [...this.#statements, value];
    this.#statements = outer;
    return block;
  }

  /** The one or the other vector. */
  choose(condition: Code, then: () => Code, otherwise: () => Code): Code {
    return [condition, 0x04, types.vector, this.#block(then), 0x05, this.#block(otherwise), 0x0b];
  }

  /** Statements for where a condition holds. */
  when(condition: Code, write: () => void): void {
    const block = this.#block(() => {
      write();
      return [];
    });
    this.do([condition, 0x04, none, block, 0x0b]);
  }

  /** Repeats as long as the condition that it ends with holds, once at least. */
  repeat(write: () => Code): void {
    this.do([0x03, none, this.#block(write), 0x0d, 0, 0x0b]);
  }

  /** A module with this one function, which works on the memory it is given. */
  compile(memory: WebAssembly.Memory): (...parameters: number[]) => void {
    const body = [...list(this.#locals.map((type) => [1, type])), ...flat(this.#statements), 0x0b];
    const bytes = [
      ...magic,
      ...section(
        1,
        list([[0x60, ...list(Array.from({ length: this.#parameters }, () => [types.integer])), 0]]),
      ),
      ...section(2, list([[...text("m"), ...text("m"), 2, 0, 1]])),
      ...section(3, list([[0]])),
      ...section(7, list([[...text("f"), 0, 0]])),
      ...section(10, list([[...unsigned(body.length), ...body]])),
    ];
    const module = new WebAssembly.Module(Uint8Array.from(bytes));
    const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
    return exports["f"] as (...parameters: number[]) => void;
  }
}
