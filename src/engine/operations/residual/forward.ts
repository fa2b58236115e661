import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { runningMomentum } from "../batch-norm/batch-norm";
import { isSmall, type Keep } from "../batch-norm/merge";
import { baseChunks, chunkMoments, type NormShape } from "../batch-norm/programs";
import { choicesOf } from "../conv2d/choice";
import { type Moments, runPass } from "../conv2d/conv2d";
import type { Fusion } from "../conv2d/operand";
import { convolutionShape } from "../conv2d/programs";
import { ended, normalized } from "./operands";
import { computed, mergeNorm, tableShape } from "./programs";
import { smallNorm } from "./small";
import {
  type BlockTrace,
  type Convolved,
  made,
  type Normed,
  outputOf,
  type ResidualBlock,
  type ResidualLayer,
  type ResidualNetwork,
  type ResidualNorm,
  type Source,
  sourceOf,
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

  run(images: tf.Tensor4D): Trace {
    const { stem: layer, blocks: planned } = this.network;
    const stem = this.convolve(layer, sourceOf(images));
    const [next] = planned;
    const readers = next ? [next.path[0], next.shortcut] : [];
    const first = this.norm(layer, stem, readers);
    const blocks: BlockTrace[] = [];
    let x = outputOf(first);
    let over: tf.Tensor[] = [];
    for (const [b, block] of planned.entries()) {
      const { trace, y } = this.block(block, x, planned[b + 1]?.path[0]);
      blocks.push(trace);
      if (!this.forGradient) {
        // The next block's first convolution may still compute this block's end.
        tf.dispose(over);
        const { inner, path, shortcut, end } = trace;
        const ofEnd = [...settled(x).tensors, end.z, end.table, ...(shortcut ? [shortcut.z] : [])];
        tf.dispose(path.slice(0, -1).map(({ z }) => z));
        for (const { y, table } of inner) tf.dispose([y ?? [], table]);
        if (y.kept) over = ofEnd;
        else tf.dispose(ofEnd);
      }
      x = y;
    }
    return { stem, first, blocks };
  }

  /** @param reader the first convolution of the next block */
  private block(
    { path, shortcut }: ResidualBlock,
    x: Source,
    reader: ResidualLayer | undefined,
  ): { readonly trace: BlockTrace; readonly y: Source } {
    const convolved: Convolved[] = [];
    const inner: Normed[] = [];
    let input = x;
    for (const [i, layer] of path.entries()) {
      const one = this.convolve(layer, input);
      convolved.push(one);
      if (i === path.length - 1) break;
      const normed = this.norm(layer, one, [path[i + 1]]);
      inner.push(normed);
      input = outputOf(normed);
    }
    const last = convolved.at(-1);
    if (!last) throw new Error("A residual block needs a convolution.");
    const short = shortcut && this.convolve(shortcut, settled(x));
    const { end, y } = this.end(last, short, settled(x), reader);
    return { trace: { path: convolved, inner, shortcut: short, end }, y };
  }

  private convolve(layer: ResidualLayer, x: Source): Convolved {
    const { backend, network } = this;
    const shape = shapeOfConvolution(layer, x.shape);
    const { batch, outHeight, outWidth, to } = shape;
    const size = [batch, outHeight, outWidth, to];
    const fusion = fusionOf(x);
    const kernel = isSmall(this.shapeOf(size))
      ? undefined
      : choicesOf(backend.device).withMoments(shape, network.groups, fusion);
    const inputs = [...x.tensors, layer.filter];
    const kept = x.kept ? [x.kept] : [];
    const read = settled(x);
    if (!kernel) {
      const z = made<tf.Tensor4D>(runPass(backend, "forward", shape, inputs, size, { fusion, kept }));
      return { layer, shape, x: read, z };
    }
    const z = made<tf.Tensor4D>(backend.output(size));
    const { program, chunks } = kernel;
    const moments = made(backend.output([2, network.groups, chunks.count, to]));
    backend.run(program, [...inputs, z, moments, ...kept]);
    return { layer, shape, x: read, z, moments: { tensor: moments, chunks } };
  }

  /** relu(norm(z)), left to the convolutions that read it if all of them can compute it. */
  private norm(
    norm: ResidualNorm,
    convolved: Convolved,
    readers: readonly (ResidualLayer | undefined)[],
  ): Normed {
    const { backend } = this;
    const { z } = convolved;
    const shape = this.shapeOf(z.shape);
    const table = this.table(shape, 1);
    const normed = { norm, shape, z, table: made(table) };
    if (isSmall(shape)) {
      const y = backend.output([...z.shape]);
      const program = smallNorm(shape, { norm: 0, plus: false, keep: keepOf(norm) });
      backend.run(program, [z, norm.gamma, norm.beta, y, table, ...runningOf(norm)]);
      return { ...normed, y: made(y) };
    }
    this.tabulate(norm, convolved, table, shape, 0);
    const known = readers.filter((reader) => reader !== undefined);
    if (known.length > 0 && known.every((reader) => this.canCompute(shape, z.shape, reader))) return normed;
    const y = backend.output([...z.shape]);
    backend.run(computed("batch norm, normalize", shape, normalized(shape)), [z, table, y]);
    return { ...normed, y: made(y) };
  }

  /** Whether a convolution's kernels can compute the norm before it. */
  private canCompute(norm: NormShape, size: readonly number[], reader: ResidualLayer): boolean {
    const choices = choicesOf(this.backend.device);
    const shape = shapeOfConvolution(reader, size);
    const fusion = { x: normalized(norm) };
    const passes = ["forward", ...(this.forGradient ? (["filter gradient"] as const) : [])] as const;
    return passes.every((pass) => choices.fused({ pass, shape, fusion }) !== undefined);
  }

  /**
   * relu(norm(z) + x), or relu(norm(z) + norm(shortcut)), left to the convolution that reads it first if that can compute
   * and write it.
   */
  private end(
    convolved: Convolved,
    short: Convolved | undefined,
    x: Source,
    reader: ResidualLayer | undefined,
  ): { readonly end: Normed; readonly y: Source } {
    const { backend } = this;
    const { layer, z } = convolved;
    const shape = this.shapeOf(z.shape);
    const table = made(this.table(shape, short ? 2 : 1));
    const y = made<tf.Tensor4D>(backend.output([...z.shape]));
    const end = { norm: layer, shape, z, table, y };
    if (isSmall(shape)) {
      const plus = short ? [made<tf.Tensor4D>(backend.output([...z.shape]))] : x.tensors;
      if (short) {
        const plain = { ...shape, relu: false };
        const program = smallNorm(plain, { norm: 1, plus: false, keep: keepOf(short.layer) });
        const { gamma, beta } = short.layer;
        backend.run(program, [short.z, gamma, beta, ...plus, table, ...runningOf(short.layer)]);
      }
      const program = smallNorm(shape, { norm: 0, plus: true, keep: keepOf(layer) });
      backend.run(program, [z, layer.gamma, layer.beta, ...plus, y, table, ...runningOf(layer)]);
      if (short) tf.dispose([...plus]);
      return { end, y: sourceOf(y) };
    }
    this.tabulate(layer, convolved, table, shape, 0);
    if (short) this.tabulate(short.layer, short, table, shape, 1);
    const operand = ended(shape, short ? "shortcut" : x.operand ? "normed identity" : "identity");
    const tensors = [z, table, ...(short ? [short.z] : x.tensors)];
    const left: Source = { shape: z.shape, tensors, operand, kept: y };
    if (reader && this.canKeep(left, reader)) return { end, y: left };
    backend.run(computed("batch norm, sum and ReLU", shape, operand), [...tensors, y]);
    return { end, y: sourceOf(y) };
  }

  private canKeep(x: Source, reader: ResidualLayer): boolean {
    const shape = shapeOfConvolution(reader, x.shape);
    const convolution = { pass: "forward", shape, fusion: fusionOf(x) } as const;
    return choicesOf(this.backend.device).fused(convolution) !== undefined;
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

/** A source as it is once the first convolution has read it. */
const settled = (x: Source): Source => (x.kept ? sourceOf(x.kept) : x);

const fusionOf = ({ operand, kept }: Source): Fusion | undefined =>
  operand && { x: operand, keepsX: kept !== undefined };

const shapeOfConvolution = (
  layer: ResidualLayer,
  [batch = 0, height = 0, width = 0, channels = 0]: readonly number[],
) => convolutionShape([batch, height, width, channels], layer.filter.shape, layer);
const keepOf = ({ running }: ResidualNorm): Keep => running && (running.keep ?? runningMomentum);
const runningOf = ({ running }: ResidualNorm) => (running ? [running.mean, running.variance] : []);
