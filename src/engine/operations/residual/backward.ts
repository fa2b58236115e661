import type * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { gradientOf, gradientOutput } from "../../backend/gradient-homes";
import { gradientSmall, isSmall } from "../batch-norm/merge";
import { baseChunks, type Chunks, type NormShape } from "../batch-norm/programs";
import { choicesOf } from "../conv2d/choice";
import { runPass } from "../conv2d/conv2d";
import type { Operand } from "../conv2d/operand";
import { normEnding, normGradient } from "./operands";
import { chunkSums, computed, gradientsShape, isGated, mergeSums } from "./programs";
import { type BlockTrace, type Convolved, made, type Normed, type ResidualNorm, type Trace } from "./trace";

/** The gradients of a norm's parameters, or of a convolution's filter, by the parameter. */
type Gradients = Map<tf.Tensor, tf.Tensor>;

/** The gradient of a convolution's output: a tensor, or what its kernels compute it from. */
type Gradient = { readonly dz: tf.Tensor4D } | NormGradient;

interface NormGradient {
  readonly shape: NormShape;
  /** What `operand` reads: the gradient after the norm, z, and the table of gradients. */
  readonly tensors: readonly [g: tf.Tensor4D, z: tf.Tensor4D, gradients: tf.Tensor];
  readonly operand: Operand;
}

/** A norm that a gradient has to pass, its ReLU first. */
interface Gate {
  readonly normed: Normed;
  /** True at the end of a block. */
  readonly block: boolean;
  /** There, the convolution of the shortcut, whose norm gets the same gradient. */
  readonly short?: Convolved | undefined;
}

/** A gradient behind a gate's ReLU. The norm's gradients are computed where they are needed. */
interface Passed {
  readonly g: tf.Tensor4D;
  readonly gradients: tf.Tensor;
  readonly ofNorm: NormGradient;
  readonly ofShortcut: NormGradient | undefined;
}

const gateOf = ({ end, shortcut }: BlockTrace): Gate => ({ normed: end, block: true, short: shortcut });

/** Walks back through what the forward pass kept, and collects the gradients of all parameters. */
export class Backward {
  readonly gradients: Gradients = new Map();

  constructor(private readonly backend: TrainingBackend) {}

  /** Returns a function that computes the gradient of the images. */
  run({ stem, first, blocks }: Trace, dy: tf.Tensor4D): () => tf.Tensor4D {
    const start: Gate = { normed: first, block: false };
    const gates = [start, ...blocks.map(gateOf)];
    let passed = this.pass(gates.at(-1) as Gate, [dy]);
    for (const [i, block] of [...blocks.entries()].reverse()) {
      passed = this.block(block, passed, gates[i] as Gate);
    }
    const known = this.filterGradient(stem, passed.ofNorm, false);
    return () => this.inputGradient(stem, known ?? this.normGradient(passed.ofNorm));
  }

  /** Carries a gradient from a block's end to behind the gate before the block. */
  private block({ path, inner, shortcut }: BlockTrace, passed: Passed, before: Gate): Passed {
    // A shortcut's gradient, or that of the block's input itself, to which the path's is added.
    let added = passed.g;
    if (shortcut && passed.ofShortcut) {
      const dShort = this.gradientsOf(shortcut, passed.ofShortcut);
      added = this.inputGradient(shortcut, dShort);
      dShort.dispose();
    }
    let gradient: Gradient = passed.ofNorm;
    for (let i = path.length - 1; ; i--) {
      const convolved = path[i] as Convolved;
      const dz = this.gradientsOf(convolved, gradient);
      if (gradient === passed.ofNorm) {
        passed.gradients.dispose();
        if (added !== passed.g) passed.g.dispose();
      } else if ("operand" in gradient) {
        const [g, , gradients] = gradient.tensors;
        g.dispose();
        gradients.dispose();
      }
      const normed = inner[i - 1];
      const next = normed ? this.inside(normed, convolved, dz) : undefined;
      const behind = next ? undefined : this.carry(before, convolved, dz, added);
      dz.dispose();
      if (behind) return behind;
      gradient = next as Gradient;
    }
  }

  /** Carries a gradient through a convolution to before a norm inside of a path. */
  private inside(normed: Normed, convolved: Convolved, dz: tf.Tensor4D): Gradient {
    const { norm, shape, z } = normed;
    if (!isSmall(shape)) return this.carry({ normed, block: false }, convolved, dz).ofNorm;
    const dx = this.inputGradient(convolved, dz);
    const made = this.output(z);
    const parameters = this.parameterGradients(norm);
    this.backend.run(gradientSmall(shape), [z, norm.gamma, norm.beta, dx, made, ...parameters]);
    dx.dispose();
    return { dz: made };
  }

  /** Carries dz through a convolution to behind a gate, adding it to `added`, which is disposed of or becomes the result. */
  private carry(gate: Gate, convolved: Convolved, dz: tf.Tensor4D, added?: tf.Tensor4D): Passed {
    const { backend } = this;
    const { normed, block, short } = gate;
    const { layer, shape } = convolved;
    const ending = normEnding(normed.shape, {
      block,
      shortcut: short !== undefined,
      second: added !== undefined,
    });
    const kernel = choicesOf(backend.device).fused({ pass: "input gradient", shape, fusion: { ending } });
    if (!kernel?.chunks) {
      const dx = this.inputGradient(convolved, dz);
      const passed = this.pass(gate, added ? [dx, added] : [dx]);
      for (const one of added ? [dx, added] : [dx]) if (one !== passed.g) one.dispose();
      return passed;
    }
    const g = added ?? this.output(normed.z);
    const sums = this.sums(normed.shape, ending.sums.length, kernel.chunks);
    const { z, table, y } = normed;
    const read = [z, table, ...(block && y ? [y] : []), ...(short ? [short.z] : [])];
    backend.run(kernel.partial, [dz, layer.filter, ...read, g, sums]);
    return this.passed(gate, { g, gated: true, sums, chunks: kernel.chunks });
  }

  /** Brings arriving gradients, to be added, behind a gate. The caller keeps them; the last may be the result. */
  private pass(gate: Gate, arriving: readonly tf.Tensor4D[]): Passed {
    const { normed, block, short } = gate;
    const { shape, z, table, y } = normed;
    const arrival = { block, shortcut: short !== undefined, second: arriving.length > 1 };
    const gated = isGated(arrival);
    const g = gated ? this.output(z) : (arriving[0] as tf.Tensor4D);
    const chunks = baseChunks(shape);
    const sums = this.sums(shape, short ? 3 : 2, chunks);
    const read = [z, table, ...arriving, ...(block && y ? [y] : []), ...(short ? [short.z] : [])];
    this.backend.run(chunkSums(shape, arrival), [...read, ...(gated ? [g] : []), sums]);
    return this.passed(gate, { g, gated, sums, chunks });
  }

  /** Merges the sums of chunks, and disposes of them. */
  private passed(
    { normed, short }: Gate,
    found: {
      readonly g: tf.Tensor4D;
      readonly gated: boolean;
      readonly sums: tf.Tensor;
      readonly chunks: Chunks;
    },
  ): Passed {
    const { norm, shape, z, table } = normed;
    const { g, gated, sums, chunks } = found;
    const norms = [norm, ...(short ? [short.layer] : [])];
    const gradients = made<tf.Tensor>(this.backend.output(gradientsShape(norms.length, shape)));
    const parameters = norms.flatMap((one) => this.parameterGradients(one));
    const program = mergeSums(shape, short !== undefined, chunks);
    this.backend.run(program, [sums, table, gradients, ...parameters]);
    sums.dispose();
    const of = (from: tf.Tensor4D, place: number): NormGradient => ({
      shape,
      tensors: [g, from, gradients],
      operand: normGradient(shape, place, gated),
    });
    return { g, gradients, ofNorm: of(z, 0), ofShortcut: short && of(short.z, 1) };
  }

  private parameterGradients({ gamma, beta }: ResidualNorm): tf.Tensor[] {
    return [gamma, beta].map((parameter) => {
      const gradient = made(gradientOutput(this.backend, [...parameter.shape], parameter.dataId));
      this.gradients.set(parameter, gradient);
      return gradient;
    });
  }

  /** Computes a filter's gradient, and returns dz. */
  private gradientsOf(convolved: Convolved, gradient: Gradient): tf.Tensor4D {
    return this.filterGradient(convolved, gradient, true) as tf.Tensor4D;
  }

  /** Computes a filter's gradient, and returns dz if it is known afterwards, which it is if it is `wanted`. */
  private filterGradient(convolved: Convolved, gradient: Gradient, wanted: boolean): tf.Tensor4D | undefined {
    const { shape, x } = convolved;
    const known = "dz" in gradient ? gradient.dz : undefined;
    if ("operand" in gradient) {
      const fusion = { x: x.operand, dy: gradient.operand, keepsDy: wanted };
      if (choicesOf(this.backend.device).fused({ pass: "filter gradient", shape, fusion })) {
        const dz = wanted ? this.output(gradient.tensors[1]) : undefined;
        this.runFilterGradient(convolved, gradient.tensors, { fusion, kept: dz ? [dz] : [] });
        return dz;
      }
    }
    const dz = known ?? this.normGradient(gradient as NormGradient);
    this.runFilterGradient(convolved, [dz], { fusion: x.operand && { x: x.operand } });
    return dz;
  }

  private runFilterGradient(
    { layer: { filter }, shape, x }: Convolved,
    gradient: readonly tf.TensorInfo[],
    options: Parameters<typeof runPass>[5],
  ): void {
    const inputs = [...x.tensors, ...gradient];
    const run = () => runPass(this.backend, "filter gradient", shape, inputs, [...filter.shape], options);
    this.gradients.set(filter, made(gradientOf(filter, run)));
  }

  private normGradient({ shape, tensors, operand }: NormGradient): tf.Tensor4D {
    const dz = this.output(tensors[1]);
    this.backend.run(computed("batch norm, input gradient", shape, operand), [...tensors, dz]);
    return dz;
  }

  private inputGradient({ layer: { filter }, shape, x }: Convolved, dz: tf.TensorInfo): tf.Tensor4D {
    return made(runPass(this.backend, "input gradient", shape, [dz, filter], [...x.shape]));
  }

  private output({ shape }: tf.Tensor4D): tf.Tensor4D {
    return made(this.backend.output([...shape]));
  }

  private sums({ groups, channels }: NormShape, count: number, chunks: Chunks): tf.Tensor {
    return made(this.backend.output([count, groups, chunks.count, channels]));
  }
}
