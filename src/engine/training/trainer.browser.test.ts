import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Diagnosis } from "../../protocol/device/diagnosis";
import type { InspectedMoment, Inspection, Look } from "../../protocol/messages";
import { startBackend } from "../device/start";
import { isLong } from "../test-size.test-support";
import { TrainingEnded } from "./stages/checkpoint";
import { curveOf, tiny, tinyExperiment, train } from "./training.test-support";
import { backendOfTrials } from "./trial-backend.test-support";

const fourArms = tinyExperiment({
  arms: [
    { ...tiny, name: "BYOL", scheme: { method: "byol" } },
    { ...tiny, name: "Off", scheme: { method: "simdis-off" } },
    { ...tiny, name: "Off, other targets", scheme: { method: "simdis-off", targets: [3, 6] } },
    { ...tiny, name: "On-7v", scheme: { method: "simdis-on", targets: [1, 2, 3, 4, 5, 6, 7] } },
    { ...tiny, name: "Supervised", scheme: { method: "supervised" } },
  ],
});

const oneArm = tinyExperiment({ arms: [{ ...tiny, scheme: { method: "supervised" } }] });

describe("on WebGPU", () => {
  beforeAll(async () => void (await startBackend("webgpu")));

  test("the same experiment gives the same curve, also if it is paused, stepped and measured", async () => {
    // Of all methods, supervised training has the fewest kernels to compile, an online teacher with its student the most.
    const [method, stage] = isLong ? (["simdis-on", "joint"] as const) : (["supervised", "student"] as const);
    const experiment = tinyExperiment({ arms: [{ ...tiny, scheme: { method } }] });
    const once = await train(experiment);
    const diagnoses: Promise<Diagnosis>[] = [];
    const paused = await train(experiment, {
      during: (trainer, row) => {
        if (row.step !== 2) return;
        trainer.pause();
        trainer.step();
        diagnoses.push(trainer.diagnose());
        setTimeout(() => trainer.step(), 30);
        setTimeout(() => trainer.resume(), 60);
      },
    });
    expect(curveOf(paused.rows.get("0-1"))).toEqual(curveOf(once.rows.get("0-1")));
    const [diagnosis] = await Promise.all(diagnoses);
    expect(diagnosis).toMatchObject({ runId: "0-1", stage, steps: "recorded" });
    const dispatches = diagnosis?.kernels?.reduce((sum, kernel) => sum + kernel.dispatches, 0);
    expect(dispatches).toBe(diagnosis?.dispatches);
    expect(diagnosis?.peak?.gflops).toBeGreaterThan(0);
  });

  test("a stopped experiment leaks no memory", async () => {
    const before = tf.memory().numTensors;
    const { finals } = await train(isLong ? fourArms : oneArm, { during: (trainer) => trainer.stop() });
    expect(finals.size).toBe(0);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("on any backend", () => {
  beforeAll(async () => void (await startBackend(isLong ? "webgpu" : backendOfTrials)));

  test("every arm trains to its end, is evaluated, and leaks no GPU memory; arms share an offline teacher", async () => {
    const before = tf.memory().numTensors;
    const { rows, floors, finals, failures } = await train(fourArms);
    expect(failures).toEqual([]);
    expect([...finals.keys()].sort()).toEqual(["0-1", "1-1", "2-1", "3-1", "4-1"]);
    expect(floors.size).toBe(5);
    for (const { linearLearningRate, linearSweep = [] } of finals.values()) {
      expect(linearSweep).toHaveLength(6);
      const best = Math.max(...linearSweep.map(({ validationTop1 }) => validationTop1));
      expect(linearSweep).toContainEqual({ learningRate: linearLearningRate, validationTop1: best });
    }
    for (const { final } of floors.values()) {
      expect([final?.calibrated, final?.untrained].map((one) => one?.probeTop1)).toEqual([
        expect.any(Number),
        expect.any(Number),
      ]);
    }
    for (const [runId, all] of rows) {
      const students = all.filter(({ stage }) => stage !== "teacher");
      expect(students.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      expect(students.filter(({ values }) => values.knnTop1 !== undefined).map(({ step }) => step)).toEqual([
        0, 3, 6,
      ]);
      expect(
        students.slice(1).every(({ values }) => Number.isFinite(values.studentLoss)),
        runId,
      ).toBe(true);
      expect(new Set(all.map(({ macs }) => macs)).size).toBeGreaterThan(6);
    }
    expect(rows.get("3-1")?.at(-1)?.values.viewLoss7).toBeGreaterThan(0);
    expect(rows.get("1-1")?.at(-1)?.values.agreement).toBeDefined();
    expect(tf.memory().numTensors).toBe(before);

    // An offline teacher is trained once for both arms that need it.
    const teacherRows = (runId: string) => rows.get(runId)?.filter(({ stage }) => stage === "teacher") ?? [];
    expect(teacherRows("1-1").map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(teacherRows("2-1")).toEqual(teacherRows("1-1"));
  });

  test("a look at an image between two steps changes nothing, and covers all four networks", async () => {
    const experiment = tinyExperiment({ arms: [{ ...tiny, scheme: { method: "simdis-on" }, steps: 4 }] });
    const once = await train(experiment);
    const inspections: Promise<InspectedMoment>[] = [];
    const looks: Promise<Look>[] = [];
    const refused: Promise<unknown>[] = [];
    const looked = await train(experiment, {
      during: (trainer, row) => {
        if (row.step === 3) inspections.push(trainer.inspect("0-1"));
        if (row.step !== 0) return;
        looks.push(trainer.look({ runId: "0-1", index: 5, roll: 1 }));
        refused.push(trainer.look({ runId: "0-1", index: 80, roll: 0 }).catch((error: unknown) => error));
      },
    });
    expect(curveOf(looked.rows.get("0-1"))).toEqual(curveOf(once.rows.get("0-1")));
    const [look] = await Promise.all(looks);
    expect(look).toMatchObject({ stage: "joint", views: { count: 8, size: 16 } });
    expect(look?.seen.map(({ role, logits }) => [role, logits.length, logits[0]?.length])).toEqual([
      ["student", 8, 10],
      ["teacher", 8, 10],
    ]);
    // The image is not its own neighbor, so 79 of 80 are left.
    expect(look?.bank).toHaveLength(79);
    expect(look?.bank).not.toContain(5);
    for (const { cosines } of look?.seen ?? []) {
      expect(cosines.map((row) => row.length)).toEqual(Array(8).fill(79));
      expect(Math.max(...cosines.flat())).toBeLessThanOrEqual(1 + 1e-6);
      expect(new Set(cosines.flat()).size).toBeGreaterThan(79);
    }
    const { labels = [], values = [], pairs } = look?.similarities ?? {};
    expect(labels).toEqual(["S-v", "S-v′", "Ŝ-v", "Ŝ-v′", "T-v", "T-v′", "T̂-v", "T̂-v′"]);
    expect(pairs).toBe(16);
    labels.forEach((_, a) => {
      expect(values[9 * a]).toBeCloseTo(1, 5);
      labels.forEach((_, b) => {
        expect(values[8 * a + b]).toBeCloseTo(values[8 * b + a] ?? 0, 6);
      });
    });
    // After a step the momentum copy is close to its network, and the teacher is far from both.
    expect(values[2]).toBeGreaterThan(values[4] ?? 1);
    expect(String(await refused[0])).toContain("no training image 80");

    // Taken at an evaluated step: the same images with the same neighbors.
    const [{ stage, step, student, teacher } = { stage: "", step: 0 }] = await Promise.all(inspections);
    const inspected = { ...(student && { student }), ...(teacher && { teacher }) };
    const { values: point } = looked.rows.get("0-1")?.find((row) => row.step === 3) ?? {};
    expect([stage, step]).toEqual(["joint", 3]);
    const right = ({ labels, predictions }: Inspection) =>
      labels.filter((label, at) => label === predictions[at]).length / labels.length;
    expect(Object.entries(inspected).map(([role, seen]) => [role, right(seen)])).toEqual([
      ["student", point?.knnTop1],
      ["teacher", point?.teacherKnnTop1],
    ]);
    for (const { images } of Object.values(inspected)) {
      expect(images).toEqual(looked.finals.get("0-1")?.inspection?.images);
    }
  });

  test("held networks can be inspected after the end until they are released, with the final evaluation's results", async () => {
    const before = tf.memory().numTensors;
    const experiment = tinyExperiment({ arms: [{ ...tiny, scheme: { method: "byol" }, steps: 1 }] });
    const { trainer, finals } = await train(experiment, { holdsNetworks: true });
    const looked = trainer.look({ runId: "0-1", index: 5, roll: 0 });
    const inspected = trainer.inspect("0-1");
    // Earlier requests are still answered.
    await trainer.release();
    expect((await looked).step).toBe(1);
    expect((await inspected).student?.predictions).toEqual(finals.get("0-1")?.inspection?.predictions);
    expect(tf.memory().numTensors).toBe(before);
    await expect(trainer.inspect("0-1")).rejects.toThrow(TrainingEnded);
  });

  test("the losses of BYOL and of SimDis with target view 3 alone are equal bit for bit", async () => {
    const { rows } = await train(
      tinyExperiment({
        arms: [
          { ...tiny, scheme: { method: "byol" } },
          { ...tiny, scheme: { method: "simdis-on", targets: [3] } },
        ],
      }),
    );
    const losses = (runId: string) =>
      rows.get(runId)?.map(({ values }) => [values.studentLoss, values.knnTop1]);
    expect(losses("0-1")).toEqual(losses("1-1"));
  });

  test("a run that diverges fails with its step and network, and the others continue", async () => {
    const { failures, finals } = await train(
      tinyExperiment({
        // The rate grows with the batch, so that weights overshoot with any gradient.
        batchSize: 64,
        arms: [
          {
            ...tiny,
            scheme: { method: "supervised" },
            warmup: 0,
            optimiser: { learningRate: 100, weightDecay: 1 },
            steps: 60,
          },
          { ...tiny, scheme: { method: "byol" } },
        ],
      }),
    );
    expect(failures.map(String)).toEqual([
      expect.stringMatching(/student's loss is not a number at step \d+/),
    ]);
    expect([...finals.keys()]).toEqual(["1-1"]);
  });
});
