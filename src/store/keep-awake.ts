/** What a long training asks of its machine: not to fall asleep, and not to tidy its files away. */

interface Sentinel {
  release(): Promise<void>;
}

/** The parts of a browser that this needs; some browsers have none of them. */
export interface Machine {
  readonly wakeLock?: { request(type: "screen"): Promise<Sentinel> } | undefined;
  readonly storage?: { persist?(): Promise<boolean> } | undefined;
}

/**
 * Holds the machine awake while something trains. A browser takes the lock back when the page is hidden, so it is asked
 * for again when the page is seen again. Where it is refused, nothing is lost but comfort.
 */
export function createWakefulness(machine: Machine) {
  let held: Promise<Sentinel | undefined> | undefined;

  const release = async () => {
    const sentinel = held;
    held = undefined;
    await (await sentinel)?.release().catch(() => undefined);
  };

  return {
    /** Call whenever training begins or ends, and when the page is shown again. */
    async update(isTraining: boolean, isVisible: boolean): Promise<void> {
      if (!isTraining) return release();
      if (!isVisible) return;
      await release();
      held = machine.wakeLock?.request("screen").catch(() => undefined);
      await held;
    },
    /** Asks once that checkpoints and images are not thrown away when disks are full. */
    async keepFiles(): Promise<void> {
      await machine.storage?.persist?.().catch(() => false);
    },
  };
}
