/** What a training has left on the GPU: it can be looked at until it is released. */
export class HeldNetworks {
  private held: (() => void) | undefined;
  private isOver = false;
  /** When the looks that were asked for have been taken. */
  private looking: Promise<unknown> = Promise.resolve();

  get isHolding(): boolean {
    return this.held !== undefined;
  }

  /** `release` is called once: when nobody looks any more, or at once where that has been said before. */
  hold(release: () => void): void {
    if (this.isOver) release();
    else this.held = release;
  }

  /** One look after the other. */
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
