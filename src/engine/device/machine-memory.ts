import { type DBSchema, openDB } from "idb";

interface Tables<Value> extends DBSchema {
  machines: { key: string; value: Value };
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
 * What was measured on this machine, stored in this browser, so that only the first visit has to wait for it. If nothing
 * can be stored, every visit measures.
 */
export class MachineMemory<Value> {
  constructor(private readonly name: string) {}

  /** Returns what was measured on this machine; undefined if there is nothing under this key. */
  async recall(machine: string): Promise<Value | undefined> {
    try {
      const database = await this.open();
      const known = await database.get("machines", machine);
      database.close();
      return known;
    } catch {
      return undefined;
    }
  }

  async remember(machine: string, measured: Value): Promise<void> {
    try {
      const database = await this.open();
      await database.put("machines", measured, machine);
      database.close();
    } catch {
      // The next visit measures again.
    }
  }

  private open() {
    return openDB<Tables<Value>>(this.name, 1, {
      upgrade: (fresh) => void fresh.createObjectStore("machines"),
    });
  }
}
