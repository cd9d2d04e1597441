/** The memory of all arrays of numbers in a piece of plain data: to be handed over to another thread, not copied. */
export function buffersOf(data: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(data)) return [data.buffer as ArrayBuffer];
  return typeof data === "object" && data !== null ? Object.values(data).flatMap(buffersOf) : [];
}
