export type Command =
  | {
      readonly kind: "dispatch";
      readonly pipeline: GPUComputePipeline;
      readonly bindGroup: GPUBindGroup;
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
  /** Ids of data written in place. Values of it that an earlier read cached on the CPU are stale after a replay. */
  readonly written = new Set<object>();
  /** Buffers that only this step uses: uniforms and uploaded constants. */
  constants: GPUBuffer[] = [];

  constructor(private readonly device: GPUDevice) {}

  /** The commands in the order of their encoding. */
  get commands(): readonly Command[] {
    return this.noted;
  }

  get dispatches(): number {
    return this.noted.filter((command) => command.kind === "dispatch").length;
  }

  add(command: Command): void {
    this.noted.push(command);
  }

  replay(): void {
    const encoder = this.device.createCommandEncoder();
    let pass: GPUComputePassEncoder | undefined;
    let pipeline: GPUComputePipeline | undefined;
    for (const command of this.noted) {
      if (command.kind === "dispatch") {
        if (!pass) {
          pass = encoder.beginComputePass();
          pipeline = undefined;
        }
        if (pipeline !== command.pipeline) {
          pipeline = command.pipeline;
          pass.setPipeline(pipeline);
        }
        pass.setBindGroup(0, command.bindGroup);
        const [x, y, z] = command.workgroups;
        pass.dispatchWorkgroups(x, y, z);
      } else {
        pass?.end();
        pass = undefined;
        encoder.copyBufferToBuffer(
          command.source,
          command.sourceOffset,
          command.target,
          command.targetOffset,
          command.size,
        );
      }
    }
    pass?.end();
    this.device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    for (const buffer of this.constants) buffer.destroy();
    this.constants = [];
    this.noted.length = 0;
  }
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
      workgroups: [x, y, z],
    });
  }

  end(): void {
    this.pass.end();
  }
}
