import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BackendName } from "../../../protocol/messages";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { isLong } from "../../test-size.test-support";
import { createLearner, probeRandom } from "../create-networks";
import type { Learner } from "../learners/learner";
import { taskContextOf } from "../run-context";
import type { Stage, StepReport } from "../stages/stage";
import { ByolTask } from "../tasks/byol";
import { byolPredictor, predictorsOf } from "../tasks/parts/predictors";
import { SimdisTask, type SimdisTeacher } from "../tasks/parts/simdis";
import type { Task } from "../tasks/parts/task";
import { endTrials, type Ground, numbersOf, openGround } from "../trial.test-support";

/** Laws of docs/methods.md §1 about tapes, frozen networks and recorded steps, on real steps of real networks. */

const steps = 12;
let ground: Ground;

async function setUp(backend: BackendName): Promise<void> {
  await startBackend(backend);
  ground = await openGround({ steps, scheme: { method: "byol" } });
}

const learnerOf = (role: "student" | "teacher") =>
  ground.own(createLearner(ground.context, ground.arm, 1, role, [byolPredictor]));

function byolTask(learner: Learner, role: "student" | "teacher", probeSeed = 1): Task {
  const shared = taskContextOf(ground.context, ground.arm);
  return ground.own(new ByolTask(shared, learner, role, probeRandom(probeSeed, role)));
}

const views = [1, 2, 3, 4, 5, 6, 7] as const;
const heads = "two";

function simdisTask(student: Learner, teacher: SimdisTeacher): Task {
  const probes = { student: probeRandom(1, "student"), teacher: probeRandom(1, "teacher") };
  const shared = taskContextOf(ground.context, ground.arm);
  return ground.own(new SimdisTask(shared, heads, views, student, teacher, probes));
}

/** A student with the two predictors of the scheme. */
const simdisStudent = (): Learner =>
  ground.own(createLearner(ground.context, ground.arm, 1, "student", predictorsOf(heads, views)));

const stageOf = (task: Task, recorded?: boolean): Stage => ground.stageOf(task, undefined, recorded);

async function advance(stage: Stage, steps: number): Promise<StepReport[]> {
  for (let step = 0; step < steps; step++) stage.advance();
  return stage.report();
}

/** The weights and running statistics of a learner's online network and momentum copy. */
const stateOf = ({ online, momentum }: Learner): Promise<readonly Float32Array[]> =>
  numbersOf([online, momentum].flatMap(({ parameters, statistics }) => [parameters, statistics]));

afterEach(endTrials);

describe("on WebGPU", () => {
  beforeEach(() => setUp("webgpu"));

  test.each(["train", "eval"] as const)(
    "a frozen teacher with batch norm in %s mode does not change, bit for bit, including momentum copy and statistics",
    async (batchNorm) => {
      const teacher = learnerOf("teacher");
      await advance(stageOf(byolTask(teacher, "teacher")), 2);
      const before = await stateOf(teacher);
      const student = simdisStudent();
      const studentBefore = await stateOf(student);
      await advance(stageOf(simdisTask(student, { kind: "frozen", learner: teacher, batchNorm })), 4);
      expect(await stateOf(teacher)).toEqual(before);
      expect(await stateOf(student)).not.toEqual(studentBefore);
    },
  );

  test("an online teacher learns the same with and without a student, bit for bit", async () => {
    const alone = learnerOf("teacher");
    const losses = await advance(stageOf(byolTask(alone, "teacher")), 5);
    const observed = learnerOf("teacher");
    const task = simdisTask(simdisStudent(), { kind: "online", learner: observed });
    const joint = await advance(stageOf(task), 5);
    expect(joint.map(({ values }) => values.teacherLoss)).toEqual(
      losses.map(({ values }) => values.teacherLoss),
    );
    expect(await stateOf(observed)).toEqual(await stateOf(alone));
  });

  test("the probe has no influence on the encoder", async () => {
    const [one, other] = [learnerOf("student"), learnerOf("student")];
    await advance(stageOf(byolTask(one, "student", 1)), 4);
    await advance(stageOf(byolTask(other, "student", 2)), 4);
    expect(await stateOf(other)).toEqual(await stateOf(one));
  });

  test("SimDis-On-7v with two heads: a recorded step equals an eager one", async () => {
    const taskOf = () => simdisTask(simdisStudent(), { kind: "online", learner: learnerOf("teacher") });
    const recorded = await advance(stageOf(taskOf()), steps);
    const eager = await advance(stageOf(taskOf(), false), steps);
    const losses = (reports: readonly StepReport[]) =>
      reports.map(({ values }) => Object.values(values) as number[]);
    expect(losses(recorded)).toEqual(losses(eager));
    expect(new Set(losses(recorded).flat()).size).toBeGreaterThan(steps);
  });

  test("after the first step, no step allocates a tensor or GPU memory", async () => {
    const stage = stageOf(simdisTask(simdisStudent(), { kind: "online", learner: learnerOf("teacher") }));
    await advance(stage, 2);
    const held = () => [tf.memory().numTensors, trainingBackend()?.allocatedBytes];
    const before = held();
    for (let step = 0; step < 8; step++) {
      await advance(stage, 1);
      expect(held()).toEqual(before);
    }
  });
});

/** WebGL and CPU are too slow for the short suite. */
const withoutWebgpu = isLong ? (["wasm", "webgl", "cpu"] as const) : (["wasm"] as const);

test.each(withoutWebgpu)("the portable path on %s takes the same steps as WebGPU", async (name) => {
  const losses = async (backend: BackendName) => {
    await setUp(backend);
    const task = simdisTask(simdisStudent(), { kind: "online", learner: learnerOf("teacher") });
    const reports = await advance(stageOf(task), 2);
    endTrials();
    return reports.flatMap(({ values }) => Object.values(values) as number[]);
  };
  const [onGpu, portable] = [await losses("webgpu"), await losses(name)];
  expect(portable).toHaveLength(onGpu.length);
  portable.forEach((value, i) => void expect(Math.abs(value - (onGpu[i] as number))).toBeLessThan(2e-3));
});
