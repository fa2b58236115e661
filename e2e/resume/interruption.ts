/** Exit codes of the runner; schedulers tell them apart. */
export const exitCodes = {
  done: 0,
  /** A run failed, or the command could not do its work. */
  failed: 1,
  /** The command was wrong: calling it again changes nothing. */
  refused: 2,
  /** EX_TEMPFAIL of sysexits.h: the training is saved and continues when called again. */
  again: 75,
} as const;

const signals = ["SIGINT", "SIGTERM", "SIGUSR1"] as const;

/** Watches for signals that ask to save and leave: Ctrl-C, and what schedulers send before they take a machine away. */
export class Interruption {
  /** Resolves with the first signal. */
  readonly came: Promise<NodeJS.Signals>;
  private received: NodeJS.Signals | undefined;
  private raise: (signal: NodeJS.Signals) => void = () => undefined;

  private constructor() {
    this.came = new Promise((resolve) => {
      this.raise = resolve;
    });
    for (const signal of signals) process.on(signal, this.take);
  }

  static watch(): Interruption {
    return new Interruption();
  }

  /** The first signal that came; undefined before. */
  get signal(): NodeJS.Signals | undefined {
    return this.received;
  }

  end(): void {
    for (const signal of signals) process.off(signal, this.take);
  }

  private readonly take = (signal: NodeJS.Signals) => {
    this.received ??= signal;
    this.raise(signal);
  };
}
