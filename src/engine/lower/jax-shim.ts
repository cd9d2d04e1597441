/** The two globals of Node 22 that jax-js relies on; evaluated before it. */

const global = globalThis as { Float16Array?: unknown };
global.Float16Array ??= class Float16Array {};

interface IteratorPrototype {
  map?: unknown;
  filter?: unknown;
}
const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as IteratorPrototype;
iterator.map ??= function* map<T, U>(this: Iterable<T>, f: (value: T, index: number) => U) {
  let i = 0;
  for (const value of this) yield f(value, i++);
};
iterator.filter ??= function* filter<T>(this: Iterable<T>, f: (value: T, index: number) => boolean) {
  let i = 0;
  for (const value of this) if (f(value, i++)) yield value;
};

export {};
