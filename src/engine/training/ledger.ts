import * as tf from "@tensorflow/tfjs-core";
import { compiledSteps } from "../compiled/compiled-steps";
import { trainingBackend } from "../kernels/backend";
import { packInto, writeLine } from "../kernels/slab";
import { type StepInputs, scalarIndex } from "./step-inputs";

/**
 * Losses of the steps since they were last read. Each step writes one line on the GPU, so no step waits to be read.
 * The line is the scalar `line`; the caller reads before lines are used again.
 */
export class Ledger {
  /** [capacity, width] on WebGPU. */
  private readonly table: tf.Tensor2D | undefined;
  /** [width] where steps are compiled: the line of the last one. */
  private readonly row: tf.Tensor1D | undefined;
  private readonly lines = new Map<number, tf.Tensor>();

  constructor(
    private readonly inputs: StepInputs,
    private readonly width: number,
    readonly capacity: number,
  ) {
    const backend = trainingBackend();
    if (!backend) {
      if (compiledSteps()) this.row = tf.keep(tf.tensor1d(new Float32Array(width)));
      return;
    }
    this.table = tf.keep(tf.tensor2d(new Float32Array(capacity * width), [capacity, width]));
    backend.uploadToGPU(this.table.dataId);
  }

  /** @throws RangeError when the step reports another number of terms than the ledger has columns */
  write(terms: readonly tf.Scalar[]): void {
    if (terms.length !== this.width) {
      throw new RangeError(`A step reported ${terms.length} terms; the ledger has ${this.width}.`);
    }
    const backend = trainingBackend();
    if (backend && this.table) {
      const row = backend.output([this.width]);
      packInto(
        backend,
        row,
        terms.map((tensor, offset) => ({ tensor, offset })),
      );
      writeLine(backend, this.table, row, this.inputs.scalars, scalarIndex("line"));
      backend.disposeData(row.dataId);
      return;
    }
    const stacked = tf.stack([...terms]);
    const compiled = compiledSteps();
    if (compiled && this.row) compiled.copyInPlace(stacked, this.row);
    else this.put(tf.keep(stacked));
  }

  /** To be called after a step: takes the line that a compiled one has left. */
  collect(): void {
    if (this.row) this.put(tf.keep(tf.tensor1d(this.row.dataSync().slice())));
  }

  private put(line: tf.Tensor): void {
    const place = this.inputs.value("line");
    this.lines.get(place)?.dispose();
    this.lines.set(place, line);
  }

  /** Terms of each of the given lines. */
  async read(lines: readonly number[]): Promise<number[][]> {
    const { width, table } = this;
    if (table) {
      const values = await table.data();
      return lines.map((line) => Array.from(values.subarray(line * width, (line + 1) * width)));
    }
    return Promise.all(lines.map(async (line) => Array.from((await this.lines.get(line)?.data()) ?? [])));
  }

  dispose(): void {
    tf.dispose([this.table, this.row].filter((tensor) => tensor !== undefined));
    for (const line of this.lines.values()) line.dispose();
  }
}
