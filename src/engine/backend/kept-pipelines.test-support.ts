/**
 * Setup of all browser tests: they share one GPU device, which keeps its compiled programs the way browsers with a real
 * GPU keep them on disk. On a software GPU such a test spends most of its time compiling, and most tests need the same
 * programs. Nothing else is shared: each file has its own frame, modules and backend. The device and its programs
 * belong to the parent window of the frames, which outlives them.
 */

type Descriptor = GPUComputePipelineDescriptor;

interface Kept {
  /** The browser's own methods, before they were patched. */
  readonly original: Pick<
    GPUDevice,
    | "createShaderModule"
    | "createBindGroupLayout"
    | "createPipelineLayout"
    | "createComputePipeline"
    | "createComputePipelineAsync"
  >;
  readonly requestDevice: GPUAdapter["requestDevice"];
  readonly requestAdapter: GPU["requestAdapter"];
  device: GPUDevice | undefined;
  /** Compiled pipelines by device and by a key of text, layout and constants. */
  readonly pipelines: WeakMap<GPUDevice, Map<string, GPUComputePipeline>>;
  /** The source (text or layout as JSON) of each object that a pipeline's descriptor refers to. */
  readonly madeOf: WeakMap<object, string>;
}

/** The parent window of the frames. */
interface Around {
  readonly GPUDevice: typeof GPUDevice;
  readonly GPUAdapter: typeof GPUAdapter;
  readonly GPU: typeof GPU;
  readonly navigator: { readonly gpu: GPU | undefined };
  kept?: Kept;
}

let isAlone = false;

/** Sets whether later requests create new devices, for tests of state that belongs to a device. */
export function ownDevices(wanted: boolean): void {
  isAlone = wanted;
}

function keptBy(around: Around): Kept {
  const { prototype: original } = around.GPUDevice;
  around.kept ??= {
    original: {
      createShaderModule: original.createShaderModule,
      createBindGroupLayout: original.createBindGroupLayout,
      createPipelineLayout: original.createPipelineLayout,
      createComputePipeline: original.createComputePipeline,
      createComputePipelineAsync: original.createComputePipelineAsync,
    },
    requestDevice: around.GPUAdapter.prototype.requestDevice,
    requestAdapter: around.GPU.prototype.requestAdapter,
    device: undefined,
    pipelines: new WeakMap(),
    madeOf: new WeakMap(),
  };
  return around.kept;
}

/** Asks again while the browser starts its GPU process anew, after it has died: until then it has no adapter. */
function awaitAdapter(around: Around, { requestAdapter }: Kept): void {
  around.GPU.prototype.requestAdapter = async function (options?: GPURequestAdapterOptions) {
    for (let attempt = 1; ; attempt++) {
      const adapter = await requestAdapter.call(this, options);
      if (adapter || attempt === mostAttempts) return adapter;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  };
}
const mostAttempts = 5;

function shareDevice(around: Around, kept: Kept): void {
  // After a loss, the next request creates a new shared device.
  const watch = (device: GPUDevice) =>
    void device.lost.then(() => {
      if (kept.device === device) kept.device = undefined;
    });
  if (kept.device) watch(kept.device);
  around.GPUAdapter.prototype.requestDevice = async function (descriptor?: GPUDeviceDescriptor) {
    if (isAlone) return kept.requestDevice.call(this, descriptor);
    if (!kept.device) {
      kept.device = await kept.requestDevice.call(this, descriptor);
      watch(kept.device);
    }
    return kept.device;
  };
}

/** Patches the parent window's GPUDevice. The functions belong to this frame; the next frame replaces them. */
function keepPipelines(around: Around, { original, pipelines, madeOf }: Kept): void {
  const remember = <Made extends object>(made: Made, of: string): Made => {
    madeOf.set(made, of);
    return made;
  };
  const keyOf = ({ compute, layout }: Descriptor) => {
    const { module, entryPoint, constants } = compute;
    const shape = typeof layout === "string" ? layout : madeOf.get(layout);
    return JSON.stringify([madeOf.get(module), entryPoint, constants, shape]);
  };
  const of = (device: GPUDevice) => {
    const known = pipelines.get(device) ?? new Map<string, GPUComputePipeline>();
    pipelines.set(device, known);
    return known;
  };
  Object.assign(around.GPUDevice.prototype, {
    createShaderModule(this: GPUDevice, descriptor: GPUShaderModuleDescriptor) {
      return remember(original.createShaderModule.call(this, descriptor), descriptor.code);
    },
    createBindGroupLayout(this: GPUDevice, descriptor: GPUBindGroupLayoutDescriptor) {
      const made = original.createBindGroupLayout.call(this, descriptor);
      return remember(made, JSON.stringify([...descriptor.entries]));
    },
    createPipelineLayout(this: GPUDevice, descriptor: GPUPipelineLayoutDescriptor) {
      const groups = [...descriptor.bindGroupLayouts].map((layout) => layout && madeOf.get(layout));
      return remember(original.createPipelineLayout.call(this, descriptor), JSON.stringify(groups));
    },
    createComputePipeline(this: GPUDevice, descriptor: Descriptor) {
      const [known, key] = [of(this), keyOf(descriptor)];
      const found = known.get(key);
      if (found) return found;
      const pipeline = original.createComputePipeline.call(this, descriptor);
      // A program that does not compile must fail again for the next caller.
      void descriptor.compute.module.getCompilationInfo().then(({ messages }) => {
        if (!messages.some(({ type }) => type === "error")) known.set(key, pipeline);
      });
      return pipeline;
    },
    async createComputePipelineAsync(this: GPUDevice, descriptor: Descriptor) {
      const [known, key] = [of(this), keyOf(descriptor)];
      const pipeline = known.get(key) ?? (await original.createComputePipelineAsync.call(this, descriptor));
      known.set(key, pipeline);
      return pipeline;
    },
  });
}

const { parent: around } = globalThis as unknown as { parent: Around };
if (around !== (globalThis as unknown) && around.navigator.gpu && around.GPUDevice) {
  const kept = keptBy(around);
  awaitAdapter(around, kept);
  shareDevice(around, kept);
  keepPipelines(around, kept);
  // TensorFlow.js checks buffers with "instanceof", so the classes must be those of the parent window.
  const names = Object.getOwnPropertyNames(around).filter((name) => /^GPU[A-Z]/.test(name));
  for (const name of names) Object.assign(globalThis, { [name]: Reflect.get(around, name) });
  Object.defineProperty(navigator, "gpu", { configurable: true, get: () => around.navigator.gpu });
}
