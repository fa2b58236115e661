import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import type { KernelTime } from "../../protocol/device/diagnosis";
import { BufferRouter, storageUsage } from "./buffers";
import { changeInternals, type Internals, internalsOf } from "./internals";
import { PassClock, timeReplay } from "./kernel-times";
import { type GpuProgram, Pipelines, PipelineTexts, withOwn } from "./pipelines";
import { type ByteRange, TensorPlaces } from "./places";
import { PostponedTensors } from "./postponed";
import { notingBindGroups, Recording, RecordingEncoder } from "./recording";
import { RunsTogether } from "./side-by-side/runs-together";
import { isProcessor, widestSubgroup } from "./software";

export type { GpuProgram } from "./pipelines";

export type CompilingProgress = (done: number, total: number) => void;

/** Dispatches per command buffer: few enough that a software adapter starts early, enough to amortize a submit. */
const dispatchesPerSubmit = 64;

/**
 * tfjs's WebGPU backend with four additions: Retort's own programs with any number of outputs, tensors that are views
 * into one slab (all parameters of a network side by side), WGSL errors that throw, and steps that are recorded once
 * and replayed.
 */
export class TrainingBackend extends WebGPUBackend {
  /** True on graphics cards, false on software adapters. Decides how programs share work; tests try both. */
  hasCheapBarriers: boolean;
  readonly postponed = new PostponedTensors();
  private readonly texts = new PipelineTexts();
  private readonly pipelines: Pipelines;
  private readonly places = new TensorPlaces();
  /** Joins recorded steps of several runs. */
  readonly together: RunsTogether;
  private readonly router: BufferRouter;
  private recording: Recording | undefined;
  private isRehearsing = false;
  private clock: PassClock | undefined;

  constructor(device: GPUDevice, info?: GPUAdapterInfo) {
    super(device, info);
    this.hasCheapBarriers = !isProcessor(device.features.has("subgroups"), widestSubgroup(device));
    this.pipelines = new Pipelines(device, this.texts);
    this.router = new BufferRouter(device);
    this.bufferManager = this.router;
    const { places, router, tensorMap, texts } = this;
    const recordedOn = {
      device,
      places,
      texts,
      isTransient: (buffer: GPUBuffer) => router.isTransient(buffer),
      dataOf: (dataId: object) => tensorMap.get(dataId),
      giveBack: (buffer: GPUBuffer) => router.releaseBuffer(buffer),
    };
    this.together = new RunsTogether(recordedOn, this.hasCheapBarriers);
    changeInternals(this, {
      bindingOf: (tensor) => this.bindingOf(tensor),
      madeUniforms: (buffer, values) => this.recording?.uniforms.set(buffer, JSON.stringify(values)),
      released: (dataId) => this.places.forget(dataId),
    });
  }

  private get internals(): Internals {
    return internalsOf(this);
  }

  /** Bytes of all buffers held on the GPU, in use or not, including the arena of recorded steps. */
  get allocatedBytes(): number {
    const { places, router, together } = this;
    return router.numBytesAllocated + router.arenaBytes + places.bytes + together.transientBytes;
  }

  /** Allocates an uninitialized tensor of `shape` on the GPU. The caller owns it. */
  output(shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const info = this.makeTensorInfo(shape, dtype);
    this.uploadToGPU(info.dataId);
    return info;
  }

  /** Encodes one dispatch, which writes in place. @throws Error when the tensors do not match the bindings in number */
  run(program: GpuProgram, tensors: readonly tf.TensorInfo[]): void {
    if (program.access.length !== tensors.length) {
      throw new Error(`${program.label}: ${program.access.length} bindings, ${tensors.length} tensors`);
    }
    for (const tensor of tensors) {
      this.uploadToGPU(tensor.dataId);
      this.internals.commandQueueOwnedIds.add(tensor.dataId);
    }
    if (this.isRehearsing) {
      this.pipelines.compileAhead(program);
      return;
    }
    for (const [i, tensor] of tensors.entries()) {
      if (program.access[i] !== "write") continue;
      this.forgetCached(tensor.dataId);
      this.recording?.written.add(tensor.dataId);
    }
    const bindGroup = this.device.createBindGroup({
      layout: this.pipelines.layoutOf(program),
      entries: tensors.map((tensor, binding) => ({
        binding,
        resource: this.internals.tensorToBinding(tensor) as GPUBufferBinding,
      })),
    });
    const pass = this.computePass();
    pass.setPipeline(this.pipelines.of(program));
    pass.setBindGroup(0, bindGroup);
    pass.dispatchWorkgroups(...(program.workgroups as [number, number, number]));
    if (++this.internals.dispatchCountInPass >= dispatchesPerSubmit && !this.clock) this.flush();
  }

  /** Submits the commands encoded so far. */
  flush(): void {
    if (!this.internals.commandEncoder) return;
    this.endComputePassEncoder();
    this.submitQueue();
  }

  /** Overwrites the start of a tensor with `data`, in order with the work encoded before and after. */
  writeInPlace(tensor: tf.TensorInfo, data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>): void {
    this.uploadToGPU(tensor.dataId);
    this.flush();
    this.forgetCached(tensor.dataId);
    this.device.queue.writeBuffer(this.bufferOf(tensor), this.places.offsetOf(tensor.dataId), data);
  }

  /** Copies the numbers of `source` to `target`, in order with other work. @throws RangeError when their sizes differ */
  copyInPlace(source: tf.TensorInfo, target: tf.TensorInfo): void {
    const size = 4 * tf.util.sizeFromShape(target.shape);
    if (tf.util.sizeFromShape(source.shape) !== tf.util.sizeFromShape(target.shape)) {
      throw new RangeError(`[${source.shape}] cannot be copied over [${target.shape}].`);
    }
    for (const tensor of [source, target]) {
      this.uploadToGPU(tensor.dataId);
      this.internals.commandQueueOwnedIds.add(tensor.dataId);
    }
    if (this.isRehearsing) return;
    this.forgetCached(target.dataId);
    this.recording?.written.add(target.dataId);
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    const [from, to] = [source, target].map((tensor) => this.noteResident(tensor)) as [GPUBuffer, GPUBuffer];
    this.internals.commandEncoder?.copyBufferToBuffer(
      from,
      this.places.offsetOf(source.dataId),
      to,
      this.places.offsetOf(target.dataId),
      size,
    );
  }

  /** Creates a tensor over part of the slab, which must outlive it. `offset` is in bytes, a multiple of 256. */
  viewOf(slab: tf.TensorInfo, offset: number, shape: number[], dtype = slab.dtype): tf.TensorInfo {
    this.uploadToGPU(slab.dataId);
    const info = this.makeTensorInfo(shape, dtype);
    const data = this.tensorMap.get(info.dataId);
    data.resource = this.bufferOf(slab);
    data.external = true;
    const size = Math.max(4, 4 * tf.util.sizeFromShape(shape));
    this.places.addView(info.dataId, { slab: slab.dataId, offset, size });
    return info;
  }

  /** Whether a tensor is the view of a slab that starts at a byte. */
  isAt(tensor: tf.TensorInfo, slab: tf.TensorInfo, offset: number): boolean {
    return this.places.isAt(tensor, slab, offset);
  }

  /**
   * Walks through `step` without running it and compiles, in parallel, all programs that it would run. Its outputs are
   * not computed, and tensors that it writes in place keep their contents.
   *
   * @param onProgress called each time a program has been compiled, with the counts of programs done and to do in all
   * @throws Error while another step is being recorded or prepared, or with the compiler's message on invalid WGSL
   */
  async prepare(step: () => void, onProgress?: CompilingProgress): Promise<void> {
    if (this.recording || this.isRehearsing) throw new Error("Another step is being recorded or prepared.");
    this.flush();
    this.isRehearsing = true;
    this.router.enterArena();
    tf.env().set("WEBGPU_ENGINE_COMPILE_ONLY", true);
    try {
      step();
    } finally {
      tf.env().set("WEBGPU_ENGINE_COMPILE_ONLY", false);
      this.router.leaveArena();
      this.isRehearsing = false;
    }
    const underWay = [...this.pipelines.underWay, ...this.stockPipelines()];
    let done = 0;
    const count = () => onProgress?.(++done, underWay.length);
    for (const compiling of underWay) void compiling.then(count, () => undefined);
    await Promise.all([this.pipelines.settled(), this.checkCompileCompletionAsync()]);
  }

  /** tfjs's own programs that are being compiled. */
  private stockPipelines(): readonly Promise<unknown>[] {
    return Object.values(this.internals.pipelineCache).filter((one) => one instanceof Promise);
  }

  /** Runs `step` once and keeps its dispatches so that they can be encoded again. See {@link Recording}. */
  record(step: () => void): Recording {
    if (this.recording) throw new Error("Another step is being recorded.");
    this.flush();
    const recording = new Recording(this.device, this.together.moves);
    this.recording = recording;
    this.router.enterArena();
    try {
      withOwn(this.device, { createBindGroup: notingBindGroups(this.device, recording) }, step);
      this.flush();
    } finally {
      recording.constants = this.router.leaveArena();
      this.recording = undefined;
    }
    this.keepLasting(recording.written);
    return recording;
  }

  /** Encodes a recorded step again, after the work encoded so far. */
  replay(recording: Recording): void {
    this.flush();
    recording.replay();
    for (const dataId of recording.written) this.forgetCached(dataId);
  }

  /** Like {@link replay}, and returns the time that each kind of kernel took; undefined without GPU timestamps. */
  async replayTimed(recording: Recording): Promise<readonly KernelTime[] | undefined> {
    this.flush();
    const times = await timeReplay(this.device, recording);
    for (const dataId of recording.written) this.forgetCached(dataId);
    return times;
  }

  /**
   * Returns the milliseconds that all programs run by `encode` take together: by the GPU's timestamps if it has them,
   * otherwise in wall-clock time until they are done. Must not be called while a step is recorded.
   */
  async timed(encode: () => void): Promise<number> {
    this.flush();
    await this.device.queue.onSubmittedWorkDone();
    const clock = this.device.features.has("timestamp-query") ? new PassClock(this.device) : undefined;
    const start = performance.now();
    this.clock = clock;
    encode();
    this.clock = undefined;
    this.endComputePassEncoder();
    if (clock && this.internals.commandEncoder) clock.resolve(this.internals.commandEncoder);
    this.flush();
    await this.device.queue.onSubmittedWorkDone();
    return clock ? clock.read() : performance.now() - start;
  }

  override runWebGPUProgram(
    ...call: Parameters<WebGPUBackend["runWebGPUProgram"]>
  ): ReturnType<WebGPUBackend["runWebGPUProgram"]> {
    return this.texts.during(this.device, () => super.runWebGPUProgram(...call));
  }

  override ensureCommandEncoderReady(): void {
    if (this.internals.commandEncoder) return;
    const encoder = this.device.createCommandEncoder();
    this.internals.commandEncoder = this.recording
      ? (new RecordingEncoder(encoder, this.recording) as unknown as GPUCommandEncoder)
      : encoder;
  }

  override submitQueue(): void {
    this.ensureCommandEncoderReady();
    super.submitQueue();
  }

  override uploadToGPU(dataId: object): void {
    this.postponed.finish(dataId);
    const data = this.tensorMap.get(dataId);
    if (this.recording && data.resource == null && data.values) {
      // A constant of the step: a replay does not upload it again, so its buffer must not be reused.
      const values = data.values as Float32Array | Int32Array | Uint8Array;
      const buffer = this.device.createBuffer({
        size: Math.max(4, 4 * values.length),
        usage: storageUsage(),
        mappedAtCreation: true,
      });
      const Words = data.dtype === "float32" ? Float32Array : Int32Array;
      new Words(buffer.getMappedRange()).set(values);
      buffer.unmap();
      this.router.pin(buffer);
      data.resource = buffer;
      data.external = true;
      data.values = null as never;
      return;
    }
    if (this.isRehearsing && data.resource == null && data.values) {
      // This tensor may outlive the rehearsal: its buffer must not come from the arena.
      this.router.outsideArena(() => super.uploadToGPU(dataId));
      return;
    }
    super.uploadToGPU(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    // Within a recorded step everything runs in order, so a freed buffer can serve the next dispatch at once.
    if (this.recording || this.isRehearsing) this.internals.commandQueueOwnedIds.delete(dataId);
    // Data has as many owners as there are tensors of it; only the last one disposes of it.
    if (this.postponed.has(dataId) && (force || this.refCount(dataId) <= 1)) this.postponed.drop(dataId);
    return super.disposeData(dataId, force);
  }

  override dispose(): void {
    super.dispose();
    this.together.dispose();
  }

  override async read(dataId: object): Promise<tf.BackendValues> {
    if (this.postponed.has(dataId)) this.uploadToGPU(dataId);
    const range = this.places.rangeOf(dataId);
    const values = range ? await this.readRange(dataId, range) : await super.read(dataId);
    await this.checked();
    return values;
  }

  /** Resolves when every WGSL module so far has been found valid; rejects with the compiler's message otherwise. */
  async checked(): Promise<void> {
    await this.pipelines.settled();
  }

  private async readRange(dataId: object, { offset, size }: ByteRange): Promise<tf.BackendValues> {
    const staging = this.device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    const source = this.tensorMap.get(dataId).resource as GPUBuffer;
    this.internals.commandEncoder?.copyBufferToBuffer(source, offset, staging, 0, size);
    this.submitQueue();
    await staging.mapAsync(GPUMapMode.READ);
    const bytes = staging.getMappedRange().slice(0);
    staging.destroy();
    return this.tensorMap.get(dataId).dtype === "float32" ? new Float32Array(bytes) : new Int32Array(bytes);
  }

  /** Leaves only data that outlives a step, and slabs in place of their views: what is read between steps. */
  private keepLasting(written: Set<object>): void {
    for (const dataId of [...written]) {
      const slab = this.places.slabOf(dataId);
      if (slab) written.add(slab);
      if (slab || !this.tensorMap.has(dataId)) written.delete(dataId);
    }
  }

  /** Drops values that an earlier read cached on the CPU: they would hide what is written now. */
  private forgetCached(dataId: object): void {
    if (this.tensorMap.has(dataId)) (this.tensorMap.get(dataId) as { values: unknown }).values = null;
    const slab = this.places.slabOf(dataId);
    if (slab) this.forgetCached(slab);
  }

  private bindingOf(tensor: tf.TensorInfo): GPUBufferBinding | undefined {
    this.noteResident(tensor);
    const range = this.places.rangeOf(tensor.dataId);
    return range && { buffer: this.bufferOf(tensor), ...range };
  }

  /** Tells the recording, if there is one, whose buffer it uses. Returns the buffer. */
  private noteResident(tensor: tf.TensorInfo): GPUBuffer {
    const buffer = this.bufferOf(tensor);
    if (this.recording && !this.router.isTransient(buffer)) {
      const dataId = this.places.slabOf(tensor.dataId) ?? tensor.dataId;
      this.recording.noteResident(buffer, { dataId, offset: this.places.offsetOf(dataId) });
    }
    return buffer;
  }

  private bufferOf(tensor: tf.TensorInfo): GPUBuffer {
    return this.tensorMap.get(tensor.dataId).resource as GPUBuffer;
  }

  private computePass(): GPUComputePassEncoder {
    this.ensureCommandEncoderReady();
    const { internals } = this;
    internals.computePassEncoder ??= (internals.commandEncoder as GPUCommandEncoder).beginComputePass(
      this.clock && { timestampWrites: this.clock.writes },
    );
    return internals.computePassEncoder;
  }
}

/** Returns the WebGPU backend if it is the one in use, otherwise undefined. */
export function trainingBackend(): TrainingBackend | undefined {
  const backend = tf.backend();
  return backend instanceof TrainingBackend ? backend : undefined;
}
