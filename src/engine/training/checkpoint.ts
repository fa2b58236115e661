import type { Run, RunCheckpoint } from "./run";
import type { TeacherCheckpoint, TeacherPool } from "./teacher-pool";

/** There is nothing left to take a checkpoint of. */
export class TrainingEnded extends Error {
  constructor() {
    super("Training has ended.");
    this.name = "TrainingEnded";
  }
}

/** A whole experiment between two turns. With the experiment and its images, it is all that training needs to go on. */
export interface TrainingCheckpoint {
  readonly runs: readonly RunCheckpoint[];
  readonly teachers: readonly TeacherCheckpoint[];
  /** Runs that have finished or failed. */
  readonly ended: readonly string[];
  /** Whether what the untrained students can do was told in full. */
  readonly isMeasured: boolean;
}

export interface CheckpointSubject {
  readonly active: readonly Run[];
  readonly teachers: TeacherPool;
  readonly ended: readonly string[];
  readonly isMeasured: boolean;
}

export async function takeCheckpoint(subject: CheckpointSubject): Promise<TrainingCheckpoint> {
  const { active, teachers, ended, isMeasured } = subject;
  const runs = await Promise.all(active.map((run) => run.snapshot()));
  return { runs, teachers: await teachers.snapshot(), ended, isMeasured };
}

/** @throws StateMismatch when it was taken of another experiment */
export async function restoreCheckpoint(
  { runs, teachers: taught }: TrainingCheckpoint,
  { active, teachers }: Pick<CheckpointSubject, "active" | "teachers">,
): Promise<void> {
  teachers.restore(taught);
  for (const run of active) {
    const own = runs.find(({ runId }) => runId === run.runId);
    if (own) await run.restore(own);
  }
}
