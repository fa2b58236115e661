import { TrainingEnded } from "./stages/checkpoint";

/** Requests to read the state of training between two turns, when no step is under way. */
export class BetweenTurns<Moment> {
  private readonly readers: ((moment: Promise<Moment>) => Promise<void>)[] = [];

  /** Reads at the next opportunity. Rejects if training ends first. */
  read<T>(read: (moment: Moment) => T | Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      this.readers.push(async (moment) => {
        const taken = moment.then(read);
        resolve(taken);
        // The next step waits, so that everything is read at the same step.
        await taken.catch(() => undefined);
      });
    });
  }

  /** Answers all requests, one after the other. @param moment undefined before training has begun */
  async answer(moment: Moment | undefined): Promise<void> {
    for (const reader of this.readers.splice(0)) {
      await reader(moment ? Promise.resolve(moment) : Promise.reject(new Error("Training has not begun.")));
    }
  }

  end(): void {
    for (const reader of this.readers.splice(0)) void reader(Promise.reject(new TrainingEnded()));
  }
}
