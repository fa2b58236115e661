import { type DBSchema, openDB } from "idb";
import type { BackendTime } from "../../protocol/messages";

interface Tables extends DBSchema {
  machines: { key: string; value: readonly BackendTime[] };
}

/** What the measurements of a machine depend on: its adapter, its browser, its cores, and whether it may use them all. */
export function machineKey(adapter: string): string {
  const { hardwareConcurrency, userAgent } = navigator;
  const cores = globalThis.crossOriginIsolated === true ? hardwareConcurrency : 1;
  return [adapter, userAgent, `${cores} cores`].join(" | ");
}

/**
 * What was measured to choose a backend, kept in this browser, so that only its first visit waits for it. Where nothing
 * can be kept every visit measures.
 */
export class BackendMemory {
  constructor(private readonly name = "retort-backends") {}

  /** Fastest first; undefined where nothing is known of this machine as it is now. */
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
