import type { ConvolutionPlan, ResNetPlan } from "../../src/engine/networks/architecture.ts";

/** A supervised step: forward, backward and an update by SGD with momentum, always on the same batch. */
export interface SupervisedWorkload {
  readonly kind: "supervised";
  readonly title: string;
  readonly batch: number;
  readonly size: number;
  readonly channels: 1 | 3;
  readonly classes: number;
  readonly network: ResNetPlan;
}

/** A whole step of the page's engine, including augmentation. */
export interface DistillationWorkload {
  readonly kind: "distillation";
  readonly title: string;
  readonly batch: number;
  readonly size: number;
  readonly teacher: { readonly network: "R8" | "R18" | "R50"; readonly width: number };
  readonly student: { readonly network: "R8" | "R18"; readonly width: number };
  readonly targets: readonly (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
  /** Arms that are trained together; a step is one step of each. */
  readonly arms?: number;
  /** Whether these are seeds of one arm, whose steps are joined. */
  readonly joined?: boolean;
}

export type Workload = SupervisedWorkload | DistillationWorkload;

/** One basic block for each width; the first has stride 1. */
function basicNetwork(widths: readonly number[], channels: 1 | 3): ResNetPlan {
  const stem: ConvolutionPlan = { kernel: 3, stride: 1, from: channels, to: widths[0] as number };
  const blocks = widths.map((to, stage) => {
    const from = widths[Math.max(0, stage - 1)] as number;
    const stride = stage === 0 ? 1 : 2;
    const path: ConvolutionPlan[] = [
      { kernel: 3, stride, from, to },
      { kernel: 3, stride: 1, from: to, to },
    ];
    return stage === 0 ? { path } : { path, shortcut: { kernel: 1 as const, stride: 2 as const, from, to } };
  });
  return { family: "resnet" as const, stem, blocks, features: widths.at(-1) as number };
}

const digits = { kind: "supervised", size: 28, channels: 1, classes: 10 } as const;
const pair = {
  kind: "distillation",
  batch: 32,
  size: 32,
  teacher: { network: "R50", width: 0.125 },
  student: { network: "R18", width: 0.125 },
} as const;

export const workloads = {
  W1: {
    ...digits,
    title: "three blocks, width 8, batch 64, 28×28×1",
    batch: 64,
    network: basicNetwork([8, 16, 32], 1),
  },
  W2: {
    ...digits,
    title: "three blocks, width 16, batch 128, 28×28×1",
    batch: 128,
    network: basicNetwork([16, 32, 64], 1),
  },
  W3: {
    kind: "supervised",
    title: "four blocks, width 32, batch 64, 32×32×3",
    batch: 64,
    size: 32,
    channels: 3,
    classes: 10,
    network: basicNetwork([32, 64, 128, 256], 3),
  },
  W4: { ...pair, title: "SimDis-On, R50 teaches R18, width ⅛, batch 32, 32×32×3", targets: [3, 6, 7] },
  W5: { ...pair, title: "W4 with all seven target views", targets: [1, 2, 3, 4, 5, 6, 7] },
  R18: {
    ...pair,
    title: "SimDis-On, R18 teaches R18, width ¼, batch 32, 32×32×3",
    teacher: { network: "R18", width: 0.25 },
    student: { network: "R18", width: 0.25 },
    targets: [3, 6, 7],
  },
  page: {
    kind: "distillation",
    title: "the page's default arm, SimDis-On, R8 teaches R8, width ⅛, 16×16×3",
    batch: 64,
    size: 16,
    teacher: { network: "R8", width: 0.125 },
    student: { network: "R8", width: 0.125 },
    targets: [3, 6, 7],
  },
} as const satisfies Record<string, Workload>;

/** Retort with one parameter changed: a supervised step (W1), and whole steps of the page. */
export const growths: readonly {
  readonly what: string;
  readonly value: number;
  readonly workload: Workload;
}[] = [
  ...[32, 64, 128, 256].map((batch) => ({
    what: "batch",
    value: batch,
    workload: { ...workloads.W1, batch },
  })),
  ...[8, 16, 32].map((width) => ({
    what: "width",
    value: width,
    workload: { ...workloads.W1, network: basicNetwork([width, 2 * width, 4 * width], 1) },
  })),
  ...[14, 28, 56].map((size) => ({
    what: "pixels per side",
    value: size,
    workload: { ...workloads.W1, size },
  })),
  ...([[3], [3, 7], [3, 6, 7], [1, 2, 3, 4, 5, 6, 7]] as const).map((targets) => ({
    what: "target views (page)",
    value: targets.length,
    workload: { ...workloads.page, targets },
  })),
  ...[1, 2, 4].map((arms) => ({ what: "arms (page)", value: arms, workload: { ...workloads.page, arms } })),
  ...[2, 4].map((arms) => ({
    what: "seeds (page), as one step",
    value: arms,
    workload: { ...workloads.page, arms, joined: true },
  })),
];

export const grown = (place: number): Workload => growths[place]?.workload ?? workloads.W1;

export type WorkloadId = keyof typeof workloads;
export const workloadIds = Object.keys(workloads) as WorkloadId[];

/** Every convolution with its name and the side of its output, in forward order. */
export function layersOf({ network, size }: SupervisedWorkload) {
  const layers: { name: string; convolution: ConvolutionPlan; side: number }[] = [];
  let side = size;
  const add = (name: string, convolution: ConvolutionPlan, from: number) => {
    const out = Math.ceil(from / convolution.stride);
    layers.push({ name, convolution, side: out });
    return out;
  };
  add("stem", network.stem, side);
  network.blocks.forEach(({ path, shortcut }, b) => {
    const from = side;
    path.forEach((convolution, c) => {
      side = add(`block${b}/conv${c}`, convolution, side);
    });
    if (shortcut) add(`block${b}/shortcut`, shortcut, from);
  });
  return layers;
}

/**
 * Multiply-accumulates of a step's convolutions and linear layer: forward, and twice that for gradients, but none for
 * the images' gradient.
 */
export function macsOf(workload: SupervisedWorkload): number {
  const { batch, classes, network } = workload;
  const perImage = layersOf(workload).reduce((sum, { name, convolution: { kernel, from, to }, side }) => {
    const forward = side ** 2 * kernel ** 2 * from * to;
    return sum + forward * (name === "stem" ? 2 : 3);
  }, 0);
  return batch * (perImage + 3 * network.features * classes);
}

export const learningRate = 0.05;
export const momentum = 0.9;
