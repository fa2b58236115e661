import { afterEach, beforeAll, expect, test } from "vitest";
import { schemeMethods } from "../../protocol/experiment";
import type { MetricName } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { startBackend } from "../device/start";
import { isLong } from "../test-size.test-support";
import { evaluatorFor } from "./runner-for";
import { smallSchemeFor, smallSchemes, variants } from "./small-schemes.test-support";
import { type ArmInput, endTrials, startTrial, type Trial } from "./trial.test-support";

/**
 * A recorded run is an eager run: for every method of the catalogue, with a pause, an evaluation, a timed step and a new
 * recording in between. `npm run captured` takes 50 steps of each and of whatever makes their steps others, and writes the
 * differences down; here it is a few, and the methods alone in the short suite.
 */

declare module "vitest" {
  interface TaskMeta {
    captured?: { readonly steps: number; readonly difference: number };
  }
}

const inFull = Number(import.meta.env["VITE_CAPTURED_STEPS"] ?? 0);
const steps = inFull || 5;

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

type Losses = readonly Partial<Record<MetricName, number>>[];

const optionsOf = { teacherSteps: 1 } as const;

/** Small schemes are for batches of four; here a batch is as large as in other trials, which have compiled for it. */
function withLargerQueue(arm: ArmInput): ArmInput {
  const parsed = parseExperiment({ batchSize: 4, arms: [arm] });
  const scheme = parsed.ok ? parsed.experiment.arms[0]?.scheme : undefined;
  return scheme ? { ...arm, scheme: smallSchemeFor(16, scheme) } : arm;
}

async function eager(arm: ArmInput): Promise<Losses> {
  const trial = await startTrial(arm, { ...optionsOf, recorded: false });
  const losses = await trial.advance(steps);
  endTrials();
  return losses;
}

/** Recorded, and disturbed as a visitor and the trainer disturb it. */
async function recorded(arm: ArmInput): Promise<Losses> {
  const trial = await startTrial(arm, optionsOf);
  const [early, late] = [Math.ceil(steps / 3), Math.ceil((2 * steps) / 3)];
  const losses = [...(await trial.advance(early))];
  await new Promise((resolve) => setTimeout(resolve, 5));
  await judge(trial);
  losses.push(...(await trial.advance(late - early - 1)));
  await trial.stage.advanceTimed();
  losses.push(...(await trial.stage.report()).map(({ values }) => values));
  await trial.renewStage();
  losses.push(...(await trial.advance(steps - late)));
  endTrials();
  return losses;
}

async function judge({ context, task }: Trial): Promise<void> {
  const evaluator = evaluatorFor(context, 1);
  for (const subject of [task.student, task.teacher])
    if (subject) await evaluator.live(subject.backbone, subject.probe, subject.classifier);
  await task.judge?.(evaluator, 1);
}

/** Of any term at any step, relative to it. */
function largestDifference(a: Losses, b: Losses): number {
  const differences = b.flatMap((row, step) =>
    Object.entries(row).map(([name, value]) => {
      const other = a[step]?.[name as MetricName] ?? Number.NaN;
      return other === value ? 0 : Math.abs(other - value) / Math.max(Math.abs(value), 1e-6);
    }),
  );
  // Math.max forgets no NaN.
  return Math.max(...differences);
}

const arms: readonly [string, ArmInput][] = [
  ...schemeMethods.map((method): [string, ArmInput] => [method, { scheme: smallSchemes[method] }]),
  ...(inFull || isLong ? Object.entries(variants) : []),
];

/** Without any, all. */
const asked = (import.meta.env["VITE_CAPTURED_NAMES"] ?? "").split("|").filter((name: string) => name !== "");
const taken = arms.filter(([name]) => asked.length === 0 || asked.includes(name));
/** Shampoo's roots take minutes without recording. */
const timeout = inFull || isLong ? 840_000 : 180_000;

test.for(taken)("%s: recorded steps compute what eager ones do", { timeout }, async ([, arm], { task }) => {
  const long = { ...withLargerQueue(arm), steps };
  const [expected, found] = [await eager(long), await recorded(long)];
  expect(found).toHaveLength(steps);
  const difference = largestDifference(found, expected);
  task.meta.captured = { steps, difference };
  expect(difference).toBeLessThanOrEqual(1e-5);
  expect(new Set(found.map(({ studentLoss }) => studentLoss)).size).toBe(steps);
});
