import { afterEach, beforeAll, expect, test } from "vitest";
import { schemeMethods } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics/metrics";
import { parseExperiment } from "../../../protocol/problems";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { isLong } from "../../test-size.test-support";
import { smallSchemeFor, smallSchemes, variants } from "../small-schemes.test-support";
import { evaluatorFor } from "../stages/runner-for";
import { type ArmInput, endTrials, startTrial, type Trial } from "../trial.test-support";

/**
 * Recorded steps equal eager ones, for every method of the catalog, with a pause, an evaluation, a timed step and a
 * new recording in between. `npm run captured` takes 50 steps of each method and variant and writes the differences
 * into docs/captured.md; here it is a few steps, and in the short suite only the methods, without those whose kernels no
 * other test needs: compiling them would take half of the time. compiled-steps compares these, on WebAssembly.
 */

declare module "vitest" {
  interface TaskMeta {
    captured?: { readonly steps: number; readonly difference: number };
  }
}

const alone: readonly string[] = ["mokd", "detection", "funmatch"];

const inFull = Number(import.meta.env["VITE_CAPTURED_STEPS"] ?? 0);
const steps = inFull || 4;

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

type Losses = readonly Partial<Record<MetricName, number>>[];

/**
 * Small schemes are for batches of four. Here batches have the size of other trials, whose kernels are already
 * compiled, except MOKD's transformer heads.
 */
const batchOf = ({ scheme }: ArmInput) => (scheme?.method === "mokd" ? 4 : 16);
const optionsOf = (arm: ArmInput) => ({ teacherSteps: 1, experiment: { batchSize: batchOf(arm) } });

function withLargerQueue(arm: ArmInput): ArmInput {
  const parsed = parseExperiment({ batchSize: 4, arms: [arm] });
  const scheme = parsed.ok ? parsed.experiment.arms[0]?.scheme : undefined;
  return scheme ? { ...arm, scheme: smallSchemeFor(batchOf(arm), scheme) } : arm;
}

async function eager(arm: ArmInput): Promise<Losses> {
  const trial = await startTrial(arm, { ...optionsOf(arm), recorded: false });
  const losses = await trial.advance(steps);
  endTrials();
  return losses;
}

/** Losses of recorded steps, interrupted as a visitor and the trainer interrupt them. */
async function recorded(arm: ArmInput): Promise<Losses> {
  const trial = await startTrial(arm, optionsOf(arm));
  const [early, late] = [Math.floor(steps / 3), Math.ceil((2 * steps) / 3)];
  const losses = [...(await trial.advance(early))];
  await new Promise((resolve) => setTimeout(resolve, 5));
  await evaluate(trial);
  losses.push(...(await trial.advance(late - early - 1)));
  await trial.stage.advanceTimed();
  losses.push(...(await trial.stage.report()).map(({ values }) => values));
  await trial.renewStage();
  losses.push(...(await trial.advance(steps - late)));
  endTrials();
  return losses;
}

async function evaluate({ context, task }: Trial): Promise<void> {
  const evaluator = evaluatorFor(context, 1);
  for (const subject of [task.student, task.teacher])
    if (subject) await evaluator.live(subject.backbone, subject.probe, subject.classifier);
  await task.evaluate?.(evaluator, 1);
}

/** The largest difference of any term at any step, relative to the term. */
function largestDifference(a: Losses, b: Losses): number {
  const differences = b.flatMap((row, step) =>
    Object.entries(row).map(([name, value]) => {
      const other = a[step]?.[name as MetricName] ?? Number.NaN;
      return other === value ? 0 : Math.abs(other - value) / Math.max(Math.abs(value), 1e-6);
    }),
  );
  // Math.max keeps NaN.
  return Math.max(...differences);
}

const arms: readonly [string, ArmInput][] = [
  ...schemeMethods
    .filter((method) => inFull || isLong || !alone.includes(method))
    .map((method): [string, ArmInput] => [method, { scheme: smallSchemes[method] }]),
  ...(inFull || isLong ? Object.entries(variants) : []),
];

/** The names of the arms to compare; all if there are none. */
const asked = (import.meta.env["VITE_CAPTURED_NAMES"] ?? "").split("|").filter((name: string) => name !== "");
const taken = arms.filter(([name]) => asked.length === 0 || asked.includes(name));
/** Computing Shampoo's roots takes minutes without recording; 50 steps of MOKD take ten on a software GPU. */
const timeout = inFull ? 3_600_000 : isLong ? 840_000 : 180_000;

test.for(taken)("%s: recorded steps equal eager ones", { timeout }, async ([, arm], { task }) => {
  const long = { ...withLargerQueue(arm), steps };
  const [expected, found] = [await eager(long), await recorded(long)];
  expect(found).toHaveLength(steps);
  const difference = largestDifference(found, expected);
  task.meta.captured = { steps, difference };
  expect(difference).toBeLessThanOrEqual(1e-5);
  expect(new Set(found.map(({ studentLoss }) => studentLoss)).size).toBe(steps);
});

/** The bytes of each upload to the GPU while a step is replayed. */
async function uploadsOf(scheme: ArmInput["scheme"]): Promise<number[]> {
  const { advance } = await startTrial({ scheme });
  await advance(2);
  const queue = trainingBackend()?.device.queue;
  if (!queue) throw new Error("This is for WebGPU.");
  const written: number[] = [];
  const write = queue.writeBuffer.bind(queue);
  queue.writeBuffer = (buffer, offset, data, ...part) => {
    written.push(data.byteLength);
    write(buffer, offset, data as Float32Array<ArrayBuffer>, ...part);
  };
  try {
    await advance(1);
  } finally {
    queue.writeBuffer = write;
  }
  return written;
}

test.skipIf(inFull > 0)(
  "a replayed step makes one upload, which has an order of the batch only if it shuffles",
  async () => {
    const plain = await uploadsOf({ method: "supervised" });
    const shuffled = await uploadsOf({ method: "moco", queue: 32, normGroups: 2 });
    expect([plain.length, shuffled.length]).toEqual([1, 1]);
    expect(shuffled[0]).toBeGreaterThan(plain[0] as number);
    expect(shuffled[0]).toBeLessThan(2_048);
  },
);
