import type { GpuProgram } from "../../backend/backend";
import { isProcessor, widestSubgroup } from "../../backend/software";
import type { Chunks } from "../batch-norm/programs";
import { filterTileCandidates } from "./filter-estimate";
import { type ConvolutionKernel, filterGradientPrograms } from "./filter-gradient";
import { paysToComputeDy, rowsKeepGroupsApart, tiledFilterGradient } from "./filter-tiles";
import { forwardGather, type Gather, inputGradientGather } from "./gather";
import { type Fusion, fusionKey } from "./operand";
import { type ConvolutionShape, forwardProgram, inputGradientProgram } from "./programs";
import { fastestFit, tileCandidates } from "./tile-estimate";
import {
  keepsGroupsApart,
  momentChunks,
  paysToCompute,
  seesAllOnce,
  type TileOptions,
  tiledProgram,
} from "./tiles";
import {
  workgroupChunks,
  workgroupFilterGradient,
  workgroupForward,
  workgroupInputChunks,
  workgroupInputGradient,
  workgroupsSeeAllOnce,
} from "./workgroup";

export const passes = ["forward", "input gradient", "filter gradient"] as const;
/** The passes of a convolution: x, w → y; dy, w → dx; x, dy → dW. */
export type Pass = (typeof passes)[number];

/**
 * Families of kernels for a convolution:
 * - quads: tiles in registers, loads shared by four adjacent invocations where that pays (device feature "subgroups");
 * - registers: tiles in registers;
 * - workgroup: tiles in workgroup memory, fast on graphics cards;
 * - plain: one pixel and a few channels per invocation, for filters of any size.
 */
export const families = ["quads", "registers", "workgroup", "plain"] as const;
export type Family = (typeof families)[number];

const single = (program: GpuProgram): ConvolutionKernel => ({
  partial: program,
  reduce: undefined,
  splits: 1,
});

function tiled(gather: Gather, quads: boolean, fusion: Fusion): ConvolutionKernel | undefined {
  const { x, keepsX, ending } = fusion;
  const candidates = tileCandidates(gather, quads);
  if (ending) {
    const chunksOf = (options: TileOptions) => momentChunks(gather, options, ending.groups);
    const best = fastestFit(candidates, (options) => chunksOf(options) !== undefined);
    return best && { ...single(tiledProgram(gather, best, { x, ending })), chunks: chunksOf(best) };
  }
  const best = candidates[0]?.options;
  if (!best || !keepsGroupsApart(gather, best, x?.groups ?? 1)) return undefined;
  if (keepsX && !seesAllOnce(gather, best)) return undefined;
  if (x && !paysToCompute(gather, best)) return undefined;
  return single(tiledProgram(gather, best, { x, keepsX }));
}

function tiledFilter(shape: ConvolutionShape, quads: boolean, fusion: Fusion): ConvolutionKernel | undefined {
  const [best] = filterTileCandidates(shape, quads);
  const groups = Math.max(fusion.x?.groups ?? 1, fusion.dy?.groups ?? 1);
  if (!best || !rowsKeepGroupsApart(shape, best, groups)) return undefined;
  if (fusion.dy && !paysToComputeDy(shape, best)) return undefined;
  return tiledFilterGradient(shape, best, fusion);
}

/** Creates a family's kernel for a pass; undefined if the family cannot compute this shape. */
function makeKernel(
  { pass, shape, fusion = {} }: Convolution,
  family: Family,
): ConvolutionKernel | undefined {
  const { ending } = fusion;
  if (family === "plain" && (fusion.x || fusion.dy || ending)) return undefined;
  const quads = family === "quads";
  switch (pass) {
    case "forward":
      if (family === "workgroup") {
        return fusion.keepsX && !workgroupsSeeAllOnce(shape) ? undefined : workgroupForward(shape, fusion);
      }
      return family === "plain" ? single(forwardProgram(shape)) : tiled(forwardGather(shape), quads, fusion);
    case "input gradient":
      if (family === "workgroup") {
        const chunks = ending && workgroupInputChunks(shape, ending.groups);
        return ending && !chunks ? undefined : { ...workgroupInputGradient(shape, fusion), chunks };
      }
      return family === "plain"
        ? single(inputGradientProgram(shape))
        : tiled(inputGradientGather(shape), quads, fusion);
    case "filter gradient":
      if (family === "workgroup") return workgroupFilterGradient(shape, fusion);
      return family === "plain" ? filterGradientPrograms(shape) : tiledFilter(shape, quads, fusion);
    default:
      return pass satisfies never;
  }
}

/** A forward pass that also writes the moments of chunks of its rows, [2, groups, chunks.count, to]. */
export interface MomentsKernel {
  readonly program: GpuProgram;
  readonly chunks: Chunks;
}

/** The same sums as {@link makeKernel}'s, with moments; undefined if the family's tiles are no chunks of all groups. */
function makeMoments(
  shape: ConvolutionShape,
  family: Family,
  groups: number,
  { x, keepsX }: Fusion = {},
): MomentsKernel | undefined {
  if (family === "plain") return undefined;
  if (family === "workgroup") {
    const chunks = workgroupChunks(shape, groups);
    if (!chunks || (keepsX && !workgroupsSeeAllOnce(shape))) return undefined;
    return { chunks, program: workgroupForward(shape, { x, keepsX, moments: true }).partial };
  }
  const gather = forwardGather(shape);
  const chunksOf = (options: TileOptions) => momentChunks(gather, options, groups);
  const best = fastestFit(
    tileCandidates(gather, family === "quads"),
    (options) => chunksOf(options) !== undefined && (!keepsX || seesAllOnce(gather, options)),
  );
  const chunks = best && chunksOf(best);
  return chunks && { chunks, program: tiledProgram(gather, best, { x, keepsX, moments: true }) };
}

/** One pass of a convolution of one shape, the unit of choice. */
export interface Convolution {
  readonly pass: Pass;
  readonly shape: ConvolutionShape;
  /** Operands that are computed as they are loaded. The family is chosen without regard to them. */
  readonly fusion?: Fusion | undefined;
}

const keyOf = ({ pass, shape }: Convolution) => `${pass} ${Object.values(shape).join(" ")}`;

/**
 * The choice of a family for each convolution on one device. Families differ in their rounding, so a run is reproducible
 * only with the same table of choices: it changes only by {@link choose} and {@link restore}.
 */
export class ConvolutionChoices {
  /** Generated kernels: generating the text of a program takes longer than running it. */
  private readonly kernels = new Map<string, ConvolutionKernel | undefined>();
  private readonly momentKernels = new Map<string, MomentsKernel | undefined>();
  private readonly chosen = new Map<string, Family>();
  private readonly known = new Map<string, Convolution>();

  /** @param available the families that the device can run, preferred first */
  constructor(readonly available: readonly Family[]) {}

  /** All convolutions requested since the last {@link forgetMet}. */
  get met(): readonly Convolution[] {
    return [...this.known.values()];
  }

  /** Clears the list of convolutions met. */
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

  /** The kernel that {@link kernelFor} gives, with some operands computed as they are loaded; undefined if impossible. */
  fused({ pass, shape, fusion }: Convolution): ConvolutionKernel | undefined {
    const plain = { pass, shape };
    this.known.set(keyOf(plain), plain);
    return this.kernelOf({ pass, shape, fusion }, this.familyOf(plain));
  }

  kernelOf(convolution: Convolution, family: Family): ConvolutionKernel | undefined {
    const { fusion } = convolution;
    const key = `${family} ${keyOf(convolution)} ${fusion ? fusionKey(fusion) : ""}`;
    if (!this.kernels.has(key)) {
      this.kernels.set(key, makeKernel(convolution, family));
    }
    return this.kernels.get(key);
  }

  /** The forward pass that {@link kernelFor} gives, with moments for a batch norm of `groups`; undefined if impossible. */
  withMoments(shape: ConvolutionShape, groups: number, fusion?: Fusion): MomentsKernel | undefined {
    const convolution = { pass: "forward", shape } as const;
    this.known.set(keyOf(convolution), convolution);
    const family = this.familyOf(convolution);
    const key = `${family} ${groups} ${keyOf(convolution)} ${fusion ? fusionKey(fusion) : ""}`;
    if (!this.momentKernels.has(key)) this.momentKernels.set(key, makeMoments(shape, family, groups, fusion));
    return this.momentKernels.get(key);
  }

  choose(convolution: Convolution, family: Family): void {
    this.chosen.set(keyOf(convolution), family);
  }

  hasChosen(convolution: Convolution): boolean {
    return this.chosen.has(keyOf(convolution));
  }

  /** The table of choices, to be stored and passed to {@link restore}. */
  table(): Readonly<Record<string, Family>> {
    return Object.fromEntries(this.chosen);
  }

  /** Adds the choices of a table; families that the device cannot run are ignored on use. */
  restore(table: Readonly<Record<string, Family>>): void {
    for (const [key, family] of Object.entries(table)) this.chosen.set(key, family);
  }
}

/**
 * Returns the families that a device can run, in the order of preference for its kind until measurements decide:
 * registers if subgroups are narrow and barriers are expensive (software adapters), workgroup memory if thousands of
 * invocations hide the latency of loads (graphics cards).
 *
 * @param subgroupSize the size of the widest subgroups, undefined if unknown
 */
export function preferenceFor(hasSubgroups: boolean, subgroupSize: number | undefined): readonly Family[] {
  const order: readonly Family[] = isProcessor(hasSubgroups, subgroupSize)
    ? families
    : ["workgroup", "registers", "quads", "plain"];
  return order.filter((family) => family !== "quads" || hasSubgroups);
}

const perDevice = new WeakMap<GPUDevice, ConvolutionChoices>();

/** Returns the choices of a device, by preference until others are made. */
export function choicesOf(device: GPUDevice): ConvolutionChoices {
  let choices = perDevice.get(device);
  if (!choices) {
    choices = new ConvolutionChoices(preferenceFor(device.features.has("subgroups"), widestSubgroup(device)));
    perDevice.set(device, choices);
  }
  return choices;
}
