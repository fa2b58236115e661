import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import { writeLine } from "../../operations/table-line/table-line";
import { type StepInputs, scalarIndex } from "../../optimizers/step-inputs";

/**
 * Losses of the steps since they were last read. Each step writes one line on the GPU, so no step waits to be read.
 * The line is the scalar `line`; the caller reads before lines are used again.
 */
export class Ledger {
  /** [capacity, width] */
  private readonly table: ResidentTensor<tf.Tensor2D>;

  constructor(
    private readonly inputs: StepInputs,
    private readonly width: number,
    readonly capacity: number,
  ) {
    this.table = ResidentTensor.of(tf.zeros([capacity, width]));
  }

  /** @throws RangeError when the step reports another number of terms than the ledger has columns */
  write(terms: readonly tf.Scalar[]): void {
    if (terms.length !== this.width) {
      throw new RangeError(`A step reported ${terms.length} terms; the ledger has ${this.width}.`);
    }
    writeLine(this.table, terms, this.inputs.scalars, scalarIndex("line"));
  }

  /** Terms of each of the given lines. */
  async read(lines: readonly number[]): Promise<number[][]> {
    const { width, table } = this;
    const values = await table.tensor.data();
    return lines.map((line) => Array.from(values.subarray(line * width, (line + 1) * width)));
  }

  dispose(): void {
    this.table.dispose();
  }
}
