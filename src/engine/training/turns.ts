import type { Diagnosis, StepMeasurement } from "../../protocol/device/diagnosis";
import type { MetricRow } from "../../protocol/metrics/metrics";
import { trainingBackend } from "../backend/backend";
import { compiledSteps } from "../compiled/in-use";
import { diagnosisOf } from "./diagnosis";
import type { NextTurn, Run } from "./run";
import { JoinedSteps } from "./stages/joined-steps";
import { bestSharing, type TurnOutcome, turnSideBySide } from "./stages/side-by-side";
import { Divergence, type RunnerEvents } from "./stages/stage-runner";
import type { TeacherPool } from "./teachers/teacher-pool";
import type { TrainerEvents } from "./trainer-events";

/** After a device loss everything fails, perhaps before the loss is reported. Waits so that the loss is reported first. */
export async function deviceLoss(device: GPUDevice | undefined): Promise<void> {
  const timeout = new Promise((resolve) => setTimeout(resolve, 1_000));
  await Promise.race([device?.lost, timeout]);
}

/** Gives runs their turns and tells what came of them. Each turn returns the runs that still continue. */
export class Turns {
  private readonly joined = new JoinedSteps();

  constructor(
    private readonly events: TrainerEvents,
    private readonly teachers: TeacherPool,
    private readonly isStopped: () => boolean,
    private readonly device: GPUDevice | undefined,
  ) {}

  /** Trains one run for a turn. Returns the runs that still continue. */
  async take(
    run: Run,
    active: readonly Run[],
    limit?: number,
    measured?: RunnerEvents["measured"],
  ): Promise<readonly Run[]> {
    try {
      const next = await run.next();
      const events = { ...this.eventsOf(run), ...(measured ? { measured } : {}) };
      return await this.note(run, next, await next.runner.turn(events, limit), active);
    } catch (error) {
      return this.giveUp(run, error, active);
    }
  }

  /** Trains a run for a turn, side by side with others where that is possible. */
  async takeWithSharers(run: Run, active: readonly Run[]): Promise<readonly Run[]> {
    const runs = sharersOf(run, active);
    if (runs.length === 1) return this.take(run, active);
    let left = active;
    const ready: { readonly run: Run; readonly next: NextTurn }[] = [];
    for (const sharer of runs) {
      try {
        ready.push({ run: sharer, next: await sharer.next() });
      } catch (error) {
        left = await this.giveUp(sharer, error, left);
      }
    }
    const outcomes = await turnSideBySide(
      ready.map((sharer) => ({ runner: sharer.next.runner, events: this.eventsOf(sharer.run) })),
      this.joined,
    );
    for (const [at, sharer] of ready.entries()) {
      const outcome = outcomes[at] as TurnOutcome;
      try {
        if ("error" in outcome) throw outcome.error;
        left = await this.note(sharer.run, sharer.next, outcome.rows, left);
      } catch (error) {
        left = await this.giveUp(sharer.run, error, left);
      }
    }
    return left;
  }

  /** Trains one run for a step, whose kernels are measured. */
  async takeMeasured(
    run: Run,
    active: readonly Run[],
    answer: (diagnosis: Promise<Diagnosis>) => void,
  ): Promise<readonly Run[]> {
    let measurement: StepMeasurement | undefined;
    // A step that was joined with others has to be recorded anew before it can be timed.
    const isSpent = run.recorded && trainingBackend()?.together.isCurrent(run.recorded) === false;
    let left = isSpent ? await this.take(run, active, 1) : active;
    if (left.includes(run)) {
      left = await this.take(run, left, 1, (taken) => {
        measurement = taken;
      });
    }
    const diagnosis = measurement
      ? diagnosisOf(run.runId, measurement)
      : Promise.reject(new Error("The step could not be taken."));
    answer(diagnosis);
    // The next step waits, since the device is being measured.
    await diagnosis.catch(() => undefined);
    return left;
  }

  dispose(): void {
    this.joined.dispose();
  }

  private eventsOf({ runId, stage }: Run): RunnerEvents {
    return {
      evaluating: () => this.events.activity({ kind: "evaluating", runId }),
      training: (first) => this.events.activity({ kind: first ? "compiling" : "training", runId, stage }),
    };
  }

  /** Tells what came of a run's turn, at its end with its final evaluation. Returns the runs that still continue. */
  private async note(
    run: Run,
    { runIds, withOwn }: NextTurn,
    rows: readonly MetricRow[],
    active: readonly Run[],
  ): Promise<readonly Run[]> {
    const { runId } = run;
    for (const id of runIds) {
      const waiting = active.find((other) => other.runId === id);
      if (waiting) this.events.rows(id, waiting.continued(withOwn(rows)));
    }
    if (!run.isDone) return active;
    this.events.activity({ kind: "evaluating", runId });
    const final = await run.final();
    await this.events.trained?.(runId, await run.weights());
    this.events.finished(runId, final);
    return active.filter((other) => other !== run);
  }

  /** Ends a run that failed. Returns the runs that still continue. */
  private async giveUp(run: Run, error: unknown, active: readonly Run[]): Promise<readonly Run[]> {
    if (!(error instanceof Divergence)) await deviceLoss(this.device);
    if (this.isStopped()) return active;
    // A failed teacher makes every run that needs it fail, each in its own turn.
    this.teachers.leave(run.runId);
    this.events.failed(run.runId, error);
    return active.filter((other) => other !== run);
  }
}

/**
 * A run and those that should take their steps beside it. On WebGPU they take the same steps on other numbers. On threads any
 * others do, first those of the same kind, since equally long steps leave no thread waiting.
 */
function sharersOf(run: Run, active: readonly Run[]): readonly Run[] {
  const able = active.filter((other) => other === run || !other.isWaiting);
  const together = trainingBackend()?.together;
  if (together?.isWorthwhile) {
    const size = run.recorded ? together.mostRuns(run.recorded) : 1;
    const alike = able.filter(({ kindOfStep }) => kindOfStep === run.kindOfStep);
    return teamOf(run, alike, size);
  }
  const threads = compiledSteps()?.threads ?? 1;
  if (threads === 1) return [run];
  const isUnlike = ({ kindOfStage }: Run) => Number(kindOfStage !== run.kindOfStage);
  const others = able
    .filter((other) => other !== run)
    .toSorted((a, b) => isUnlike(a) - isUnlike(b) || a.progress - b.progress);
  return [run, ...others.slice(0, bestSharing(threads, able.length) - 1)];
}

/** Always the same runs together, in the same order: their tensors lie side by side. */
function teamOf(run: Run, alike: readonly Run[], size: number): readonly Run[] {
  const first = size * Math.floor(alike.indexOf(run) / size);
  return alike.slice(first, first + size);
}
