import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { gradientOf, gradientOutput } from "../../backend/gradient-homes";
import { gradientSmall, isSmall } from "../batch-norm/merge";
import { baseChunks, type NormShape } from "../batch-norm/programs";
import { runPass } from "../conv2d/conv2d";
import { chunkSums, inputGradients, mergeSums, tableShape } from "./programs";
import { type BlockTrace, type Convolved, made, type Normed, type ResidualNorm, type Trace } from "./trace";

/** The gradients of a norm's parameters, or of a convolution's filter, by the parameter. */
type Gradients = Map<tf.Tensor, tf.Tensor>;

/** Walks back through what the forward pass kept, and collects the gradients of all parameters. */
export class Backward {
  readonly gradients: Gradients = new Map();

  constructor(private readonly backend: TrainingBackend) {}

  /** Returns dz of the first norm. */
  run({ first, blocks }: Trace, dy: tf.Tensor4D): tf.Tensor4D {
    let arriving: readonly tf.Tensor[] = [dy];
    for (const block of [...blocks].reverse()) {
      const before = arriving;
      arriving = this.block(block, before);
      // The caller keeps dy.
      if (before[0] !== dy) tf.dispose([...before]);
    }
    const dz = this.norm(first, arriving);
    if (arriving[0] !== dy) tf.dispose([...arriving]);
    return dz;
  }

  /** Returns the gradients that arrive at the block's input, to be added. */
  private block({ path, inner, shortcut, end }: BlockTrace, arriving: readonly tf.Tensor[]): tf.Tensor[] {
    const { g, dz, dShort } = this.end(end, shortcut, arriving);
    let gradient = dz;
    for (let i = path.length - 1; ; i--) {
      const convolved = path[i] as Convolved;
      this.filterGradient(convolved, gradient);
      const dx = this.inputGradient(convolved, gradient);
      gradient.dispose();
      const before = inner[i - 1];
      if (before) {
        gradient = this.norm(before, [dx]);
        dx.dispose();
        continue;
      }
      if (!shortcut || !dShort) return [dx, g];
      this.filterGradient(shortcut, dShort);
      const ofShortcut = this.inputGradient(shortcut, dShort);
      tf.dispose([g, dShort]);
      return [dx, ofShortcut];
    }
  }

  /** The gradient before a block's ReLU, which its input gets too, and those of its last convolutions. */
  private end(
    { norm, shape, z, table, y }: Normed,
    short: Convolved | undefined,
    arriving: readonly tf.Tensor[],
  ) {
    const { backend } = this;
    const ending = { block: true, shortcut: short !== undefined, second: arriving.length > 1 };
    const g = this.output(z);
    const sums = this.sums(shape, short ? 3 : 2);
    const shortZ = short ? [short.z] : [];
    backend.run(chunkSums(shape, ending), [z, table, ...arriving, y, ...shortZ, g, sums]);
    const gradients = this.merge(shape, sums, table, [norm, ...(short ? [short.layer] : [])]);
    const dz = this.output(z);
    const dShort = short && this.output(z);
    const outputs = dShort ? [dz, dShort] : [dz];
    backend.run(inputGradients(shape, ending), [g, z, gradients, ...shortZ, ...outputs]);
    gradients.dispose();
    return { g, dz, dShort };
  }

  private norm({ norm, shape, z, table }: Normed, arriving: readonly tf.Tensor[]): tf.Tensor4D {
    const { backend } = this;
    const [dy, second] = arriving;
    if (!dy) throw new Error("No gradient arrives.");
    if (isSmall(shape) && !second) {
      const dz = this.output(z);
      const parameters = this.parameterGradients(norm);
      backend.run(gradientSmall(shape), [z, norm.gamma, norm.beta, dy, dz, ...parameters]);
      return dz;
    }
    const ending = { block: false, shortcut: false, second: second !== undefined };
    const sums = this.sums(shape, 2);
    const summed = second ? [this.output(z)] : [];
    backend.run(chunkSums(shape, ending), [z, table, ...arriving, ...summed, sums]);
    const gradients = this.merge(shape, sums, table, [norm]);
    const dz = this.output(z);
    const gated = second ? summed : [dy];
    backend.run(inputGradients(shape, ending), [...gated, z, gradients, ...(second ? [] : [table]), dz]);
    tf.dispose([summed, gradients]);
    return dz;
  }

  private merge(shape: NormShape, sums: tf.Tensor, table: tf.TensorInfo, norms: readonly ResidualNorm[]) {
    const gradients = made(this.backend.output(tableShape(norms.length, shape)));
    const parameters = norms.flatMap((norm) => this.parameterGradients(norm));
    this.backend.run(mergeSums(shape, norms.length > 1), [sums, table, gradients, ...parameters]);
    sums.dispose();
    return gradients;
  }

  private parameterGradients({ gamma, beta }: ResidualNorm): tf.Tensor[] {
    return [gamma, beta].map((parameter) => {
      const gradient = made(gradientOutput(this.backend, [...parameter.shape], parameter.dataId));
      this.gradients.set(parameter, gradient);
      return gradient;
    });
  }

  private filterGradient({ layer: { filter }, shape, x }: Convolved, dz: tf.TensorInfo): void {
    const run = () => runPass(this.backend, "filter gradient", shape, [x, dz], [...filter.shape]);
    this.gradients.set(filter, made(gradientOf(filter, run)));
  }

  private inputGradient({ layer: { filter }, shape, x }: Convolved, dz: tf.TensorInfo): tf.Tensor4D {
    return made(runPass(this.backend, "input gradient", shape, [dz, filter], [...x.shape]));
  }

  private output({ shape }: tf.Tensor4D): tf.Tensor4D {
    return made(this.backend.output([...shape]));
  }

  private sums({ groups, channels, ...shape }: NormShape, count: number): tf.Tensor {
    const chunks = baseChunks({ groups, channels, ...shape }).count;
    return made(this.backend.output([count, groups, chunks, channels]));
  }
}
