import type { Floors } from "../../protocol/messages";
import type { Backbone } from "../networks/backbone";
import type { Run } from "./run";

interface Untrained {
  readonly backbone: Backbone;
  /** One that starts from these numbers; its seed chooses the images. */
  readonly run: Run;
  readonly quick: Floors;
  full?: Floors;
}

/**
 * Students as they were before their first step, each measured once for all runs that start from it: at first on a
 * part of the images, so that training can begin; later as finished students are judged. Owns its copies.
 */
export class UntrainedStudents {
  private readonly students = new Map<string, Untrained>();

  /** Call before the run's first step. */
  async measure(run: Run): Promise<Floors> {
    const known = this.students.get(run.studentKey);
    if (known) return known.quick;
    const backbone = run.createUntrained();
    const quick = await run.evaluator.floors(backbone);
    this.students.set(run.studentKey, { backbone, run, quick });
    return quick;
  }

  async measureInFull(run: Run): Promise<Floors> {
    const student = this.students.get(run.studentKey);
    if (!student) throw new Error(`${run.runId} was not measured before its first step.`);
    student.full ??= await student.run.evaluator.finalFloors(student.backbone);
    return student.full;
  }

  dispose(): void {
    for (const { backbone } of this.students.values()) backbone.dispose();
  }
}
