/** CIFAR-style residual networks as plain data, to be built, counted and shown without a tensor. */

export const resNets = {
  R8: { block: "basic", depths: [1, 1, 1] },
  R18: { block: "basic", depths: [2, 2, 2, 2] },
  R26b: { block: "bottleneck", depths: [2, 2, 2, 2] },
  R50: { block: "bottleneck", depths: [3, 4, 6, 3] },
} as const satisfies Record<string, { block: "basic" | "bottleneck"; depths: readonly number[] }>;

export type ResNetName = keyof typeof resNets;

/** A convolution without bias, always followed by a batch norm. Padding is (kernel − 1) / 2 on every side. */
export interface ConvolutionPlan {
  readonly kernel: 1 | 3;
  readonly stride: 1 | 2;
  readonly from: number;
  readonly to: number;
}

/**
 * A residual block: the main path, with ReLU between its convolutions and after the sum; the shortcut is a projection
 * where shapes differ.
 */
export interface BlockPlan {
  readonly path: readonly ConvolutionPlan[];
  readonly shortcut?: ConvolutionPlan;
}

export interface ResNetPlan {
  readonly family: "resnet";
  readonly stem: ConvolutionPlan;
  readonly blocks: readonly BlockPlan[];
  /** Length of the pooled feature vector. */
  readonly features: number;
}

const stageWidths = [64, 128, 256, 512];
/** A bottleneck's output is this many times its width. */
const expansion = 4;

/**
 * Plans a residual network (docs/methods.md §2): a 3×3 stem of stride 1 without max-pool, stages of strides 1, 2, 2,
 * 2 and widths α × (64, 128, 256, 512). A bottleneck has its stride on the 3×3 convolution.
 *
 * @param width the multiplier α; every width must come out whole and at least 1
 * @throws RangeError if one does not
 */
export function planResNet(name: ResNetName, width: number, channels: 1 | 3 = 3): ResNetPlan {
  const { block, depths } = resNets[name];
  const widths = stageWidths.slice(0, depths.length).map((full) => full * width);
  if (!widths.every((w) => Number.isInteger(w) && w >= 1)) {
    throw new RangeError(
      `Width ${width} gives ${name} stages of ${widths.join(", ")} channels; they must be whole.`,
    );
  }
  const stemWidth = widths[0] as number;
  const blocks: BlockPlan[] = [];
  let from = stemWidth;
  for (const [stage, depth] of depths.entries()) {
    const inner = widths[stage] as number;
    for (let i = 0; i < depth; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      const plan = block === "basic" ? basic(from, inner, stride) : bottleneck(from, inner, stride);
      blocks.push(plan);
      from = plan.path.at(-1)?.to as number;
    }
  }
  const stem = { kernel: 3, stride: 1, from: channels, to: stemWidth } as const;
  return { family: "resnet", stem, blocks, features: from };
}

function basic(from: number, to: number, stride: 1 | 2): BlockPlan {
  return withShortcut([
    { kernel: 3, stride, from, to },
    { kernel: 3, stride: 1, from: to, to },
  ]);
}

function bottleneck(from: number, inner: number, stride: 1 | 2): BlockPlan {
  return withShortcut([
    { kernel: 1, stride: 1, from, to: inner },
    { kernel: 3, stride, from: inner, to: inner },
    { kernel: 1, stride: 1, from: inner, to: expansion * inner },
  ]);
}

function withShortcut(path: readonly ConvolutionPlan[]): BlockPlan {
  const from = path[0]?.from as number;
  const to = path.at(-1)?.to as number;
  const stride = path.some((convolution) => convolution.stride === 2) ? 2 : 1;
  return from === to && stride === 1 ? { path } : { path, shortcut: { kernel: 1, stride, from, to } };
}

export interface NetworkCost {
  /** Trainable parameters: weights, γ and β. */
  readonly parameters: number;
  /** Multiply-accumulates (MACs) of one image's forward pass; convolutions only, as papers count. */
  readonly macs: number;
  /** MACs of convolutions on signs with binary weights, counted separately (docs/methods.md §6). */
  readonly binaryMacs?: number;
}

/**
 * Counts weights and MACs of a convolution, Ho·Wo·Cout·(Cin/groups)·kh·kw (docs/methods.md §6), on `size` × `size`
 * pixels.
 */
export function convolutionCost(
  { kernel, stride, from, to }: { kernel: number; stride: number; from: number; to: number },
  size: number,
  groups = 1,
): { readonly weights: number; readonly macs: number; readonly outputSize: number } {
  const outputSize = Math.ceil(size / stride);
  const weights = (kernel ** 2 * from * to) / groups;
  return { weights, macs: outputSize ** 2 * weights, outputSize };
}

/** The cost of a network for one image of `size` × `size`. */
export function costOf(plan: ResNetPlan, size: number): NetworkCost {
  let parameters = 0;
  let macs = 0;
  const count = (convolution: ConvolutionPlan, inputSize: number): number => {
    const cost = convolutionCost(convolution, inputSize);
    parameters += cost.weights + 2 * convolution.to;
    macs += cost.macs;
    return cost.outputSize;
  };
  let current = count(plan.stem, size);
  for (const { path, shortcut } of plan.blocks) {
    const input = current;
    for (const convolution of path) current = count(convolution, current);
    if (shortcut) count(shortcut, input);
  }
  return { parameters, macs };
}

/** A head: FC–BN–ReLU–FC with biases, for projectors and predictors. */
export interface HeadPlan {
  readonly from: number;
  readonly hidden: number;
  readonly to: number;
  /** Whether the hidden layer has batch norm; it does by default, but not in MoCo's and SEED's heads. */
  readonly norm?: boolean;
}

/** The hidden width of a head: max(256, 4 · the student's features), at most 1,024 (docs/methods.md §2). */
export function headWidth(studentFeatures: number): number {
  return Math.min(1024, Math.max(256, 4 * studentFeatures));
}

export function costOfHead({ from, hidden, to, norm = true }: HeadPlan): NetworkCost {
  const macs = from * hidden + hidden * to;
  return { parameters: macs + hidden + to + (norm ? 2 * hidden : 0), macs };
}
