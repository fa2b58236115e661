/** What the dispatches of one kind of kernel move in a step. */
export interface KernelTraffic {
  readonly kernel: string;
  readonly dispatches: number;
  /** Bytes of the ranges bound for reading, and of those that a kernel may write; each range counts once a dispatch. */
  readonly readBytes: number;
  readonly writtenBytes: number;
}

interface Moved {
  readonly readBytes: number;
  readonly writtenBytes: number;
}

const sizes = new WeakMap<GPUBuffer, number>();
/** The bindings of a layout that may only be read. */
const readOnly = new WeakMap<GPUBindGroupLayout, ReadonlySet<number>>();
const labels = new WeakMap<GPUComputePipeline, string>();
const moved = new WeakMap<GPUBindGroup, Moved>();

/**
 * The layouts that tfjs leaves to the compiler do not tell what is written: its programs write their first binding, and
 * read the others.
 */
const isRead = (layout: GPUBindGroupLayout, binding: number) =>
  readOnly.get(layout)?.has(binding) ?? binding > 0;

function rangeOf(resource: GPUBindingResource): number {
  if (resource instanceof GPUBuffer) return sizes.get(resource) ?? 0;
  const { buffer, offset = 0, size } = resource as GPUBufferBinding;
  return size ?? (sizes.get(buffer) ?? 0) - offset;
}

function movedBy({ layout, entries }: GPUBindGroupDescriptor): Moved {
  let [readBytes, writtenBytes] = [0, 0];
  for (const { binding, resource } of entries) {
    if (isRead(layout, binding)) readBytes += rangeOf(resource);
    else writtenBytes += rangeOf(resource);
  }
  return { readBytes, writtenBytes };
}

/** Notes sizes, layouts and bindings as they are made. Call once, before anything else. */
export function startWatchingBindings(): void {
  if (typeof GPUDevice === "undefined") return;
  const device = GPUDevice.prototype;
  const { createBuffer, createBindGroupLayout, createBindGroup } = device;
  const { createComputePipeline, createComputePipelineAsync } = device;
  device.createBuffer = function (this: GPUDevice, descriptor: GPUBufferDescriptor) {
    const buffer = createBuffer.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    return buffer;
  };
  device.createBindGroupLayout = function (this: GPUDevice, descriptor: GPUBindGroupLayoutDescriptor) {
    const layout = createBindGroupLayout.call(this, descriptor);
    const read = [...descriptor.entries].filter(({ buffer }) => buffer?.type !== "storage");
    readOnly.set(layout, new Set(read.map(({ binding }) => binding)));
    return layout;
  };
  device.createBindGroup = function (this: GPUDevice, descriptor: GPUBindGroupDescriptor) {
    const group = createBindGroup.call(this, descriptor);
    moved.set(group, movedBy(descriptor));
    return group;
  };
  const named = (pipeline: GPUComputePipeline, { label }: GPUComputePipelineDescriptor) => {
    labels.set(pipeline, label || "unnamed");
    return pipeline;
  };
  device.createComputePipeline = function (this: GPUDevice, descriptor: GPUComputePipelineDescriptor) {
    return named(createComputePipeline.call(this, descriptor), descriptor);
  };
  device.createComputePipelineAsync = async function (
    this: GPUDevice,
    descriptor: GPUComputePipelineDescriptor,
  ) {
    return named(await createComputePipelineAsync.call(this, descriptor), descriptor);
  };
}

/** Returns the traffic of all dispatches that `encode` encodes, most bytes first. */
export function trafficOf(encode: () => void): KernelTraffic[] {
  if (typeof GPUComputePassEncoder === "undefined") {
    encode();
    return [];
  }
  const pass = GPUComputePassEncoder.prototype;
  const { setPipeline, setBindGroup, dispatchWorkgroups } = pass;
  const kernels = new Map<string, KernelTraffic>();
  let label = "unnamed";
  let now: Moved | undefined;
  pass.setPipeline = function (this: GPUComputePassEncoder, pipeline: GPUComputePipeline) {
    label = labels.get(pipeline) ?? "unnamed";
    setPipeline.call(this, pipeline);
  };
  pass.setBindGroup = function (this: GPUComputePassEncoder, ...given: unknown[]) {
    now = moved.get(given[1] as GPUBindGroup);
    (setBindGroup as (...values: unknown[]) => undefined).apply(this, given);
  };
  pass.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...counts: [number, number?, number?]) {
    const sum = kernels.get(label) ?? { kernel: label, dispatches: 0, readBytes: 0, writtenBytes: 0 };
    kernels.set(label, {
      kernel: label,
      dispatches: sum.dispatches + 1,
      readBytes: sum.readBytes + (now?.readBytes ?? 0),
      writtenBytes: sum.writtenBytes + (now?.writtenBytes ?? 0),
    });
    dispatchWorkgroups.apply(this, counts);
  };
  try {
    encode();
  } finally {
    Object.assign(pass, { setPipeline, setBindGroup, dispatchWorkgroups });
  }
  const bytes = ({ readBytes, writtenBytes }: KernelTraffic) => readBytes + writtenBytes;
  return [...kernels.values()].sort((a, b) => bytes(b) - bytes(a));
}
