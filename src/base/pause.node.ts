/** Waiting for the other end of a pipe, where files are read and written without promises. */

/** Stops the thread for so many milliseconds. */
export const pause = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
