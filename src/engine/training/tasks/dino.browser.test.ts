import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { type ArmInput, checkedLosses, endTrials, numbersOf, startTrial } from "../trial.test-support";
import { backendOfTasks } from "../trial-backend.test-support";
import { DinoTask } from "./dino";

beforeAll(async () => void (await startBackend(backendOfTasks)));
afterEach(endTrials);

const prototypes = 32;
const scheme = { method: "dino", prototypes, patches: 1 } as const satisfies ArmInput["scheme"];
const arm = { scheme, tau0: 0.9, optimiser: { learningRate: 0.3 } } as const satisfies ArmInput;

test("DINO with patches: a recorded step equals an eager one", async () => {
  const patched = { ...arm, scheme: { ...scheme, patches: 2 } };
  const recorded = await checkedLosses(patched, 4);
  expect(new Set(recorded.map(({ studentLoss }) => studentLoss)).size).toBe(4);
});

/** The private fields of DINO's task. */
const insides = (task: unknown) => {
  if (!(task instanceof DinoTask)) throw new Error("It is DINO's.");
  return { networks: task["networks"], heads: task["heads"], center: () => task["center"] };
};

test("DINO: the center moves, the teacher changes at every step, the loss is below ln P", async () => {
  const { task, advance } = await startTrial(arm);
  const { networks, heads, center } = insides(task);
  const look = async () => ({
    center: Array.from(await center().tensor.data()),
    teacher: await numbersOf([networks.momentum.parameters, heads.momentum.parameters]),
  });
  const before = await look();
  const [first] = await advance(1);
  const after = await look();
  await advance(1);
  const later = await look();
  expect(before.center).toEqual(new Array(prototypes).fill(0));
  expect(after.center).not.toEqual(before.center);
  expect(later.center).not.toEqual(after.center);
  expect(after.teacher).not.toEqual(before.teacher);
  expect(later.teacher).not.toEqual(after.teacher);
  const losses = [first, ...(await advance(8))].map((row) => row?.studentLoss ?? Number.NaN);
  expect(losses.at(-1)).toBeLessThan(Math.log(prototypes));
  expect(first?.teacherEntropy).toBeGreaterThan(0);
  expect(first?.teacherEntropy).toBeLessThan(Math.log(prototypes));
});

test("the prototypes are frozen in the first epoch and change in the second", async () => {
  const { task, advance, context } = await startTrial({
    ...arm,
    optimiser: { learningRate: 0.3, weightDecay: 0 },
  });
  const { heads } = insides(task);
  const numbers = () => numbersOf([heads.online.prototypes]);
  const start = await numbers();
  const perEpoch = Math.floor(context.parts.train.set.count / 16);
  await advance(perEpoch);
  expect(await numbers()).toEqual(start);
  await advance(1);
  expect(await numbers()).not.toEqual(start);
});

test("the teacher is the network that is evaluated", async () => {
  const { task } = await startTrial(arm);
  expect(task.student?.backbone).toBe(insides(task).networks.momentum);
});

test("the teacher's temperature warms up to its last value", async () => {
  const { advance, context } = await startTrial({
    ...arm,
    scheme: { ...scheme, teacherTemperature: 0.02, lastTeacherTemperature: 0.08 },
  });
  await advance(1);
  expect(context.inputs.value("teacherTemperature")).toBeCloseTo(0.02, 6);
  await advance(6);
  expect(context.inputs.value("teacherTemperature")).toBeCloseTo(0.08, 6);
});
