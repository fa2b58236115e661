const numbers = new WeakMap<GPUComputePipeline, number>();
let numbered = 0;

function numberOf(pipeline: GPUComputePipeline): number {
  const number = numbers.get(pipeline) ?? numbered++;
  numbers.set(pipeline, number);
  return number;
}

/** What a dispatch reads or writes at one of its bindings. */
export interface Bound {
  readonly binding: number;
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;
}

/** A tensor that outlives the step, in a buffer that the step uses. */
export interface Resident {
  /** The tensor's data; of a view that of its slab. */
  readonly dataId: object;
  /** The byte of the buffer where it starts. */
  readonly offset: number;
}

export type Command =
  | {
      readonly kind: "dispatch";
      readonly pipeline: GPUComputePipeline;
      readonly bindGroup: GPUBindGroup;
      readonly bound: readonly Bound[];
      readonly workgroups: readonly [number, number, number];
    }
  | {
      readonly kind: "copy";
      readonly source: GPUBuffer;
      readonly sourceOffset: number;
      readonly target: GPUBuffer;
      readonly targetOffset: number;
      readonly size: number;
    };

/**
 * The commands of one step. A replay encodes them again, with the same pipelines, bind groups and buffers, into one
 * command buffer: it creates no tensors, looks up no shaders and uploads nothing. A step can be replayed if
 * - all its state (weights, moments, statistics) changes in place;
 * - all values that differ between steps (batch indices, learning rate) are read from a tensor written before the step;
 * - it reads nothing back to the CPU.
 */
export class Recording {
  private readonly noted: Command[] = [];
  private readonly submitted: GPUCommandBuffer[] = [];
  /** Ids of data written in place. Values of it that an earlier read cached on the CPU are stale after a replay. */
  readonly written = new Set<object>();
  /** Buffers that only this step uses: uniforms and uploaded constants. */
  constants: GPUBuffer[] = [];
  /** Whether another recording has taken over what this one owned. */
  isSpent = false;
  /** What its uniforms hold. */
  readonly uniforms = new Map<GPUBuffer, string>();
  private readonly bound = new WeakMap<GPUBindGroup, readonly Bound[]>();
  private known: string | undefined;
  private readonly residents = new Map<GPUBuffer, Map<number, object>>();

  /** @param madeAt how often tensors had moved before the recording */
  constructor(
    private readonly device: GPUDevice,
    readonly madeAt = 0,
  ) {}

  /** The buffers of tensors that outlive the step. */
  get lasting(): Iterable<GPUBuffer> {
    return this.residents.keys();
  }

  /** Notes that a tensor which outlives the step starts at a byte of a buffer. */
  noteResident(buffer: GPUBuffer, { dataId, offset }: Resident): void {
    const others = this.residents.get(buffer) ?? new Map<number, object>();
    this.residents.set(buffer, others.set(offset, dataId));
  }

  /** The tensor at a byte of a buffer; undefined where none was noted. */
  residentAt(buffer: GPUBuffer, byte: number): Resident | undefined {
    let last: Resident | undefined;
    for (const [offset, dataId] of this.residents.get(buffer) ?? []) {
      if (offset <= byte && (!last || offset > last.offset)) last = { dataId, offset };
    }
    return last;
  }

  noteBindGroup(bindGroup: GPUBindGroup, bound: readonly Bound[]): void {
    this.bound.set(bindGroup, bound);
  }

  /** What a bind group that was made for this recording binds. */
  boundBy(bindGroup: GPUBindGroup): readonly Bound[] {
    return this.bound.get(bindGroup) ?? [];
  }

  /** The commands in the order of their encoding. */
  get commands(): readonly Command[] {
    return this.noted;
  }

  get dispatches(): number {
    return this.noted.filter((command) => command.kind === "dispatch").length;
  }

  /** The same for steps that run the same programs: those of other seeds, or of arms that differ in nothing else. */
  get kind(): string {
    this.known ??= this.noted
      .map((command) =>
        command.kind === "copy" ? "copy" : `${numberOf(command.pipeline)}:${command.workgroups.join()}`,
      )
      .join();
    return this.known;
  }

  add(command: Command): void {
    this.noted.push(command);
  }

  /**
   * Encodes and submits all commands. In most steps this is most of what JavaScript does, so it makes no calls without
   * effect, and no objects of its own.
   */
  replay(): void {
    const { noted } = this;
    const encoder = this.device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    let pipeline: GPUComputePipeline | undefined;
    let bindGroup: GPUBindGroup | undefined;
    for (let i = 0; i < noted.length; i++) {
      const command = noted[i] as Command;
      if (command.kind === "copy") {
        pass?.end();
        pass = undefined;
        encoder.copyBufferToBuffer(
          command.source,
          command.sourceOffset,
          command.target,
          command.targetOffset,
          command.size,
        );
        continue;
      }
      if (!pass) {
        pass = encoder.beginComputePass();
        pipeline = undefined;
        bindGroup = undefined;
      }
      if (pipeline !== command.pipeline) {
        pipeline = command.pipeline;
        pass.setPipeline(pipeline);
      }
      if (bindGroup !== command.bindGroup) {
        bindGroup = command.bindGroup;
        pass.setBindGroup(0, bindGroup);
      }
      const { workgroups } = command;
      const y = workgroups[1];
      const z = workgroups[2];
      if (z !== 1) pass.dispatchWorkgroups(workgroups[0], y, z);
      else if (y !== 1) pass.dispatchWorkgroups(workgroups[0], y);
      else pass.dispatchWorkgroups(workgroups[0]);
    }
    pass?.end();
    this.submitted[0] = encoder.finish();
    this.device.queue.submit(this.submitted);
  }

  dispose(): void {
    for (const buffer of this.constants) buffer.destroy();
    this.constants = [];
    this.noted.length = 0;
  }
}

/** Makes bind groups as the device does, and tells the recording what they bind. */
export function notingBindGroups(device: GPUDevice, recording: Recording): GPUDevice["createBindGroup"] {
  const { createBindGroup } = device;
  return (descriptor) => {
    const made = createBindGroup.call(device, descriptor);
    const bound = [...descriptor.entries].map(({ binding, resource }) => {
      const { buffer, offset = 0, size = buffer.size - offset } = resource as GPUBufferBinding;
      return { binding, buffer, offset, size };
    });
    recording.noteBindGroup(made, bound);
    return made;
  };
}

/** Forwards commands to a real encoder and records them. Has only the part of the interface that tfjs uses. */
export class RecordingEncoder {
  constructor(
    private readonly encoder: GPUCommandEncoder,
    private readonly recording: Recording,
  ) {}

  beginComputePass(descriptor?: GPUComputePassDescriptor): RecordingPass {
    return new RecordingPass(this.encoder.beginComputePass(descriptor), this.recording);
  }

  copyBufferToBuffer(
    source: GPUBuffer,
    sourceOffset: number,
    target: GPUBuffer,
    targetOffset: number,
    size: number,
  ): void {
    this.encoder.copyBufferToBuffer(source, sourceOffset, target, targetOffset, size);
    this.recording.add({ kind: "copy", source, sourceOffset, target, targetOffset, size });
  }

  finish(): GPUCommandBuffer {
    return this.encoder.finish();
  }
}

class RecordingPass {
  private pipeline: GPUComputePipeline | undefined;
  private bindGroup: GPUBindGroup | undefined;

  constructor(
    private readonly pass: GPUComputePassEncoder,
    private readonly recording: Recording,
  ) {}

  setPipeline(pipeline: GPUComputePipeline): void {
    this.pipeline = pipeline;
    this.pass.setPipeline(pipeline);
  }

  setBindGroup(index: number, bindGroup: GPUBindGroup): void {
    this.bindGroup = bindGroup;
    this.pass.setBindGroup(index, bindGroup);
  }

  dispatchWorkgroups(x: number, y = 1, z = 1): void {
    this.pass.dispatchWorkgroups(x, y, z);
    if (!this.pipeline || !this.bindGroup) throw new Error("A dispatch needs a pipeline and a bind group.");
    this.recording.add({
      kind: "dispatch",
      pipeline: this.pipeline,
      bindGroup: this.bindGroup,
      bound: this.recording.boundBy(this.bindGroup),
      workgroups: [x, y, z],
    });
  }

  end(): void {
    this.pass.end();
  }
}
