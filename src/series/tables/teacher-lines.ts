import type { Stage } from "../../protocol/metrics/metrics";
import { teacherOf } from "../../protocol/schemes";
import { curveOf } from "../../store/measurements/series";
import type { RunRecord, RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { armNames } from "../arm-names";

/** A teacher of one or several arms next to itself before its first step, by the curves. */
export interface TeacherLine {
  /** The arms that learn from it. */
  readonly arms: readonly string[];
  readonly seed: number;
  /** Whether students begin after it, and not alongside. */
  readonly isBefore: boolean;
  readonly steps: number;
  /** Undefined before its first step. */
  readonly measured?: MeasuredTeacher;
}

export interface MeasuredTeacher {
  /** By its own classifier or, without one, by kNN. */
  readonly measure: "classifier" | "kNN";
  readonly untrained: number;
  readonly latest: number;
  readonly step: number;
  readonly hasLearned: boolean;
}

/**
 * From this gain on, a teacher has begun to learn: twice the standard error of a difference of two accuracies of about
 * 20 % on 500 images.
 */
const LEARNED = 0.05;

function lineOf({ planned, series }: RunRecord, arm: string): TeacherLine | undefined {
  const stage = planned.stages.find((one) => one.stage === "teacher" || one.stage === "joint");
  if (!stage) return undefined;
  const line = { arms: [arm], seed: planned.seed, isBefore: stage.stage === "teacher", steps: stage.steps };
  const measured = measuredOf(series, stage.stage);
  return measured ? { ...line, measured } : line;
}

function measuredOf(series: RunRecord["series"], stage: Stage): MeasuredTeacher | undefined {
  const own = curveOf(series, "teacherTop1", "step", [stage]);
  const { x, y } = own.y.length > 0 ? own : curveOf(series, "teacherKnnTop1", "step", [stage]);
  const [untrained, latest, step] = [y[0], y[y.length - 1], x[x.length - 1]];
  if (x[0] !== 0 || untrained === undefined || latest === undefined || !step) return undefined;
  const measure = own.y.length > 0 ? "classifier" : "kNN";
  return { measure, untrained, latest, step, hasLearned: latest - untrained >= LEARNED };
}

const hasTeacher = ({ planned }: RunRecord): boolean =>
  planned.stages.some(({ stage }) => stage === "teacher" || stage === "joint");

/** How many lines there can be at most, known as soon as a training starts: its runs are planned later. */
export function mostTeacherLines({ status, experiment, runs }: RunState): number {
  if (runs.length > 0 || status !== "starting" || !experiment) return runs.filter(hasTeacher).length;
  const taught = experiment.arms.filter(({ scheme }) => teacherOf(scheme).when !== "none");
  return taught.length * experiment.seeds.length;
}

/** One line per teacher: arms that share a teacher share its line. */
export function teacherLines(run: RunState): readonly TeacherLine[] {
  const names = armNames(run);
  const lines = new Map<string, TeacherLine>();
  for (const record of run.runs) {
    const name = names[record.planned.arm] ?? texts().run.arm;
    const line = lineOf(record, name);
    if (!line) continue;
    const { arms: _, ...shared } = line;
    const key = JSON.stringify(shared);
    const known = lines.get(key);
    lines.set(key, known ? { ...known, arms: [...known.arms, name] } : line);
  }
  return [...lines.values()];
}
