import { Purpose, permutation } from "../math/random";

/**
 * Selects the training images of a batch, as a pure function of seed and step: a resumed run continues exactly, and all
 * arms of an experiment get the same images in the same order.
 */
export class Sampler {
  private cached: { readonly epoch: number; readonly order: Uint32Array } | undefined;

  /** @throws RangeError if there are fewer images than one batch takes */
  constructor(
    private readonly seed: number,
    readonly count: number,
    readonly batchSize: number,
  ) {
    if (count < batchSize) {
      throw new RangeError(`A batch of ${batchSize} needs as many training images; there are ${count}.`);
    }
  }

  /** Whole batches only: a smaller last one would change batch statistics and break queues. */
  get stepsPerEpoch(): number {
    return Math.floor(this.count / this.batchSize);
  }

  epochOf(step: number): number {
    return Math.floor(step / this.stepsPerEpoch);
  }

  /** Returns new indices into the training set, [batchSize]. */
  batch(step: number): Uint32Array {
    const epoch = this.epochOf(step);
    if (this.cached?.epoch !== epoch) {
      this.cached = { epoch, order: permutation(this.seed, Purpose.order, epoch, this.count) };
    }
    const start = (step % this.stepsPerEpoch) * this.batchSize;
    return this.cached.order.slice(start, start + this.batchSize);
  }
}
