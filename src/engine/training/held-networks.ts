/** The networks that a training has left on the GPU. They can be read until they are released. */
export class HeldNetworks {
  private held: (() => void) | undefined;
  private isOver = false;
  /** Resolves when all requested reads are done. */
  private looking: Promise<unknown> = Promise.resolve();

  get isHolding(): boolean {
    return this.held !== undefined;
  }

  /**
   * Holds networks until {@link release}; then `release` is called once. If that was called before, releases at once.
   */
  hold(release: () => void): void {
    if (this.isOver) release();
    else this.held = release;
  }

  /** Reads the networks, after earlier reads. */
  look<T>(read: () => Promise<T>): Promise<T> {
    const taken = this.looking.then(read);
    this.looking = taken.catch(() => undefined);
    return taken;
  }

  async release(): Promise<void> {
    this.isOver = true;
    const { held } = this;
    this.held = undefined;
    await this.looking;
    held?.();
  }
}
