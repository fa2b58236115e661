import { storageUsage } from "../buffers";
import type { Home } from "../places";
import { type Command, Recording } from "../recording";
import { type AlikeCommand, compareRecordings, type Known, type Place, type Unlike } from "./compare";
import { programForRuns } from "./program-for-runs";

/** What joining needs of the backend. */
export interface Joining extends Known {
  readonly device: GPUDevice;
  /** Where a tensor lies. */
  readonly placeOf: (dataId: object) => Home;
  /** Moves tensors into one buffer, `stride` bytes apart. */
  readonly moveTogether: (dataIds: readonly object[], stride: number) => void;
  /** How often tensors have moved. */
  readonly moves: () => number;
  /** Buffers for what joined steps make and use up, which they take one after another. */
  readonly transients: SharedBuffers;
  readonly pipelines: JoinedPipelines;
}

/** Bindings start at multiples of so many bytes on every device. */
const alignment = 256;
const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

/** Copies parts of buffers into a new one, `stride` bytes apart. */
export function copiedSideBySide(device: GPUDevice, sources: readonly Home[], stride: number): GPUBuffer {
  const buffer = device.createBuffer({ size: stride * sources.length, usage: storageUsage() });
  const encoder = device.createCommandEncoder();
  for (const [at, source] of sources.entries())
    encoder.copyBufferToBuffer(source.buffer, source.offset, buffer, at * stride, source.size);
  device.queue.submit([encoder.finish()]);
  return buffer;
}

/** Buffers by their size: the n-th of a size is the same for whoever asks. */
export class SharedBuffers {
  private readonly made = new Map<number, GPUBuffer[]>();
  bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  /** The n-th buffer of a size. */
  of(size: number, n: number): GPUBuffer {
    const known = this.made.get(size) ?? [];
    this.made.set(size, known);
    while (known.length <= n) {
      known.push(this.device.createBuffer({ size, usage: storageUsage() }));
      this.bytes += size;
    }
    return known[n] as GPUBuffer;
  }

  dispose(): void {
    for (const buffer of [...this.made.values()].flat()) buffer.destroy();
    this.made.clear();
    this.bytes = 0;
  }
}

type Dispatch = Extract<AlikeCommand, { kind: "dispatch" }>;

interface Joined {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Programs that do the work of several runs, compiled once. */
export class JoinedPipelines {
  private readonly known = new Map<string, Promise<Joined | undefined>>();

  constructor(private readonly device: GPUDevice) {}

  /** The program of a dispatch for several runs; undefined where each needs a dispatch of its own. */
  of(
    { pipeline, text, workgroups, bound }: Dispatch,
    strides: ReadonlyMap<number, number>,
  ): Promise<Joined | undefined> {
    const key = JSON.stringify([text, workgroups[2], [...strides]]);
    const known = this.known.get(key);
    if (known) return known;
    const wgsl = programForRuns(text, { depth: workgroups[2], strides });
    const made = wgsl === undefined ? Promise.resolve(undefined) : this.compile(pipeline.label, wgsl, bound);
    this.known.set(key, made);
    return made;
  }

  private async compile(label: string, code: string, bound: Dispatch["bound"]): Promise<Joined | undefined> {
    const { device } = this;
    const layout = device.createBindGroupLayout({
      entries: bound.map(({ binding, kind }) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: kind === "uniform" ? "uniform" : kind === "read" ? "read-only-storage" : "storage" },
      })),
    });
    // Barriers may not depend on where a run's numbers lie: such a program is refused, and each run has its own dispatch.
    device.pushErrorScope("validation");
    const compiling = device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ label, code }) },
    });
    const [compiled] = await Promise.allSettled([compiling, device.popErrorScope()]);
    return compiled.status === "fulfilled" ? { pipeline: compiled.value, layout } : undefined;
  }
}

/**
 * Makes one recording of the same step of several runs: where possible a dispatch does the work of all of them, in other places
 * of the same buffers. Each run's numbers are the same as alone. The runs' tensors move side by side, so the recordings given
 * are of no use afterwards; what they own passes to the new one.
 */
export async function joinRecordings(
  recordings: readonly Recording[],
  joining: Joining,
): Promise<Recording | Unlike> {
  const compared = compareRecordings(recordings, joining);
  if ("unlike" in compared) return compared;
  const layout = new Layout(compared, recordings.length, joining);
  if (!layout.fits()) return { unlike: "Together they are too large for this device." };
  const pipelines = await Promise.all(
    compared.map((command) =>
      command.kind === "dispatch" && layout.canJoin(command)
        ? joining.pipelines.of(command, layout.stridesOf(command))
        : undefined,
    ),
  );
  layout.move();
  const joined = new Recording(joining.device, joining.moves());
  for (const [at, command] of compared.entries()) {
    for (const made of layout.encoded(command, pipelines[at])) joined.add(made);
  }
  for (const recording of recordings) {
    for (const dataId of recording.written) joined.written.add(dataId);
    joined.constants.push(...recording.constants);
    recording.constants = [];
    recording.isSpent = true;
  }
  joined.constants.push(...layout.constants);
  for (const { buffer, dataId, offset } of layout.residents())
    joined.noteResident(buffer, { dataId, offset });
  return joined;
}

interface Spread {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly stride: number;
}

/** Where the runs' numbers lie side by side. */
class Layout {
  readonly constants: GPUBuffer[] = [];
  private readonly sizes = new Map<GPUBuffer, number>();
  private readonly steps = new Map<GPUBuffer, Spread>();
  private readonly ofConstants = new Map<GPUBuffer, Spread>();
  /** By the first run's tensor. */
  private readonly tensors = new Map<object, readonly object[]>();
  /** Tensors that all runs read. */
  private readonly common = new Set<object>();

  constructor(
    commands: readonly AlikeCommand[],
    private readonly runs: number,
    private readonly joining: Joining,
  ) {
    for (const place of commands.flatMap(placesOf)) {
      if (place.of === "tensors") this.tensors.set(place.tensors[0] as object, place.tensors);
      if (place.of === "all" && place.tensor) this.common.add(place.tensor);
      if (place.of === "step") this.sizes.set(place.buffer, place.buffer.size);
    }
  }

  /** Whether no buffer would be larger than the device allows. */
  fits(): boolean {
    const { maxBufferSize, maxStorageBufferBindingSize } = this.joining.device.limits;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    const sizes = [
      ...this.sizes.values(),
      ...[...this.tensors.values()].map(([first]) => this.joining.placeOf(first as object).size),
    ];
    return sizes.every((size) => this.runs * aligned(size) <= most);
  }

  /** What a dispatch writes must not overlap with its other bindings, and stretched over all runs parts of one thing do. */
  canJoin({ bound, workgroups }: Dispatch): boolean {
    const { maxComputeWorkgroupsPerDimension } = this.joining.device.limits;
    if (workgroups[2] * this.runs > maxComputeWorkgroupsPerDimension) return false;
    const things = bound.map(({ place }) => thingOf(place));
    return bound.every(({ kind }, at) => {
      const isOnlyPart = things.indexOf(things[at] as object) === things.lastIndexOf(things[at] as object);
      return kind !== "write" || isOnlyPart;
    });
  }

  stridesOf({ bound }: Dispatch): ReadonlyMap<number, number> {
    return new Map(
      bound.flatMap(({ binding, place }) => (place.of === "all" ? [] : [[binding, this.strideOf(place)]])),
    );
  }

  /** Moves tensors side by side, unless they lie so already. */
  move(): void {
    for (const tensors of this.tensors.values()) {
      const [first] = tensors as [object];
      if (this.evenStride(tensors) === undefined)
        this.joining.moveTogether(tensors, aligned(this.joining.placeOf(first).size));
    }
  }

  /** The tensors that outlive the steps, where they lie now. */
  *residents(): Generator<{ readonly buffer: GPUBuffer; readonly dataId: object; readonly offset: number }> {
    for (const dataId of [...this.common, ...[...this.tensors.values()].flat()])
      yield { dataId, ...this.joining.placeOf(dataId) };
  }

  /** The commands that do for all runs what one does for each. */
  encoded(command: AlikeCommand, joined: Joined | undefined): readonly Command[] {
    const each = Array.from({ length: this.runs }, (_, run) => run);
    if (command.kind === "copy") {
      const [from, to] = [this.spread(command.source), this.spread(command.target)];
      return each.map((run) => ({
        kind: "copy",
        source: from.buffer,
        sourceOffset: from.offset + run * from.stride,
        target: to.buffer,
        targetOffset: to.offset + run * to.stride,
        size: command.size,
      }));
    }
    const { pipeline, workgroups } = command;
    if (!joined) {
      const layout = pipeline.getBindGroupLayout(0);
      return each.map((run) => ({
        kind: "dispatch",
        pipeline,
        workgroups,
        ...this.bind(layout, command, ({ offset, stride }, size) => ({
          offset: offset + run * stride,
          size,
        })),
      }));
    }
    const [x, y, z] = workgroups;
    return [
      {
        kind: "dispatch",
        pipeline: joined.pipeline,
        workgroups: [x, y, z * this.runs],
        ...this.bind(joined.layout, command, ({ offset, stride }, size) => ({
          offset,
          size: (this.runs - 1) * stride + size,
        })),
      },
    ];
  }

  private bind(
    layout: GPUBindGroupLayout,
    { bound }: Dispatch,
    rangeOf: (spread: Spread, size: number) => { readonly offset: number; readonly size: number },
  ): Pick<Extract<Command, { kind: "dispatch" }>, "bindGroup" | "bound"> {
    const all = bound.map(({ binding, place, size }) => {
      const spread = this.spread(place);
      return { binding, buffer: spread.buffer, ...rangeOf(spread, size) };
    });
    const entries = all.map(({ binding, ...resource }) => ({ binding, resource }));
    return { bound: all, bindGroup: this.joining.device.createBindGroup({ layout, entries }) };
  }

  private spread(place: Place): Spread {
    if (place.of === "all") return { ...place, stride: 0 };
    const start = this.startOf(place);
    return { ...start, offset: start.offset + place.offset };
  }

  private startOf(place: Exclude<Place, { of: "all" }>): Spread {
    const stride = this.strideOf(place);
    if (place.of === "tensors") {
      const { buffer, offset } = this.joining.placeOf(place.tensors[0] as object);
      return { buffer, offset, stride };
    }
    const [known, first] =
      place.of === "step" ? [this.steps, place.buffer] : [this.ofConstants, place.buffers[0] as GPUBuffer];
    const found = known.get(first);
    if (found) return found;
    const size = stride * this.runs;
    const made = {
      buffer: place.of === "step" ? this.transient(size) : this.constantsOf(place.buffers, stride),
      offset: 0,
      stride,
    };
    known.set(first, made);
    return made;
  }

  private transient(size: number): GPUBuffer {
    const before = [...this.steps.values()].filter(({ buffer }) => buffer.size === size).length;
    return this.joining.transients.of(size, before);
  }

  private constantsOf(buffers: readonly GPUBuffer[], stride: number): GPUBuffer {
    const sources = buffers.map((buffer) => ({ buffer, offset: 0, size: buffer.size }));
    const buffer = copiedSideBySide(this.joining.device, sources, stride);
    this.constants.push(buffer);
    return buffer;
  }

  private strideOf(place: Exclude<Place, { of: "all" }>): number {
    if (place.of === "step") return aligned(place.buffer.size);
    if (place.of === "constants") return aligned((place.buffers[0] as GPUBuffer).size);
    return this.evenStride(place.tensors) ?? aligned(this.joining.placeOf(place.tensors[0] as object).size);
  }

  /** The distance of tensors that lie in one buffer at equal distances, in the order of the runs; undefined for others. */
  private evenStride(tensors: readonly object[]): number | undefined {
    const places = tensors.map((tensor) => this.joining.placeOf(tensor));
    const [first, second] = places;
    if (!first || !second) return undefined;
    const stride = second.offset - first.offset;
    const isEven = places.every(
      ({ buffer, offset }, run) => buffer === first.buffer && offset === first.offset + run * stride,
    );
    return isEven && stride > 0 ? stride : undefined;
  }
}

const placesOf = (command: AlikeCommand): readonly Place[] =>
  command.kind === "copy" ? [command.source, command.target] : command.bound.map(({ place }) => place);

/** What a place is a part of. */
const thingOf = (place: Place): object =>
  place.of === "tensors"
    ? (place.tensors[0] as object)
    : place.of === "constants"
      ? (place.buffers[0] as GPUBuffer)
      : place.buffer;
