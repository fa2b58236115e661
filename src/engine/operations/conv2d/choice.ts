import type { GpuProgram } from "../../backend/backend";
import { filterTileCandidates } from "./filter-estimate";
import { type ConvolutionKernel, filterGradientPrograms } from "./filter-gradient";
import { tiledFilterGradient } from "./filter-tiles";
import { forwardGather, type Gather, inputGradientGather } from "./gather";
import { type ConvolutionShape, forwardProgram, inputGradientProgram } from "./programs";
import { tileCandidates } from "./tile-estimate";
import { tiledProgram } from "./tiles";
import { workgroupFilterGradient, workgroupForward, workgroupInputGradient } from "./workgroup";

export const passes = ["forward", "input gradient", "filter gradient"] as const;
/** x, w → y; dy, w → dx; x, dy → dW. */
export type Pass = (typeof passes)[number];

/**
 * Ways to compute a convolution:
 * - quads: tiles in registers, four neighbouring invocations share loads where that pays (device feature "subgroups");
 * - registers: tiles in registers;
 * - workgroup: tiles in workgroup memory, as graphics cards like it;
 * - plain: one pixel and a few channels an invocation, for filters of any size.
 */
export const families = ["quads", "registers", "workgroup", "plain"] as const;
export type Family = (typeof families)[number];

const single = (program: GpuProgram): ConvolutionKernel => ({
  partial: program,
  reduce: undefined,
  splits: 1,
});

function tiled(gather: Gather, quads: boolean): ConvolutionKernel | undefined {
  const [best] = tileCandidates(gather, quads);
  return best && single(tiledProgram(gather, best));
}

function tiledFilter(shape: ConvolutionShape, quads: boolean): ConvolutionKernel | undefined {
  const [best] = filterTileCandidates(shape, quads);
  return best && tiledFilterGradient(shape, best);
}

/** Undefined where the family cannot compute this shape. */
function makeKernel(pass: Pass, shape: ConvolutionShape, family: Family): ConvolutionKernel | undefined {
  const quads = family === "quads";
  switch (pass) {
    case "forward":
      if (family === "workgroup") return workgroupForward(shape);
      return family === "plain" ? single(forwardProgram(shape)) : tiled(forwardGather(shape), quads);
    case "input gradient":
      if (family === "workgroup") return workgroupInputGradient(shape);
      return family === "plain"
        ? single(inputGradientProgram(shape))
        : tiled(inputGradientGather(shape), quads);
    case "filter gradient":
      if (family === "workgroup") return workgroupFilterGradient(shape);
      return family === "plain" ? filterGradientPrograms(shape) : tiledFilter(shape, quads);
    default:
      return pass satisfies never;
  }
}

/** One pass over one shape: what a choice is made for. */
export interface Convolution {
  readonly pass: Pass;
  readonly shape: ConvolutionShape;
}

const keyOf = ({ pass, shape }: Convolution) => `${pass} ${Object.values(shape).join(" ")}`;

/**
 * Which family computes which convolution on one device. Results differ between families in their rounding, so the
 * table of choices is part of what makes a run repeatable: it changes only by {@link choose} and {@link restore}.
 */
export class ConvolutionChoices {
  /** Writing the text of a program takes longer than running it: each is written once. */
  private readonly kernels = new Map<string, ConvolutionKernel | undefined>();
  private readonly chosen = new Map<string, Family>();
  private readonly known = new Map<string, Convolution>();

  /** @param available what the device can run, preferred first */
  constructor(readonly available: readonly Family[]) {}

  /** Every convolution that was asked for. */
  get met(): readonly Convolution[] {
    return [...this.known.values()];
  }

  /** What is asked for from now on is to be told apart from what was before. */
  forgetMet(): void {
    this.known.clear();
  }

  familyOf(convolution: Convolution): Family {
    const chosen = this.chosen.get(keyOf(convolution));
    if (chosen && this.available.includes(chosen) && this.kernelOf(convolution, chosen)) return chosen;
    return this.available.find((family) => this.kernelOf(convolution, family)) ?? "plain";
  }

  kernelFor(convolution: Convolution): ConvolutionKernel {
    this.known.set(keyOf(convolution), convolution);
    return this.kernelOf(convolution, this.familyOf(convolution)) as ConvolutionKernel;
  }

  kernelOf(convolution: Convolution, family: Family): ConvolutionKernel | undefined {
    const key = `${family} ${keyOf(convolution)}`;
    if (!this.kernels.has(key)) {
      this.kernels.set(key, makeKernel(convolution.pass, convolution.shape, family));
    }
    return this.kernels.get(key);
  }

  choose(convolution: Convolution, family: Family): void {
    this.chosen.set(keyOf(convolution), family);
  }

  hasChosen(convolution: Convolution): boolean {
    return this.chosen.has(keyOf(convolution));
  }

  /** The table, to be kept beside a device's other settings. */
  table(): Readonly<Record<string, Family>> {
    return Object.fromEntries(this.chosen);
  }

  /** Takes over a table; what a device cannot run is passed over when it is used. */
  restore(table: Readonly<Record<string, Family>>): void {
    for (const [key, family] of Object.entries(table)) this.chosen.set(key, family);
  }
}

/** Processors work on 4 or 8 numbers at once, graphics cards on 16 or more. */
const widestOfProcessors = 8;

/**
 * What a device can run, by what is to be expected of its kind until something is measured. Where neighbours are few
 * and barriers dear (software adapters), registers; where a card hides its loads behind thousands of invocations,
 * workgroup memory.
 *
 * @param subgroupSize of the widest subgroups, undefined where the device does not tell
 */
export function preferenceFor(hasSubgroups: boolean, subgroupSize: number | undefined): readonly Family[] {
  const isNarrow = hasSubgroups && subgroupSize !== undefined && subgroupSize <= widestOfProcessors;
  const order: readonly Family[] = isNarrow ? families : ["workgroup", "registers", "quads", "plain"];
  return order.filter((family) => family !== "quads" || hasSubgroups);
}

const perDevice = new WeakMap<GPUDevice, ConvolutionChoices>();

/** The choices of a device, all by preference until something else is chosen. */
export function choicesOf(device: GPUDevice): ConvolutionChoices {
  let choices = perDevice.get(device);
  if (!choices) {
    const { subgroupMaxSize } = (device.adapterInfo ?? {}) as { readonly subgroupMaxSize?: number };
    choices = new ConvolutionChoices(preferenceFor(device.features.has("subgroups"), subgroupMaxSize));
    perDevice.set(device, choices);
  }
  return choices;
}
