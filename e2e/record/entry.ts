import { createHash } from "node:crypto";
import type { RecordPlan } from "../../src/protocol/records/catalog";
import type { RecordEntry, RecordedPicture } from "../../src/protocol/records/register";
import { answerOf } from "../../src/series/recorded-answer";
import { lastOf } from "../../src/store/measurements/column";
import { curveOf } from "../../src/store/measurements/series";
import { plannedMacs } from "../../src/store/progress";
import { readRecord } from "../../src/store/records/load-record";
import type { RunState } from "../../src/store/run-state";

/** Points of each line of the picture. */
const PICTURE_POINTS = 24;

/** Of the page that trained it. */
export interface Origin {
  readonly version: string;
  readonly commit: string;
}

/**
 * Everything the register says about a record, computed from its file by the page's own code.
 *
 * @throws Error if a run of the comparison has not finished
 */
export async function entryOf(
  plan: RecordPlan,
  content: Uint8Array<ArrayBuffer>,
  origin: Origin,
): Promise<RecordEntry> {
  const run = await readRecord(plan, new Blob([content]));
  const unfinished = run.runs.find(({ final }) => !final);
  if (unfinished) throw new Error(`${plan.id}: run ${unfinished.planned.runId} has not finished.`);
  const answer = answerOf(run, plan.answer);
  if (!answer || !run.experiment || !run.reopened) throw new Error(`${plan.id} has no answer.`);
  const { n, mean, deviation } = answer.difference;
  const hash = createHash("sha256").update(content).digest();
  return {
    id: plan.id,
    file: `${plan.id}-${hash.toString("hex").slice(0, 8)}.retort`,
    integrity: `sha256-${hash.toString("base64")}`,
    bytes: content.length,
    recordedAt: run.reopened.startedAt,
    device: run.reopened.device ?? "",
    ...origin,
    arms: run.experiment.arms.map(({ name }) => name),
    seeds: run.experiment.seeds.length,
    macs: sum(run.runs.map(({ planned }) => plannedMacs(planned))),
    wallMs: sum(run.runs.map(({ series }) => lastOf(series.wall) ?? 0)),
    answer: { n, mean, deviation: Number.isFinite(deviation) ? deviation : null, ...answer.judged },
    picture: pictureOf(run, plan),
  };
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

function pictureOf(run: RunState, { curve }: RecordPlan): RecordedPicture {
  const lines = run.armSlots.map((_, arm) => lineOf(run, arm, curve));
  return { steps: Math.max(...lines.map((line) => line.at(-2) ?? 0)), lines };
}

function lineOf({ runs }: RunState, arm: number, curve: RecordPlan["curve"]): number[] {
  const byStep = new Map<number, number[]>();
  for (const { planned, series } of runs) {
    if (planned.arm !== arm) continue;
    const { x, y } = curveOf(series, curve, "step", ["student", "joint"]);
    // Of several measurements at one step the newest counts.
    for (const [step, value] of new Map([...x].map((place, at) => [place, y[at] as number]))) {
      byStep.set(step, [...(byStep.get(step) ?? []), value]);
    }
  }
  const places = [...byStep].sort(([a], [b]) => a - b);
  const count = Math.min(places.length, PICTURE_POINTS);
  const stride = (places.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, at) => Math.round(at * stride))
    .flatMap((at) => places.slice(at, at + 1))
    .flatMap(([step, values]) => [step, Math.round((1_000 * sum(values)) / values.length)]);
}
