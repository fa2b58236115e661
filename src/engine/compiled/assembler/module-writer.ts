import { Bytes } from "./bytes";
import { FunctionWriter, type Local, type ValueType } from "./function-writer";

export interface ModuleOptions {
  /** Multiply and add in one instruction (relaxed SIMD); an engine without it refuses such a module. */
  readonly relaxed: boolean;
  /** Whether the memory is shared with other threads. */
  readonly shared: boolean;
}

/** Pages of 64 KiB that 32 bits can address. */
const mostPages = 65_536;

/** A WebAssembly module that imports one memory as `env.memory` and exports some of its functions. */
export class ModuleWriter {
  private readonly types: string[] = [];
  private readonly functions: { readonly type: number; readonly writer: FunctionWriter }[] = [];
  private readonly exported = new Map<string, number>();
  private readonly known = new Map<string, number>();

  constructor(private readonly options: ModuleOptions) {}

  get functionCount(): number {
    return this.functions.length;
  }

  /** Adds a function without results. @returns its index, for calls */
  define(
    parameters: readonly ValueType[],
    build: (f: FunctionWriter, parameters: readonly Local[]) => void,
  ): number {
    const writer = new FunctionWriter(parameters.length, this.options.relaxed);
    build(
      writer,
      parameters.map((_, i) => i),
    );
    this.functions.push({ type: this.typeOf(parameters), writer });
    return this.functions.length - 1;
  }

  /** The function that was built under this name, or a new one. */
  once(name: string, build: () => number): number {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const made = build();
    this.known.set(name, made);
    return made;
  }

  export(name: string, index: number): void {
    this.exported.set(name, index);
  }

  finish(): Uint8Array<ArrayBuffer> {
    const { types, functions, exported } = this;
    const module = new Bytes().append([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    section(module, 1, types.length, (to) => {
      for (const type of types) to.append(JSON.parse(type) as number[]);
    });
    section(module, 2, 1, (to) => {
      to.text("env").text("memory").byte(2);
      if (this.options.shared) to.byte(3).unsigned(0).unsigned(mostPages);
      else to.byte(0).unsigned(0);
    });
    section(module, 3, functions.length, (to) => {
      for (const { type } of functions) to.unsigned(type);
    });
    section(module, 7, exported.size, (to) => {
      for (const [name, index] of exported) to.text(name).byte(0).unsigned(index);
    });
    section(module, 10, functions.length, (to) => {
      for (const { writer } of functions) to.append(writer.encode());
    });
    return module.finish();
  }

  private typeOf(parameters: readonly ValueType[]): number {
    const type = JSON.stringify([0x60, parameters.length, ...parameters, 0]);
    const known = this.types.indexOf(type);
    return known >= 0 ? known : this.types.push(type) - 1;
  }
}

function section(module: Bytes, id: number, count: number, write: (to: Bytes) => void): void {
  const content = new Bytes().unsigned(count);
  write(content);
  module.byte(id).unsigned(content.length).append(content.finish());
}
