import type { FloorAccuracies, Floors } from "../../protocol/messages";
import type { UntrainedEncoders } from "../evaluation/evaluator";
import type { Run } from "./run";

interface Untrained {
  readonly encoders: UntrainedEncoders;
  /** A run that starts from this student; its seed chooses the images. */
  readonly run: Run;
  readonly live: FloorAccuracies;
  full?: Floors;
}

/**
 * Measures untrained students, each once for all runs that start from it: first as curves are measured, so that
 * training can start; later also like finished students. It owns its copies.
 */
export class UntrainedStudents {
  private readonly students = new Map<string, Untrained>();

  /** Measures baselines on a part of the images. Call before the run's first step. */
  async measure(run: Run): Promise<Floors> {
    const known = this.students.get(run.studentKey);
    if (known) return known.live;
    const untrained = run.createUntrained();
    const encoders = { untrained, calibrated: run.evaluator.calibrated(untrained) };
    const live = await run.evaluator.floors(encoders);
    this.students.set(run.studentKey, { encoders, run, live });
    return live;
  }

  async measureInFull(run: Run): Promise<Floors> {
    const student = this.students.get(run.studentKey);
    if (!student) throw new Error(`${run.runId} was not measured before its first step.`);
    student.full ??= { ...student.live, ...(await student.run.evaluator.finalFloors(student.encoders)) };
    return student.full;
  }

  dispose(): void {
    for (const { encoders } of this.students.values()) {
      encoders.untrained.dispose();
      encoders.calibrated.dispose();
    }
  }
}
