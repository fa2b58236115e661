/**
 * A list of numbers that only grows. Appending returns a new value in amortized constant time per number: columns with
 * a common history share memory, and each sees its own length of it. Append only to the newest.
 */
export interface Column {
  readonly length: number;
  /** At least `length` long. */
  readonly memory: Float64Array;
}

const FIRST = 64;

let moved = 0;

/** Growth factor between 1.5 and 2, varied so that columns of equal length are not all copied at the same moment. */
function growth(): number {
  moved += 1;
  return 1.5 + 0.5 * ((moved * GOLDEN) % 1);
}

/** Its multiples are evenly distributed modulo 1, however many there are. */
const GOLDEN = 0.618034;

export const emptyColumn: Column = { length: 0, memory: new Float64Array(0) };

export function appendTo({ length, memory }: Column, values: ArrayLike<number>): Column {
  const needed = length + values.length;
  let room = memory;
  if (needed > memory.length) {
    room = new Float64Array(Math.max(FIRST, needed, Math.ceil(growth() * memory.length)));
    room.set(memory.subarray(0, length));
  }
  room.set(values, length);
  return { length: needed, memory: room };
}

/** A view, not a copy. */
export function valuesOf({ length, memory }: Column): Float64Array {
  return memory.subarray(0, length);
}

export function lastOf({ length, memory }: Column): number | undefined {
  return length === 0 ? undefined : memory[length - 1];
}
