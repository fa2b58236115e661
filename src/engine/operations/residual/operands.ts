import { relu } from "../../backend/program";
import type { NormShape } from "../batch-norm/programs";
import type { Ending, Operand } from "../conv2d/operand";
import { type Arrival, entryOf, gradientColumns } from "./programs";

/** What convolutions read in place of a tensor that a batch norm would write, or its gradient. */

/**
 * Scale, shift and least value of a norm with ReLU. The least is 0, or NaN if a number of the channel is NaN or infinite,
 * which leaves no other scale: max(y, 0) might hide that.
 */
const affine = (table: string, shape: NormShape, norm: number) => {
  const [scale, shift] = [0, 1].map((column) => entryOf(table, shape, { norm, column })) as [Load, Load];
  const least: Load = (c, g) => `leastOf(${scale(c, g)})`;
  return [scale, shift, least];
};
type Load = (c: string, g: string) => string;

const helpers = "fn leastOf(scale: f32) -> f32 { return select(scale, 0.0, scale < 0.0 || scale >= 0.0); }";

/** y = relu(norm(z)), of z and the norm's table. */
export const normalized = (shape: NormShape): Operand => ({
  key: `normalized ${shape.groups}`,
  reads: ["z", "norms"],
  groups: shape.groups,
  helpers,
  coefficients: affine("norms", shape, 0),
  value: (at, [scale, shift, least]) => `max(z[${at}] * ${scale} + ${shift}, ${least})`,
});

/**
 * What is added to a norm at the end of a block: the block's input, or what that is computed from, relu(norm(x)), or its
 * shortcut's convolution, normalized.
 */
export type Plus = "identity" | "normed identity" | "shortcut";

/** y = relu(norm(z) + what is added). */
export function ended(shape: NormShape, plus: Plus): Operand {
  type Value = (at: string, coefficients: readonly string[]) => string;
  const added: Record<
    Plus,
    { readonly reads: readonly string[]; readonly of: Load[]; readonly value: Value }
  > = {
    identity: { reads: ["x"], of: [], value: (at) => `x[${at}]` },
    "normed identity": {
      reads: ["x", "xNorms"],
      of: affine("xNorms", shape, 0),
      value: (at, [scale, shift, least]) => `max(x[${at}] * ${scale} + ${shift}, ${least})`,
    },
    shortcut: {
      reads: ["short"],
      of: affine("norms", shape, 1),
      value: (at, [scale, shift]) => `(short[${at}] * ${scale} + ${shift})`,
    },
  };
  const { reads, of, value } = added[plus];
  return {
    key: `${plus} ${shape.groups}`,
    reads: ["z", "norms", ...reads],
    groups: shape.groups,
    helpers: `${helpers}\nfn rectified(y: f32) -> f32 { return ${relu("y")}; }`,
    coefficients: [...affine("norms", shape, 0).slice(0, 2), ...of],
    value: (at, [scale, shift, ...ofAdded]) =>
      `rectified(z[${at}] * ${scale} + ${shift} + ${value(at, ofAdded)})`,
  };
}

/**
 * dz = γ/σ · (g − mean(g) − ẑ · mean(g·ẑ)), of the gradient g after the norm, z, and the norm's table of gradients.
 *
 * @param norm 1 for a shortcut's norm
 * @param gated false if g still has to be gated by the norm's own ReLU
 */
export const normGradient = (shape: NormShape, norm: number, gated: boolean): Operand => {
  const coefficients = Array.from({ length: gated ? gradientColumns - 1 : gradientColumns }, (_, column) =>
    entryOf("gradients", shape, { norm, column, columns: gradientColumns }),
  );
  return {
    key: `gradient ${shape.groups} ${norm} ${gated}`,
    reads: ["gradient", "zOfG", "gradients"],
    groups: shape.groups,
    coefficients,
    value: (at, [scale, ofZ, rest, shift]) => {
      const g = gated
        ? `gradient[${at}]`
        : `select(0.0, gradient[${at}], zOfG[${at}] * ${scale} + ${shift} > 0.0)`;
      return `${scale} * ${g} + (${ofZ} * zOfG[${at}] + ${rest})`;
    },
  };
};

/**
 * Turns an input gradient into g, the gradient before the ReLU of the norm that the input came from, and adds up Σ g, Σ g·ẑ
 * and, with a shortcut, Σ g·ẑ_short, as `chunkSums` does.
 */
export const normEnding = (shape: NormShape, { block, shortcut, second }: Arrival): Ending => {
  const columns = [
    ...[2, 3].map((column) => ({ norm: 0, column })),
    ...(block ? [] : [0, 1].map((column) => ({ norm: 0, column }))),
    ...(shortcut ? [2, 3].map((column) => ({ norm: 1, column })) : []),
  ];
  return {
    key: `norm ${shape.groups} ${block} ${shortcut} ${second}`,
    reads: ["z", "norms", ...(block ? ["after"] : []), ...(shortcut ? ["short"] : [])],
    adds: second,
    groups: shape.groups,
    coefficients: columns.map((place) => entryOf("norms", shape, place)),
    value: (sum, at, [, , scale, shift]) =>
      `select(0.0, ${sum}, ${block ? `after[${at}] > 0.0` : `z[${at}] * ${scale} + ${shift} > 0.0`})`,
    sums: [
      { term: (g) => g, factor: () => "1.0" },
      { term: (g, at, [mean]) => `${g} * (z[${at}] - ${mean})`, factor: ([, inverse]) => `${inverse}` },
      ...(shortcut
        ? [
            {
              term: (g: string, at: string, [, , mean]: readonly string[]) =>
                `${g} * (short[${at}] - ${mean})`,
              factor: ([, , , inverse]: readonly string[]) => `${inverse}`,
            },
          ]
        : []),
    ],
  };
};
