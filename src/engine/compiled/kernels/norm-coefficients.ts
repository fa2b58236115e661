import { F64, I32, type Local } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { lanes } from "../layout";
import { blocksOf } from "./filters";

/** A batch norm: its groups of images, each cut into chunks whose sums were taken one by one. */
export interface Norm {
  readonly groups: number;
  /** Images × pixels of one group. */
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly chunks: number;
  /** Bytes from one chunk's sums to the next. */
  readonly chunkBytes: number;
}

/** Numbers of one kind of coefficient: [groups, padded channels]. */
export const coefficientCount = ({ groups, channels }: Pick<Norm, "groups" | "channels">): number =>
  groups * blocksOf(channels) * lanes;

/** Kinds of coefficients in the order in which they lie: y = scale · x + shift; mean and 1/√(σ² + ε). */
export const forwardKinds = ["scale", "shift", "mean", "inverse"] as const;
/** dx = ofGradient · g + ofInput · (x − mean) + constant. */
export const backwardKinds = ["ofGradient", "ofInput", "constant"] as const;

/**
 * From Σx and Σx² of each chunk. Takes the sums, γ, β, the coefficients [4, groups, padded channels], and mean and biased
 * variance, [groups, channels] each.
 */
export function forwardCoefficients(module: ModuleWriter, norm: Norm): number {
  return module.once(`norm coefficients ${JSON.stringify(norm)}`, () =>
    module.define(
      [I32, I32, I32, I32, I32, I32],
      (f, [sums = 0, gamma = 0, beta = 0, out = 0, means = 0, variances = 0]) => {
        const { groups, channels, rows, epsilon, chunks, chunkBytes } = norm;
        const padded = blocksOf(channels) * lanes;
        const kind = 4 * groups * padded;
        const [at, group, from, slope, offset, target, flat] = f.manyLocals(I32, 7) as Locals7;
        const [mean, variance, inverse, scale] = f.manyLocals(F64, 4) as [Local, Local, Local, Local];
        // Zeros for the lanes beyond the last channel, where nothing else is ever written.
        for (let k = 0; k < forwardKinds.length && padded > channels; k++) {
          for (let g = 0; g < groups; g++) {
            f.get(out)
              .i32(k * kind + 4 * (g * padded + channels))
              .add();
            f.i32(0)
              .i32(4 * (padded - channels))
              .fillMemory();
          }
        }
        f.get(sums).set(group).get(out).set(target).i32(0).set(flat);
        f.times(groups, () => {
          f.get(group).set(from).get(gamma).set(slope).get(beta).set(offset);
          f.times(channels, () => {
            f.f64(0).set(mean).f64(0).set(variance).get(from).set(at);
            f.times(chunks / groups, () => {
              f.get(mean).get(at).loadD().addD().set(mean);
              f.get(variance)
                .get(at)
                .loadD(8 * padded)
                .addD()
                .set(variance);
              f.advance(at, chunkBytes);
            });
            f.get(mean)
              .f64(1 / rows)
              .mulD()
              .set(mean);
            // Sums of doubles: what cancels here is far below what float32 holds.
            f.get(variance)
              .f64(1 / rows)
              .mulD()
              .get(mean)
              .get(mean)
              .mulD()
              .subD()
              .f64(0)
              .maxD()
              .set(variance);
            f.f64(1).get(variance).f64(epsilon).addD().sqrtD().divD().set(inverse);
            f.get(slope).loadF().widen().get(inverse).mulD().set(scale);
            f.get(target).get(scale).narrow().storeF();
            f.get(target);
            f.get(offset).loadF().widen().get(mean).get(scale).mulD().subD().narrow().storeF(kind);
            f.get(target)
              .get(mean)
              .narrow()
              .storeF(2 * kind);
            f.get(target)
              .get(inverse)
              .narrow()
              .storeF(3 * kind);
            f.get(means).get(flat).add().get(mean).narrow().storeF();
            f.get(variances).get(flat).add().get(variance).narrow().storeF();
            f.advance(from, 8).advance(slope, 4).advance(offset, 4).advance(target, 4).advance(flat, 4);
          });
          f.advance(target, 4 * (padded - channels)).advance(group, (chunks / groups) * chunkBytes);
        });
      },
    ),
  );
}

/**
 * From Σg and Σg(x − mean) of each chunk. Takes the sums, γ, the forward coefficients, these coefficients [3, groups, padded
 * channels], dγ and dβ [channels].
 */
export function backwardCoefficients(module: ModuleWriter, norm: Norm): number {
  return module.once(`norm gradient coefficients ${JSON.stringify(norm)}`, () =>
    module.define(
      [I32, I32, I32, I32, I32, I32],
      (f, [sums = 0, gamma = 0, forward = 0, out = 0, dGammas = 0, dBetas = 0]) => {
        const { groups, channels, rows, chunks, chunkBytes } = norm;
        const padded = blocksOf(channels) * lanes;
        const kind = 4 * groups * padded;
        const [at, from, slope, source, target, flat] = f.manyLocals(I32, 6) as Locals6;
        const [sum, product, inverse, scale, ofInput, dGamma, dBeta] = f.manyLocals(F64, 7) as Locals7;
        for (let k = 0; k < backwardKinds.length && padded > channels; k++) {
          for (let g = 0; g < groups; g++) {
            f.get(out)
              .i32(k * kind + 4 * (g * padded + channels))
              .add();
            f.i32(0)
              .i32(4 * (padded - channels))
              .fillMemory();
          }
        }
        f.get(sums).set(from).get(gamma).set(slope).i32(0).set(flat);
        f.times(channels, () => {
          f.f64(0).set(dGamma).f64(0).set(dBeta);
          f.get(from).set(at);
          f.get(forward).get(flat).add().set(source);
          f.get(out).get(flat).add().set(target);
          f.times(groups, () => {
            f.f64(0).set(sum).f64(0).set(product);
            f.times(chunks / groups, () => {
              f.get(sum).get(at).loadD().addD().set(sum);
              f.get(product)
                .get(at)
                .loadD(8 * padded)
                .addD()
                .set(product);
              f.advance(at, chunkBytes);
            });
            f.get(source)
              .loadF(3 * kind)
              .widen()
              .set(inverse);
            f.get(product).get(inverse).mulD().set(product);
            f.get(dGamma).get(product).addD().set(dGamma);
            f.get(dBeta).get(sum).addD().set(dBeta);
            f.get(slope).loadF().widen().get(inverse).mulD().set(scale);
            f.get(scale)
              .get(product)
              .mulD()
              .f64(-1 / rows)
              .mulD()
              .get(inverse)
              .mulD()
              .set(ofInput);
            f.get(target).get(scale).narrow().storeF();
            f.get(target).get(ofInput).narrow().storeF(kind);
            f.get(target);
            f.get(scale)
              .get(sum)
              .mulD()
              .f64(-1 / rows)
              .mulD()
              .narrow()
              .storeF(2 * kind);
            f.advance(source, 4 * padded).advance(target, 4 * padded);
          });
          f.get(dGammas).get(flat).add().get(dGamma).narrow().storeF();
          f.get(dBetas).get(flat).add().get(dBeta).narrow().storeF();
          f.advance(from, 8).advance(slope, 4).advance(flat, 4);
        });
      },
    ),
  );
}

type Locals6 = [Local, Local, Local, Local, Local, Local];
type Locals7 = [Local, Local, Local, Local, Local, Local, Local];

/** Bytes of one kind of coefficients. */
export const coefficientBytes = (of: Pick<Norm, "groups" | "channels">): number => 4 * coefficientCount(of);
