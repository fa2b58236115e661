/** Counts of the page's GPU calls since the last {@link takeCounts}. */
export interface Counts {
  readonly dispatches: number;
  readonly uploadedBytes: number;
  /** Bytes of all live WebGPU buffers, and their peak. */
  readonly gpuBytes: number;
  readonly peakGpuBytes: number;
}

const counts = { dispatches: 0, uploadedBytes: 0, gpuBytes: 0, peakGpuBytes: 0 };

type Method = (this: never, ...values: never[]) => unknown;

/** Calls `seen` before every call of a method. */
function watch<T extends object>(prototype: T, name: keyof T, seen: (...values: never[]) => void): void {
  const original = prototype[name] as Method;
  Object.defineProperty(prototype, name, {
    configurable: true,
    value: function (this: never, ...values: never[]) {
      seen(...values);
      return original.apply(this, values);
    },
  });
}

const bytesOf = (data: unknown): number =>
  ArrayBuffer.isView(data) || data instanceof ArrayBuffer ? data.byteLength : 0;

function watchBuffers(): void {
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const sizes = new WeakMap<GPUBuffer, number>();
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor: GPUBufferDescriptor) {
    const buffer = createBuffer.call(this, descriptor);
    sizes.set(buffer, descriptor.size);
    counts.gpuBytes += descriptor.size;
    counts.peakGpuBytes = Math.max(counts.peakGpuBytes, counts.gpuBytes);
    if (descriptor.mappedAtCreation) counts.uploadedBytes += descriptor.size;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function (this: GPUBuffer) {
    counts.gpuBytes -= sizes.get(this) ?? 0;
    sizes.delete(this);
    return destroy.call(this);
  };
}

/**
 * Counts calls of the browser's own interfaces, so that all contenders are counted the same way. Call once, before
 * anything else.
 */
export function startCounting(): void {
  if (typeof GPUDevice !== "undefined") {
    watchBuffers();
    watch(GPUComputePassEncoder.prototype, "dispatchWorkgroups", () => {
      counts.dispatches++;
    });
    watch(
      GPUQueue.prototype,
      "writeBuffer",
      (_buffer: never, _offset: never, data: never, from: never, size: never) => {
        const elements = data as ArrayLike<number> & { BYTES_PER_ELEMENT?: number };
        const each = elements.BYTES_PER_ELEMENT ?? 1;
        counts.uploadedBytes +=
          size === undefined ? bytesOf(data) - Number(from ?? 0) * each : Number(size) * each;
      },
    );
  }
  if (typeof WebGL2RenderingContext === "undefined") return;
  const gl = WebGL2RenderingContext.prototype;
  for (const draw of ["drawArrays", "drawElements"] as const) {
    watch(gl, draw, () => {
      counts.dispatches++;
    });
  }
  for (const upload of ["texImage2D", "texSubImage2D", "bufferData"] as const) {
    watch(gl, upload, (...values: never[]) => {
      counts.uploadedBytes += values.reduce((sum: number, value) => sum + bytesOf(value), 0);
    });
  }
}

export function takeCounts(): Counts {
  const taken = { ...counts };
  counts.dispatches = 0;
  counts.uploadedBytes = 0;
  counts.peakGpuBytes = counts.gpuBytes;
  return taken;
}
