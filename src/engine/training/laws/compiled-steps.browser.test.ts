import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { type SchemeMethod, schemeMethods } from "../../../protocol/experiment";
import { type CompiledOptions, CompiledSteps } from "../../compiled/compiled-steps";
import { startBackend } from "../../device/start";
import { isLong } from "../../test-size.test-support";
import { smallSchemes, variants } from "../small-schemes.test-support";
import { evaluatorFor } from "../stages/runner-for";
import { readState, writeState } from "../stages/state-tensors";
import { type ArmInput, endTrials, numbersOf, startTrial, type Trial } from "../trial.test-support";

/**
 * A step compiled to WebAssembly is the eager step, for every method of the catalog and every kind of network and update.
 * `npm run captured` takes 50 steps of each method and variant.
 */

const inFull = Number(import.meta.env["VITE_CAPTURED_STEPS"] ?? 0);
const steps = inFull || 4;
const timeout = inFull ? 3_600_000 : isLong ? 840_000 : 180_000;
const shortVariants = ["LARS", "Adam, clipped", "S2-BNN ②"] as const;

let compiled: CompiledSteps | undefined;
beforeAll(async () => void (await startBackend("wasm")));
afterEach(() => {
  compiled?.dispose();
  endTrials();
});

/** Small schemes are for batches of four. */
function withLargerQueue(arm: ArmInput): ArmInput {
  const { scheme } = arm;
  return scheme && "queue" in scheme ? { ...arm, scheme: { ...scheme, queue: 32 } } : arm;
}

async function train(arm: ArmInput, threads: number): Promise<Trial> {
  compiled?.dispose();
  compiled = CompiledSteps.start({ threads });
  return startTrial({ ...withLargerQueue(arm), steps: 50 }, { teacherSteps: 1 });
}

const reasonOf = ({ stage }: Trial): string | undefined => {
  const [made] = stage.compilations.values();
  return made && "reason" in made ? made.reason : undefined;
};

const arms: readonly (readonly [string, ArmInput])[] = [
  ...schemeMethods.map((method: SchemeMethod) => [method, { scheme: smallSchemes[method] }] as const),
  ["a transformer", { scheme: smallSchemes.supervised, student: { network: "ViT", width: 0.125 } }],
  ["depthwise convolutions", { scheme: smallSchemes.supervised, student: { network: "MBV3s", width: 0.25 } }],
  ...Object.entries<ArmInput>(
    inFull || isLong
      ? variants
      : Object.fromEntries(shortVariants.map((name) => [name, variants[name] as ArmInput])),
  ),
];
const asked = (import.meta.env["VITE_CAPTURED_NAMES"] ?? "").split("|").filter((name: string) => name !== "");
const taken = arms.filter(([name]) => asked.length === 0 || asked.includes(`${name} on WASM`));

/** Relative; of numbers near 0, such as cosines of gradients, absolute. */
const difference = (found: number, expected: number) =>
  Math.abs(found - expected) / Math.max(Math.abs(expected), 0.05);

/** Gives one trial the numbers of another. */
async function copyState(from: Trial, to: Trial): Promise<void> {
  writeState(await readState([from.task]), [to.task]);
  const memory = from.task.remember?.();
  if (memory) to.task.recall?.(memory);
}

/** Takes one step, interrupted as a visitor and the trainer interrupt them. */
async function oneStep(trial: Trial, step: number) {
  if (step === Math.floor(steps / 3)) await evaluate(trial);
  if (step === Math.floor((2 * steps) / 3)) await trial.renewStage();
  if (step !== Math.floor(steps / 2)) return (await trial.advance(1))[0];
  await trial.stage.advanceTimed();
  return (await trial.stage.report())[0]?.values;
}

async function evaluate({ context, task }: Trial): Promise<void> {
  const evaluator = evaluatorFor(context, 1);
  for (const subject of [task.student, task.teacher])
    if (subject) await evaluator.live(subject.backbone, subject.probe, subject.classifier);
  await task.evaluate?.(evaluator, 1);
}

test.for(taken)(
  "%s on WASM: a compiled step computes what an eager one does",
  { timeout },
  async ([name, arm], { task }) => {
    const trial = await train(arm, 2);
    const eager = await startTrial(
      { ...withLargerQueue(arm), steps: 50 },
      { recorded: false, teacherSteps: 1 },
    );
    let largest = 0;
    for (let step = 0; step < steps; step++) {
      // Rounding grows from step to step, so each one starts from the same numbers.
      await copyState(trial, eager);
      const [found, expected] = [await oneStep(trial, step), (await eager.advance(1))[0]];
      expect(reasonOf(trial)).toBeUndefined();
      for (const [term, value] of Object.entries(expected ?? {}))
        largest = Math.max(largest, difference(found?.[term as keyof typeof found] ?? Number.NaN, value));
    }
    task.meta.captured = { steps, difference: largest };
    // Where weights and activations are signs, rounding turns some of them round.
    expect(largest).toBeLessThanOrEqual(name.toLowerCase().startsWith("s2") ? 0.02 : 1e-4);
  },
);

test("a step that cannot be compiled is taken as it is written down, and leaves nothing behind", async () => {
  const trial = await train({ scheme: smallSchemes.supervised }, 1);
  const { parameters } = (trial.task.student as NonNullable<Trial["task"]["student"]>).backbone;
  const before = await parameters.values();
  const { numTensors } = tf.memory();
  const made = compiled?.compile(() => {
    const [variable] = parameters.variables.values();
    variable?.assign(tf.mul(variable, 2));
    tf.keep(tf.round(tf.scalar(1.5)));
  });
  expect(made).toEqual({ reason: expect.stringContaining("Round") });
  expect(tf.memory().numTensors).toBe(numTensors);
  expect(await parameters.values()).toEqual(before);
});

test("the same bits come out for any number of threads", async () => {
  const arm: ArmInput = {
    scheme: smallSchemes["simdis-on"],
    optimiser: { kind: "lars", learningRate: 0.05 },
  };
  const outcomes = [];
  for (const threads of [1, 2, 4]) {
    const trial = await train(arm, threads);
    const reports = await trial.advance(steps);
    const { student, teacher } = trial.task;
    const stores = [student, teacher].flatMap((subject) =>
      subject ? [subject.backbone.parameters, subject.backbone.statistics] : [],
    );
    outcomes.push({ reports, numbers: await numbersOf(stores) });
    endTrials();
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
});

test("a network wide enough for Winograd's tiles has the same bits for any number of threads, and without tiles nearly the same", async () => {
  const arm: ArmInput = { scheme: smallSchemes.supervised, student: { network: "R8", width: 0.25 } };
  const outcomeOf = async (options: CompiledOptions) => {
    compiled?.dispose();
    compiled = CompiledSteps.start(options);
    const trial = await startTrial({ ...arm, steps: 50 }, { teacherSteps: 1 });
    await compiled.ready();
    const reports = await trial.advance(steps);
    expect(reasonOf(trial)).toBeUndefined();
    const { parameters } = (trial.task.student as NonNullable<Trial["task"]["student"]>).backbone;
    const numbers = await parameters.values();
    endTrials();
    return { losses: reports.map(({ studentLoss }) => studentLoss ?? Number.NaN), numbers };
  };
  const one = await outcomeOf({ threads: 1 });
  for (const threads of [2, 4]) expect(await outcomeOf({ threads })).toEqual(one);
  const plain = await outcomeOf({ threads: 2, winograd: false });
  expect(plain.numbers).not.toEqual(one.numbers);
  plain.losses.forEach((loss, i) => {
    expect(difference(one.losses[i] as number, loss)).toBeLessThan(1e-4);
  });
});

test("without relaxed multiply-add the same comes out but for the last bits", async () => {
  const arm: ArmInput = { scheme: smallSchemes.byol };
  const [expected] = await (await train(arm, 1)).advance(1);
  endTrials();
  compiled?.dispose();
  compiled = CompiledSteps.start({ threads: 1, relaxed: false });
  expect(compiled.relaxed).toBe(false);
  const plain = await startTrial({ ...arm, steps: 50 }, { teacherSteps: 1 });
  const [found] = await plain.advance(1);
  expect(reasonOf(plain)).toBeUndefined();
  expect(difference(found?.studentLoss ?? Number.NaN, expected?.studentLoss ?? Number.NaN)).toBeLessThan(
    1e-5,
  );
});

test("a compiled step takes little more memory than is alive at once", async () => {
  const trial = await train({ scheme: smallSchemes["simdis-on"] }, 1);
  await trial.advance(1);
  const [made] = trial.stage.compilations.values();
  if (!made || "reason" in made) throw new Error("The step was not compiled.");
  expect(made.facts.arenaBytes).toBeLessThanOrEqual(1.2 * made.facts.leastBytes);
});

test("what is loaded between steps is what the next one starts from", async () => {
  const arm: ArmInput = { scheme: smallSchemes.supervised };
  const trial = await train(arm, 2);
  const { student } = trial.task;
  if (!student) throw new Error("There is a student.");
  const { parameters } = student.backbone;
  const before = Float32Array.from(await parameters.values());
  const [first] = await trial.advance(1);
  expect(await parameters.values()).not.toEqual(before);
  parameters.load(before);
  expect(await parameters.values()).toEqual(before);
  await trial.advance(1);
  const after = await parameters.values();
  expect(after).not.toEqual(before);
  expect(first?.studentLoss).toBeGreaterThan(0);
});
