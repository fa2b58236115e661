import * as tf from "@tensorflow/tfjs-core";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { gradientOf, gradientOutput } from "../../backend/gradient-homes";
import { type Running, runningMomentum } from "../batch-norm/batch-norm";
import { gradientSmall, isSmall, type Keep } from "../batch-norm/merge";
import { baseChunks, chunkMoments, type NormShape } from "../batch-norm/programs";
import { choicesOf } from "../conv2d/choice";
import { conv2d, conv2dWithMoments, type Moments, runPass } from "../conv2d/conv2d";
import { type ConvolutionShape, convolutionShape } from "../conv2d/programs";
import { applyNorm, chunkSums, inputGradients, mergeNorm, mergeSums, tableShape } from "./programs";
import { smallNorm } from "./small";

export interface ResidualNorm {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
  /** Running statistics to update in place. */
  readonly running?: Running;
}

/** A convolution without bias, and the batch norm that follows. */
export interface ResidualLayer extends ResidualNorm {
  readonly filter: tf.Tensor4D;
  readonly stride: number;
  readonly padding: number;
}

/** relu(norm(… relu(norm(x)) …) + x), or with a shortcut's norm in place of the last x. */
export interface ResidualBlock {
  readonly path: readonly ResidualLayer[];
  readonly shortcut?: ResidualLayer;
}

export interface ResidualNetwork {
  readonly stem: ResidualLayer;
  readonly blocks: readonly ResidualBlock[];
  /** The number of consecutive groups in the batch, each with its own statistics. */
  readonly groups: number;
  readonly epsilon: number;
}

/** A convolution's output before its norm, and what its gradient needs. */
interface Convolved {
  readonly layer: ResidualLayer;
  readonly shape: ConvolutionShape;
  readonly x: tf.Tensor4D;
  readonly z: tf.Tensor4D;
  /** The moments of chunks of z, if its kernel found them too. */
  readonly moments?: Moments;
}

/** A norm with its ReLU inside of a path. */
interface Normed {
  readonly norm: ResidualNorm;
  readonly shape: NormShape;
  readonly z: tf.Tensor4D;
  readonly table: tf.Tensor;
  readonly y: tf.Tensor4D;
}

interface BlockTrace {
  readonly path: readonly Convolved[];
  /** The norms before the last. */
  readonly inner: readonly Normed[];
  readonly shortcut: Convolved | undefined;
  /** The table of the last norm and the shortcut's. */
  readonly end: Normed;
}

interface Trace {
  readonly first: Normed;
  readonly blocks: readonly BlockTrace[];
}

class Forward {
  /** @param forGradient false if nothing will be differentiated: then tensors are disposed of as soon as possible */
  constructor(
    private readonly backend: TrainingBackend,
    private readonly network: ResidualNetwork,
    private readonly forGradient: boolean,
  ) {}

  run(stem: Pick<Convolved, "z" | "moments">): Trace {
    const first = this.norm(this.network.stem, stem);
    const blocks: BlockTrace[] = [];
    let x = first.y;
    for (const block of this.network.blocks) {
      const trace = this.block(block, x);
      blocks.push(trace);
      if (!this.forGradient) {
        const { inner, path, shortcut, end } = trace;
        tf.dispose([x, inner.map(({ y }) => y), path.map(({ z }) => z), shortcut?.z ?? [], end.table]);
        tf.dispose(inner.map(({ table }) => table));
      }
      x = trace.end.y;
    }
    return { first, blocks };
  }

  private block({ path, shortcut }: ResidualBlock, x: tf.Tensor4D): BlockTrace {
    const convolved: Convolved[] = [];
    const inner: Normed[] = [];
    let input = x;
    for (const [i, layer] of path.entries()) {
      const one = this.convolve(layer, input);
      convolved.push(one);
      if (i === path.length - 1) break;
      const normed = this.norm(layer, one);
      inner.push(normed);
      input = normed.y;
    }
    const last = convolved.at(-1);
    if (!last) throw new Error("A residual block needs a convolution.");
    const short = shortcut && this.convolve(shortcut, x);
    return { path: convolved, inner, shortcut: short, end: this.end(last, short, x) };
  }

  private convolve(layer: ResidualLayer, x: tf.Tensor4D): Convolved {
    const { backend, network } = this;
    const shape = convolutionShape(x.shape, layer.filter.shape, layer);
    const { batch, outHeight, outWidth, to } = shape;
    const size = [batch, outHeight, outWidth, to];
    const normShape = this.shapeOf(size);
    const kernel = isSmall(normShape)
      ? undefined
      : choicesOf(backend.device).withMoments(shape, network.groups);
    if (!kernel) {
      return { layer, shape, x, z: made(runPass(backend, "forward", shape, [x, layer.filter], size)) };
    }
    const z = made<tf.Tensor4D>(backend.output(size));
    const { program, chunks } = kernel;
    const moments = made(backend.output([2, network.groups, chunks.count, to]));
    backend.run(program, [x, layer.filter, z, moments]);
    return { layer, shape, x, z, moments: { tensor: moments, chunks } };
  }

  /** relu(norm(z)). */
  private norm(norm: ResidualNorm, convolved: Pick<Convolved, "z" | "moments">): Normed {
    const { backend } = this;
    const { z } = convolved;
    const shape = this.shapeOf(z.shape);
    const [table, y] = [this.table(shape, 1), backend.output([...z.shape])];
    if (isSmall(shape)) {
      const program = smallNorm(shape, { norm: 0, plus: false, keep: keepOf(norm) });
      backend.run(program, [z, norm.gamma, norm.beta, y, table, ...runningOf(norm)]);
    } else {
      this.tabulate(norm, convolved, table, shape, 0);
      backend.run(applyNorm(shape, "nothing"), [z, table, y]);
    }
    return { norm, shape, z, table: made(table), y: made(y) };
  }

  /** relu(norm(z) + x), or relu(norm(z) + norm(shortcut)). */
  private end(convolved: Convolved, short: Convolved | undefined, x: tf.Tensor4D): Normed {
    const { backend } = this;
    const { layer, z } = convolved;
    const shape = this.shapeOf(z.shape);
    const [table, y] = [this.table(shape, short ? 2 : 1), backend.output([...z.shape])];
    if (isSmall(shape)) {
      const plus = short ? made<tf.Tensor4D>(backend.output([...z.shape])) : x;
      if (short) {
        const plain = { ...shape, relu: false };
        const program = smallNorm(plain, { norm: 1, plus: false, keep: keepOf(short.layer) });
        const { gamma, beta } = short.layer;
        backend.run(program, [short.z, gamma, beta, plus, table, ...runningOf(short.layer)]);
      }
      const program = smallNorm(shape, { norm: 0, plus: true, keep: keepOf(layer) });
      backend.run(program, [z, layer.gamma, layer.beta, plus, y, table, ...runningOf(layer)]);
      if (short) plus.dispose();
    } else {
      this.tabulate(layer, convolved, table, shape, 0);
      if (short) this.tabulate(short.layer, short, table, shape, 1);
      backend.run(applyNorm(shape, short ? "shortcut" : "identity"), [z, table, short ? short.z : x, y]);
    }
    return { norm: layer, shape, z, table: made(table), y: made(y) };
  }

  /** Writes a norm's statistics into its part of a table. */
  private tabulate(
    norm: ResidualNorm,
    { z, moments }: Pick<Convolved, "z" | "moments">,
    table: tf.TensorInfo,
    shape: NormShape,
    at: number,
  ): void {
    const { backend } = this;
    const found = moments ?? this.momentsOf(z, shape);
    const program = mergeNorm(shape, at, keepOf(norm), found.chunks);
    backend.run(program, [found.tensor, norm.gamma, norm.beta, table, ...runningOf(norm)]);
    found.tensor.dispose();
  }

  private momentsOf(z: tf.Tensor4D, shape: NormShape): Moments {
    const chunks = baseChunks(shape);
    const tensor = made(this.backend.output([2, shape.groups, chunks.count, shape.channels]));
    this.backend.run(chunkMoments(shape), [z, tensor]);
    return { tensor, chunks };
  }

  private table(shape: NormShape, norms: number): tf.TensorInfo {
    return this.backend.output(tableShape(norms, shape));
  }

  private shapeOf(size: readonly number[]): NormShape {
    const { groups, epsilon } = this.network;
    const channels = size[3] ?? 0;
    return {
      groups,
      epsilon,
      relu: true,
      channels,
      rows: tf.util.sizeFromShape([...size]) / channels / groups,
    };
  }
}

const made = <T extends tf.Tensor>(info: tf.TensorInfo): T => tf.engine().makeTensorFromTensorInfo(info) as T;
const keepOf = ({ running }: ResidualNorm): Keep => running && (running.keep ?? runningMomentum);
const runningOf = ({ running }: ResidualNorm) => (running ? [running.mean, running.variance] : []);

/** The gradients of a norm's parameters, or of a convolution's filter, by the parameter. */
type Gradients = Map<tf.Tensor, tf.Tensor>;

class Backward {
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

/** Whether the first norm's rows are so few that it finds its moments itself. */
function withFewRows(images: tf.Tensor4D, { stem, groups, epsilon }: ResidualNetwork): boolean {
  const { batch, outHeight, outWidth, to } = convolutionShape(images.shape, stem.filter.shape, stem);
  const rows = (batch * outHeight * outWidth) / groups;
  return isSmall({ rows, groups, channels: to, epsilon, relu: true });
}

const parametersOf = ({ stem, blocks }: ResidualNetwork): tf.Tensor[] => {
  const layers = blocks.flatMap(({ path, shortcut }) => [...path, ...(shortcut ? [shortcut] : [])]);
  return [stem.gamma, stem.beta, ...layers.flatMap(({ filter, gamma, beta }) => [filter, gamma, beta])];
};

/** All tensors that the gradient reads, each once. */
function tensorsOf({ first, blocks }: Trace): tf.Tensor[] {
  const ofNorm = ({ z, table, y }: Normed) => [z, table, y];
  const all = [
    ...ofNorm(first),
    ...blocks.flatMap(({ inner, shortcut, end }) => [
      ...[...inner, end].flatMap(ofNorm),
      ...(shortcut ? [shortcut.z] : []),
    ]),
  ];
  return [...new Set(all)];
}

/**
 * A residual network in training mode on WebGPU: every batch norm's statistics
 * and gradients, ReLUs and sums are fused across layers. Differentiable in the images and in all parameters. He et al. 2016.
 *
 * @param images [groups · batch, side, side, channels]
 * @returns the last block's output; the caller owns it
 */
export function residualNetwork(images: tf.Tensor4D, network: ResidualNetwork): tf.Tensor4D {
  const backend = trainingBackend();
  if (!backend) throw new Error("Residual networks are fused on WebGPU only.");
  const { stem, groups } = network;
  const convolved = withFewRows(images, network)
    ? { z: conv2d(images, stem.filter, stem) }
    : conv2dWithMoments(images, stem.filter, stem, groups);
  const parameters = parametersOf(network);
  const forGradient = (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
  const compute = tf.customGrad((...given) => {
    const save = given.at(-1) as unknown as tf.GradSaveFunc;
    const [z] = given as [tf.Tensor4D];
    const trace = new Forward(backend, network, forGradient).run({ ...convolved, z });
    const value = trace.blocks.at(-1)?.end.y ?? trace.first.y;
    if (forGradient) save(tensorsOf(trace));
    return {
      value,
      gradFunc: (dy) => {
        const backward = new Backward(backend);
        const dz = backward.run(trace, dy as tf.Tensor4D);
        return [dz, ...parameters.map((parameter) => backward.gradients.get(parameter) as tf.Tensor)];
      },
    };
  });
  return compute(convolved.z, ...parameters) as tf.Tensor4D;
}
