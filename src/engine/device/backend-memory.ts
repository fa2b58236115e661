import { type DBSchema, openDB } from "idb";
import type { BackendTime } from "../../protocol/messages";

interface Tables extends DBSchema {
  machines: { key: string; value: readonly BackendTime[] };
}

/** Changes when the same backend is measured by other code, so that earlier times are forgotten. */
const trials = "compiled steps";

/** A key of the conditions that measurements depend on: the adapter, the browser, and the number of usable cores. */
export function machineKey(adapter: string): string {
  const { hardwareConcurrency, userAgent } = navigator;
  const cores = globalThis.crossOriginIsolated === true ? hardwareConcurrency : 1;
  return [adapter, userAgent, `${cores} cores`, trials].join(" | ");
}

/**
 * The measurements that a backend was chosen by, stored in this browser, so that only the first visit has to wait for
 * them. If nothing can be stored, every visit measures.
 */
export class BackendMemory {
  constructor(private readonly name = "retort-backends") {}

  /** Returns the times measured on this machine, fastest first; undefined if there are none under this key. */
  async recall(machine: string): Promise<readonly BackendTime[] | undefined> {
    try {
      const database = await this.open();
      const known = await database.get("machines", machine);
      database.close();
      return known;
    } catch {
      return undefined;
    }
  }

  async remember(machine: string, measured: readonly BackendTime[]): Promise<void> {
    try {
      const database = await this.open();
      await database.put("machines", measured, machine);
      database.close();
    } catch {
      // The next visit measures again.
    }
  }

  private open() {
    return openDB<Tables>(this.name, 1, { upgrade: (fresh) => void fresh.createObjectStore("machines") });
  }
}
