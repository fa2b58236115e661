import type { Estimate, FittingSize } from "../protocol/estimate";
import type { Experiment } from "../protocol/experiment";
import type { Dataset } from "./dataset/dataset";
import { MachineMemory, machineKey } from "./device/machine-memory";
import type { StartedBackend } from "./device/start";
import { stored } from "./durability/stored";
import { Estimator } from "./training/estimate/estimator";
import type { Measured } from "./training/estimate/measured";
import { fittingSizes } from "./training/estimate/sizes";

/** What experiments are measured on. */
export interface Measurable {
  readonly device: StartedBackend;
  readonly dataset: Dataset;
}

interface Asked {
  readonly experiment: Experiment;
  readonly anew?: boolean;
}

/** Estimates on the worker's device, one after the other; a training interrupts them. */
export class Estimates {
  private readonly memory = new MachineMemory<Measured>("retort-steps");
  private readonly estimators = new Map<string, Estimator>();
  private interruption = new AbortController();
  /** Resolves when no measurement is in progress. */
  private measuring: Promise<unknown> = Promise.resolve();

  /** @throws the reason of `signal` or of an interruption */
  of({ device, dataset }: Measurable, { experiment, anew }: Asked, signal: AbortSignal): Promise<Estimate> {
    return this.inTurn(signal, (either) =>
      this.on(device).estimate(experiment, dataset, { signal: either, anew }),
    );
  }

  /** @throws the reason of `signal` or of an interruption */
  sizes(
    { device, dataset }: Measurable,
    { experiment }: Asked,
    signal: AbortSignal,
  ): Promise<readonly FittingSize[]> {
    return this.inTurn(signal, (either) =>
      fittingSizes(experiment, (sized) => this.on(device).estimate(sized, dataset, { signal: either })),
    );
  }

  /** Interrupts all measurements, and waits until they have released what they used. */
  async interrupt(): Promise<void> {
    this.interruption.abort();
    this.interruption = new AbortController();
    await this.measuring;
  }

  private inTurn<T>(signal: AbortSignal, measure: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const either = AbortSignal.any([signal, this.interruption.signal]);
    const taken = this.measuring.then(() => {
      either.throwIfAborted();
      return measure(either);
    });
    this.measuring = taken.catch(() => undefined);
    return taken;
  }

  private on({ name, device }: StartedBackend): Estimator {
    const machine = machineKey(`${name} ${device}`);
    const known = this.estimators.get(machine);
    if (known) return known;
    const made = new Estimator(
      {
        recall: () => this.memory.recall(machine),
        remember: (measured) => this.memory.remember(machine, measured),
      },
      stored,
    );
    this.estimators.set(machine, made);
    return made;
  }
}
