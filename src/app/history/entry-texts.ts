import type { SavedTraining } from "../../protocol/saved-training";
import { texts } from "../../texts/texts";

/** "finished", "stopped at step 40", "being trained in a tab". */
export function statusText({ status, runs, failure }: SavedTraining, live: boolean): string {
  const words = texts().history.status;
  if (live) return status === "paused" ? words.livePaused : words.live;
  const failed = runs.filter((run) => run.failure).length;
  const step = Math.max(0, ...runs.map(({ position }) => position?.step ?? 0));
  const far = (word: string) => (step > 0 ? words.atStep(word, step) : word);
  switch (status) {
    case "finished":
      return failed === 0 ? words.finished : words.finishedBut(failed, runs.length);
    case "stopped":
      return far(words.stopped);
    case "failed":
      return failure ? words.failedBy(failure.title) : words.failed;
    case "training":
    case "paused":
      return far(words.interrupted);
    default:
      return status satisfies never;
  }
}

export interface BestAccuracy {
  readonly arm: string;
  readonly value: number;
}

/** The best of the students evaluated at the end; undefined where there is none. */
export function bestAccuracy({ runs, experiment }: SavedTraining): BestAccuracy | undefined {
  const evaluated = runs.flatMap(({ final, planned }): BestAccuracy[] => {
    const arm = experiment.arms[planned.arm]?.name ?? "Arm";
    if (!final) return [];
    return [{ arm, value: final.linearTop1 }];
  });
  return evaluated.sort((a, b) => b.value - a.value)[0];
}
