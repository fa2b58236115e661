/** Keeps the machine awake and the page's files persistent during long trainings. */

interface Sentinel {
  release(): Promise<void>;
}

/** The browser APIs needed; some browsers lack them. */
export interface Machine {
  readonly wakeLock?: { request(type: "screen"): Promise<Sentinel> } | undefined;
  readonly storage?: { persist?(): Promise<boolean> } | undefined;
}

/**
 * Holds a wake lock during training. Browsers release the lock when the page is hidden, so it is requested again when
 * the page becomes visible. If it is refused, training is not affected.
 */
export function createWakefulness(machine: Machine) {
  let held: Promise<Sentinel | undefined> | undefined;

  const release = async () => {
    const sentinel = held;
    held = undefined;
    await (await sentinel)?.release().catch(() => undefined);
  };

  return {
    /** Call whenever training starts or ends, and when the page becomes visible. */
    async update(isTraining: boolean, isVisible: boolean): Promise<void> {
      if (!isTraining) return release();
      if (!isVisible) return;
      await release();
      held = machine.wakeLock?.request("screen").catch(() => undefined);
      await held;
    },
    /** Asks once for persistent storage, so that checkpoints and images are not deleted when the disk is full. */
    async keepFiles(): Promise<void> {
      await machine.storage?.persist?.().catch(() => false);
    },
  };
}
