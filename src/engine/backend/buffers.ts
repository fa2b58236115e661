import { BufferManager } from "@tensorflow/tfjs-backend-webgpu/dist/buffer_manager";

/** What the buffers of tensors are used for. */
export const storageUsage = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/**
 * tfjs's pool of GPU buffers plus the arena: the transient buffers of recorded steps. A recorded step is encoded
 * repeatedly with the same buffers, so an eager tensor must never get one of them. Since the steps of all arms run one
 * after another, they share one arena.
 */
export class BufferRouter extends BufferManager {
  private readonly arena: BufferManager;
  private readonly fromArena = new WeakSet<GPUBuffer>();
  private inArena = false;
  private constants: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    super(device);
    this.arena = new BufferManager(device);
  }

  /** Bytes held by the arena, in use or not. */
  get arenaBytes(): number {
    return this.arena.numBytesAllocated;
  }

  /** Whether a buffer holds what recorded steps make and use up. */
  isTransient(buffer: GPUBuffer): boolean {
    return this.fromArena.has(buffer) && !(buffer.usage & GPUBufferUsage.UNIFORM);
  }

  enterArena(): void {
    this.inArena = true;
    this.constants = [];
  }

  /** Returns the buffers whose contents the recorded step relies on and hands their ownership to the recording. */
  leaveArena(): GPUBuffer[] {
    this.inArena = false;
    return this.constants;
  }

  outsideArena(what: () => void): void {
    const { inArena } = this;
    this.inArena = false;
    try {
      what();
    } finally {
      this.inArena = inArena;
    }
  }

  pin(buffer: GPUBuffer): void {
    this.constants.push(buffer);
  }

  override acquireBuffer(size: number, usage: GPUBufferUsageFlags, mapped = false, reuse = true): GPUBuffer {
    if (!this.inArena) return super.acquireBuffer(size, usage, mapped, reuse);
    if (usage & GPUBufferUsage.UNIFORM) {
      // Uniforms are written from the queue, not by the step: each dispatch keeps its own.
      const buffer = this.arena.acquireBuffer(size, usage, mapped, false);
      this.fromArena.add(buffer);
      this.constants.push(buffer);
      return buffer;
    }
    const buffer = this.arena.acquireBuffer(size, usage, mapped, reuse);
    this.fromArena.add(buffer);
    return buffer;
  }

  override releaseBuffer(buffer: GPUBuffer, reuse = true): void {
    if (!this.fromArena.has(buffer)) {
      super.releaseBuffer(buffer, reuse);
      return;
    }
    if (buffer.usage & GPUBufferUsage.UNIFORM) return;
    this.arena.releaseBuffer(buffer, reuse);
  }

  override dispose(): void {
    super.dispose();
    this.arena.dispose();
  }
}
