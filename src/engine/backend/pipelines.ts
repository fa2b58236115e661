/**
 * A WGSL module with entry point `main` and storage bindings `@group(0) @binding(i)`, in the order of the tensors that
 * it is run on. All constants (shapes, strides, counts) are baked into the text, which is also the cache key: the same
 * text is compiled once.
 */
export interface GpuProgram {
  /** For profiles and error messages. */
  readonly label: string;
  readonly wgsl: string;
  /** `read` = `var<storage, read>`, `write` = `var<storage, read_write>`, one per binding. */
  readonly access: readonly ("read" | "write")[];
  readonly workgroups: readonly [x: number, y?: number, z?: number];
}

const numbered = (text: string) =>
  text
    .split("\n")
    .map((line, at) => `${String(at + 1).padStart(4)} │ ${line}`)
    .join("\n");

/** The texts that pipelines were compiled from. */
export class PipelineTexts {
  private readonly texts = new WeakMap<GPUComputePipeline, string>();

  of(pipeline: GPUComputePipeline): string | undefined {
    return this.texts.get(pipeline);
  }

  note(pipeline: GPUComputePipeline, text: string): void {
    this.texts.set(pipeline, text);
  }

  /** Notes the pipelines that TensorFlow.js makes during `work`, of which it does not tell the texts. */
  during<T>(device: GPUDevice, work: () => T): T {
    const modules = new WeakMap<GPUShaderModule, string>();
    const { createShaderModule, createComputePipeline, createComputePipelineAsync } = device;
    const noted = (pipeline: GPUComputePipeline, { compute }: GPUComputePipelineDescriptor) => {
      const text = modules.get(compute.module);
      if (text !== undefined) this.note(pipeline, text);
      return pipeline;
    };
    const methods: Pick<
      GPUDevice,
      "createShaderModule" | "createComputePipeline" | "createComputePipelineAsync"
    > = {
      createShaderModule: (descriptor) => {
        const made = createShaderModule.call(device, descriptor);
        modules.set(made, descriptor.code);
        return made;
      },
      createComputePipeline: (descriptor) =>
        noted(createComputePipeline.call(device, descriptor), descriptor),
      createComputePipelineAsync: async (descriptor) =>
        noted(await createComputePipelineAsync.call(device, descriptor), descriptor),
    };
    return withOwn(device, methods, work);
  }
}

/** Runs `work` while an object has other methods of its own. */
export function withOwn<O extends object, T>(object: O, methods: Partial<O>, work: () => T): T {
  const before = Object.entries(Object.getOwnPropertyDescriptors(object)).filter(([name]) => name in methods);
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  try {
    return work();
  } finally {
    for (const name of Object.keys(methods)) Reflect.deleteProperty(object, name);
    for (const [name, descriptor] of before) Object.defineProperty(object, name, descriptor);
  }
}

/** The compiled programs of one device, keyed by their text. */
export class Pipelines {
  private readonly compiled = new Map<string, GPUComputePipeline>();
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly ahead = new Map<string, Promise<void>>();
  private readonly checks = new Set<Promise<void>>();
  private failure: Error | undefined;

  constructor(
    private readonly device: GPUDevice,
    private readonly texts: PipelineTexts,
  ) {
    // No error scope covers tfjs's own programs and bindings: without this listener their errors would go unnoticed.
    device.addEventListener("uncapturederror", ({ error }) => this.fail("WebGPU", error.message));
  }

  /** The number of programs that this device has compiled or is compiling. */
  get count(): number {
    return this.compiled.size + this.ahead.size;
  }

  layoutOf(program: GpuProgram): GPUBindGroupLayout {
    const key = program.access.join();
    let layout = this.layouts.get(key);
    if (!layout) {
      layout = this.device.createBindGroupLayout({
        entries: program.access.map((access, binding) => ({
          binding,
          visibility: GPUShaderStage.COMPUTE,
          buffer: { type: access === "read" ? "read-only-storage" : "storage" },
        })),
      });
      this.layouts.set(key, layout);
    }
    return layout;
  }

  /** Returns the pipeline of a program for immediate use, compiling it synchronously if necessary. */
  of(program: GpuProgram): GPUComputePipeline {
    let pipeline = this.compiled.get(program.wgsl);
    if (!pipeline) {
      this.device.pushErrorScope("validation");
      pipeline = this.device.createComputePipeline(this.descriptor(program));
      this.keep(program, pipeline);
      this.check(program, this.device.popErrorScope());
    }
    return pipeline;
  }

  /** Starts compiling a program in parallel with others. {@link of} finds it once {@link settled} resolves. */
  compileAhead(program: GpuProgram): void {
    const { wgsl } = program;
    if (this.compiled.has(wgsl) || this.ahead.has(wgsl)) return;
    const compiling = this.device
      .createComputePipelineAsync(this.descriptor(program))
      .then(
        (pipeline) => this.keep(program, pipeline),
        (error: Error) => this.failIn(program, error.message),
      )
      .finally(() => this.ahead.delete(wgsl));
    this.ahead.set(wgsl, compiling);
  }

  /** One promise per program that is being compiled. */
  get underWay(): readonly Promise<void>[] {
    return [...this.ahead.values()];
  }

  /** Resolves when all programs started so far are compiled and valid; rejects with the compiler's message otherwise. */
  async settled(): Promise<void> {
    await Promise.all([...this.ahead.values(), ...this.checks]);
    if (this.failure) throw this.failure;
  }

  private keep({ wgsl }: GpuProgram, pipeline: GPUComputePipeline): void {
    this.compiled.set(wgsl, pipeline);
    this.texts.note(pipeline, wgsl);
  }

  private descriptor(program: GpuProgram): GPUComputePipelineDescriptor {
    const { label, wgsl } = program;
    return {
      label,
      layout: this.device.createPipelineLayout({ bindGroupLayouts: [this.layoutOf(program)] }),
      compute: { module: this.device.createShaderModule({ label, code: wgsl }), entryPoint: "main" },
    };
  }

  private check(program: GpuProgram, scope: Promise<GPUError | null>): void {
    const check = scope
      .then((error) => {
        if (error) this.failIn(program, error.message);
      })
      .catch(() => undefined) // A lost device has its own event.
      .finally(() => this.checks.delete(check));
    this.checks.add(check);
  }

  /** Prints the whole text to the console: the compiler's message refers to lines of a text that is in no file. */
  private failIn({ label, wgsl }: GpuProgram, message: string): void {
    console.error(`${label}: ${message}\n${numbered(wgsl)}`);
    this.fail(label, message);
  }

  private fail(label: string, message: string): void {
    this.failure ??= new Error(`${label}: ${message}`);
  }
}
