import type * as tf from "@tensorflow/tfjs-core";

/** A part of a larger tensor's buffer. */
interface View {
  /** The data of the larger tensor. */
  readonly slab: object;
  /** Bytes from the start of the larger tensor. */
  readonly offset: number;
  readonly size: number;
}

/** A place in a buffer that several tensors share. */
export interface Home {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly size: number;
}

/** Bytes of a buffer. */
export interface ByteRange {
  readonly offset: number;
  readonly size: number;
}

/** Where in their buffers tensors lie that have no buffer of their own. All tensors are known by their data. */
export class TensorPlaces {
  private readonly views = new WeakMap<object, View>();
  private readonly ofSlab = new WeakMap<object, Set<object>>();
  private readonly homes = new WeakMap<object, Home>();
  /** Bytes of all shared buffers. */
  bytes = 0;
  /** The tensors that live in each shared buffer. */
  private readonly tenants = new WeakMap<GPUBuffer, Set<object>>();

  /** Notes that a tensor is a part of another one. */
  addView(dataId: object, view: View): void {
    this.views.set(dataId, view);
    const others = this.ofSlab.get(view.slab) ?? new Set();
    this.ofSlab.set(view.slab, others.add(dataId));
  }

  /** The tensor that a view is a part of; undefined for others. */
  slabOf(dataId: object): object | undefined {
    return this.views.get(dataId)?.slab;
  }

  /** The views of a tensor. */
  viewsOf(slab: object): ReadonlySet<object> {
    return this.ofSlab.get(slab) ?? new Set();
  }

  /** Whether a tensor is the view of a slab that starts at a byte of it. */
  isAt({ dataId }: tf.TensorInfo, slab: tf.TensorInfo, offset: number): boolean {
    const view = this.views.get(dataId);
    return view?.slab === slab.dataId && view.offset === offset;
  }

  /** The bytes of its buffer that a tensor takes; undefined where the whole buffer is its own. */
  rangeOf(dataId: object): ByteRange | undefined {
    const view = this.views.get(dataId);
    if (!view) return this.homes.get(dataId);
    return { offset: view.offset + (this.homes.get(view.slab)?.offset ?? 0), size: view.size };
  }

  /** The byte of its buffer where a tensor starts. */
  offsetOf(dataId: object): number {
    return this.rangeOf(dataId)?.offset ?? 0;
  }

  /** Moves a tensor that is no view into a shared buffer, which is destroyed when its last tensor is forgotten. */
  settle(dataId: object, home: Home): void {
    this.leave(dataId);
    this.homes.set(dataId, home);
    const others = this.tenants.get(home.buffer) ?? new Set();
    if (others.size === 0) this.bytes += home.buffer.size;
    this.tenants.set(home.buffer, others.add(dataId));
  }

  /** Forgets a tensor that has been disposed of. */
  forget(dataId: object): void {
    const view = this.views.get(dataId);
    if (view) this.ofSlab.get(view.slab)?.delete(dataId);
    this.views.delete(dataId);
    this.leave(dataId);
  }

  private leave(dataId: object): void {
    const home = this.homes.get(dataId);
    if (!home) return;
    this.homes.delete(dataId);
    const others = this.tenants.get(home.buffer);
    others?.delete(dataId);
    if (others?.size !== 0) return;
    this.bytes -= home.buffer.size;
    home.buffer.destroy();
  }
}
