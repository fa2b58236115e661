import { V128 } from "./assembler/function-writer";
import { ModuleWriter } from "./assembler/module-writer";

/** What this engine and this page let a compiled step use. */
export interface Features {
  /** Multiply and add in one instruction. Where it is missing they are two, and results differ in their last bits. */
  readonly relaxed: boolean;
  /** Whether threads can share memory, which needs a page that is cross-origin isolated. */
  readonly threads: boolean;
}

let found: Features | undefined;

/** Asked by handing the engine a module of a few bytes. */
export function features(): Features {
  found ??= {
    relaxed: takes(true),
    threads: globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer !== "undefined",
  };
  return found;
}

/** Whether the engine runs vectors at all: without them there is no compiled step. */
export const hasVectors = (): boolean => takes(false);

function takes(relaxed: boolean): boolean {
  const module = new ModuleWriter({ relaxed, shared: false });
  module.define([V128], (f, [x]) => {
    const v = x as number;
    f.get(v).get(v).get(v).multiplyAdd().drop();
  });
  return WebAssembly.validate(module.finish());
}
