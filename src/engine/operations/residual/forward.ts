import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { runningMomentum } from "../batch-norm/batch-norm";
import { isSmall, type Keep } from "../batch-norm/merge";
import { baseChunks, chunkMoments, type NormShape } from "../batch-norm/programs";
import { choicesOf } from "../conv2d/choice";
import { type Moments, runPass } from "../conv2d/conv2d";
import { convolutionShape } from "../conv2d/programs";
import { applyNorm, mergeNorm, tableShape } from "./programs";
import { smallNorm } from "./small";
import {
  type BlockTrace,
  type Convolved,
  made,
  type Normed,
  type ResidualBlock,
  type ResidualLayer,
  type ResidualNetwork,
  type ResidualNorm,
  type Trace,
} from "./trace";

/** Computes a residual network layer by layer, and keeps what its gradient needs. */
export class Forward {
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

const keepOf = ({ running }: ResidualNorm): Keep => running && (running.keep ?? runningMomentum);
const runningOf = ({ running }: ResidualNorm) => (running ? [running.mean, running.variance] : []);
