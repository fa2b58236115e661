import type { Run, RunCheckpoint } from "../run";
import type { TeacherCheckpoint, TeacherPool } from "../teachers/teacher-pool";

/** Training has ended, so that it has no state to read any more. */
export class TrainingEnded extends Error {
  constructor() {
    super("Training has ended.");
    this.name = "TrainingEnded";
  }
}

/**
 * The state of a whole experiment between two turns. With the experiment and its images, it is all that training
 * needs to continue.
 */
export interface TrainingCheckpoint {
  readonly runs: readonly RunCheckpoint[];
  readonly teachers: readonly TeacherCheckpoint[];
  /** Runs that have finished or failed. */
  readonly ended: readonly string[];
  /** Whether the baselines of untrained students have been measured in full. */
  readonly isMeasured: boolean;
}

export interface CheckpointSource {
  readonly active: readonly Run[];
  readonly teachers: TeacherPool;
  readonly ended: readonly string[];
  readonly isMeasured: boolean;
}

/** Takes a checkpoint of a running experiment. */
export async function takeCheckpoint(subject: CheckpointSource): Promise<TrainingCheckpoint> {
  const { active, teachers, ended, isMeasured } = subject;
  const runs = await Promise.all(active.map((run) => run.snapshot()));
  return { runs, teachers: await teachers.snapshot(), ended, isMeasured };
}

/** Restores a checkpoint. @throws StateMismatch if it was taken of another experiment */
export async function restoreCheckpoint(
  { runs, teachers: saved }: TrainingCheckpoint,
  { active, teachers }: Pick<CheckpointSource, "active" | "teachers">,
): Promise<void> {
  teachers.restore(saved);
  for (const run of active) {
    const own = runs.find(({ runId }) => runId === run.runId);
    if (own) await run.restore(own);
  }
}
