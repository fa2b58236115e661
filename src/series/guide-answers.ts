import { type Judged, judge } from "../charts/differences/verdicts";
import { differenceText } from "../charts/sentences";
import type { ResultRow } from "../charts/types";
import type { Arm, Experiment } from "../protocol/experiment";
import type { GuideStep, Prediction } from "../protocol/guides/guide";
import { changedSettings } from "../store/experiment/changed-settings";
import type { RunState } from "../store/run-state";
import { texts } from "../texts/texts";
import { armId } from "./arm-colors";
import { fallenOf } from "./at-chance";
import { runsOfSlot } from "./runs-of-slot";
import { resultRows } from "./tables/result-rows";

/** What a training says about a step's question. */
export interface StepAnswer {
  /** Undefined where it cannot be told from these seeds. */
  readonly right: Prediction | undefined;
  readonly sentence: string;
  /** The arm before the change, and the one after it, compared with it. */
  readonly before: ResultRow;
  readonly after: ResultRow;
}

/** An arm of the training, in its order: its name in the guide, and how it is called in the current language. */
export interface TrainedArm {
  readonly name: string;
  readonly label: string;
}

const predictionOf = {
  better: "higher",
  worse: "lower",
  small: "same",
  unclear: undefined,
  "too-few": undefined,
} as const satisfies Readonly<Record<Judged["verdict"], Prediction | undefined>>;

/**
 * The answers to a guide's questions, by step; none for a step whose arms have no finished seed in common. Differences are
 * judged together: with at most 5 % probability any of a guide's verdicts is false.
 */
export function guideAnswers(
  run: RunState,
  steps: readonly GuideStep[],
  arms: readonly TrainedArm[],
): ReadonlyMap<string, StepAnswer> {
  const compared = steps.flatMap((step) => {
    const rows = rowsOf(run, step, arms);
    return rows ? [{ step, ...rows }] : [];
  });
  const differences = compared.flatMap(({ step: { id, question }, after }) => {
    const difference = question.kind === "difference" && after.difference?.[question.measure];
    return difference && difference.n > 0 ? [{ id, difference }] : [];
  });
  const judged = judge(differences.map(({ difference }) => difference));
  const judgedOf = (step: string) => judged[differences.findIndex(({ id }) => id === step)];
  return new Map(
    compared.flatMap(({ step, before, after }) => {
      const answer = answerOf(run, step, before, after, judgedOf(step.id));
      return answer ? [[step.id, answer] as const] : [];
    }),
  );
}

function rowsOf(run: RunState, { from, to }: GuideStep, arms: readonly TrainedArm[]) {
  const [former, latter] = [from, to].map((name) => arms.findIndex((arm) => arm.name === name));
  const [slot, other] = [run.armSlots[former ?? -1], run.armSlots[latter ?? -1]];
  if (slot === undefined || other === undefined) return undefined;
  const rows = resultRows(run, slot);
  const rowOf = (place: number, at = -1) => {
    const row = rows.find(({ id }) => id === armId(place));
    return row && { ...row, label: arms[at]?.label ?? row.label };
  };
  const [before, after] = [rowOf(slot, former), rowOf(other, latter)];
  return before && after ? { before, after } : undefined;
}

function answerOf(
  run: RunState,
  { question }: GuideStep,
  before: ResultRow,
  after: ResultRow,
  judged: Judged | undefined,
): StepAnswer | undefined {
  if (question.kind === "difference") {
    if (!judged) return undefined;
    const sentence = differenceText(after, before, question.measure, judged);
    return { right: predictionOf[judged.verdict], sentence, before, after };
  }
  const slot = run.armSlots.find((one) => armId(one) === after.id);
  const finished = slot === undefined ? [] : runsOfSlot(run, slot).filter(({ final }) => final);
  if (finished.length === 0) return undefined;
  const fallen = fallenOf(finished);
  return {
    right: fallen === 0 ? "none" : fallen < finished.length ? "some" : "all",
    sentence: texts().guides.atChance(after.label, fallen, finished.length),
    before,
    after,
  };
}

/** The one setting that a step changes, with its value before and after. */
export function changeOf(
  experiment: Experiment,
  { from, to }: Pick<GuideStep, "from" | "to">,
): readonly { readonly setting: string; readonly recorded: string; readonly here: string }[] {
  const [before, after] = [armCalled(experiment, from), armCalled(experiment, to)];
  const changes = changedSettings({ ...experiment, arms: [before] }, { ...experiment, arms: [after] });
  // A method's own settings come and go with the choice of the method.
  const isMethod = changes.some(({ setting }) => setting === "arms.0.scheme.method");
  return changes.filter(
    ({ setting, recorded, here }) =>
      !(isMethod && setting.startsWith("arms.0.scheme.") && (recorded === "–" || here === "–")),
  );
}

/** @throws if the experiment has no arm of this name; a test compares both */
export function armCalled({ arms }: Experiment, name: string): Arm {
  const arm = arms.find((one) => one.name === name);
  if (!arm) throw new Error(`There is no arm ${name}.`);
  return arm;
}
