import type { FunctionWriter, Local } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";

/** Memory that a step uses: a part of the arena, or a tensor that outlives the step. */
export class Buffer {
  constructor(
    readonly label: string,
    readonly bytes: number,
    /** For a tensor that outlives the step: its place in the table of addresses. */
    readonly resident?: number,
  ) {}
}

/**
 * How threads share a task. The number of parts never depends on the number of threads, so sums over parts have the same
 * bits whoever computes them.
 */
export type Split =
  /** The rows of a batch in consecutive chunks. */
  | { readonly kind: "rows"; readonly rows: number; readonly chunks: number }
  | { readonly kind: "items"; readonly count: number }
  /** Every thread computes all of it, which is cheaper than waiting. It must write each number once, with its last value. */
  | { readonly kind: "each" }
  /** The first thread alone. */
  | { readonly kind: "one" };

/** A buffer that a task reads or writes. */
export interface Use {
  readonly buffer: Buffer;
  /** Whether part i of the task touches nothing but part i of the buffer. */
  readonly own: boolean;
}

/** What a task's code is written with. */
export interface TaskWriter {
  readonly module: ModuleWriter;
  /** The step's own function. */
  readonly f: FunctionWriter;
  /** Rows or items of this call: from the one up to, and without, the other. */
  readonly from: Local;
  readonly to: Local;
  /** With rows: the number of the chunk. */
  readonly chunk: Local;
  /** The number of the thread, from 0. */
  readonly thread: Local;
  /** Puts an address on the stack. */
  address(buffer: Buffer, offset?: number): void;
}

/** A piece of a step: what it touches, how it is shared, and its code. */
export interface Task {
  readonly label: string;
  readonly split: Split;
  readonly reads: readonly Use[];
  readonly writes: readonly Use[];
  /** Writes the call of its kernel. With rows it is called once for each chunk. */
  emit(writer: TaskWriter): void;
}

export const own = (buffer: Buffer): Use => ({ buffer, own: true });
export const whole = (buffer: Buffer): Use => ({ buffer, own: false });
