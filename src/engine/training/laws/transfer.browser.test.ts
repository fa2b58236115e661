import { beforeAll, describe, expect, test } from "vitest";
import type { MetricRow } from "../../../protocol/metrics/metrics";
import { startBackend } from "../../device/start";
import type { NamedNumbers } from "../../networks/parameters";
import {
  type ArmInput,
  type Course,
  coursesOf,
  fast,
  ofStage,
  tiny,
  tinyExperiment,
} from "../training.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

/** Networks that start from trained ones, and stages that follow a student's own. */

const gentle = { scale: { min: 0.9, max: 1 }, jitterProbability: 0, grayscaleProbability: 0 };

beforeAll(async () => void (await startBackend(backendOfTrials)));

/** Trains arms. Returns their results in order. */
function train(
  arms: Readonly<Record<string, ArmInput>>,
  files: Readonly<Record<string, readonly NamedNumbers[]>> = {},
  withheld: { readonly unlabelled?: number; readonly unlabelledFor?: "pools" | "selfSupervised" } = {},
): Promise<readonly Course[]> {
  const experiment = tinyExperiment({
    dataset: { source: "shapes", difficulty: "easy", train: 160, test: 60, ...withheld },
    evaluation: { everySteps: 1_000 },
    views: { first: gentle },
    arms: Object.entries(arms).map(([name, arm]) => ({ ...tiny, ...fast, teacherSteps: 6, ...arm, name })),
  });
  return coursesOf(experiment, { files });
}

const isHead = (name: string) => name.startsWith("classifier");
/** The names of tensors that differ. */
const differences = (a: ReadonlyMap<string, NamedNumbers>, b: ReadonlyMap<string, NamedNumbers>) =>
  [...a.values()]
    .filter(({ name, values }) => values.some((x, i) => x !== b.get(name)?.values[i]))
    .map(({ name }) => name);

describe("Pretrained init", () => {
  test("students of several arms start from the same pretrained encoder, and start better", async () => {
    const start = { from: "supervised", steps: 50 } as const;
    const faster = { learningRate: 2, teacherLearningRate: 2 };
    const [scratch, loaded, matched] = (await train({
      scratch: { scheme: { method: "supervised" }, optimiser: faster },
      loaded: { scheme: { method: "supervised" }, start, optimiser: faster },
      matched: { scheme: { method: "funmatch" }, start, optimiser: faster },
    })) as [Course, Course, Course];
    for (const course of [loaded, matched]) {
      const [end, begin] = [ofStage(course, "pretraining").at(-1), ofStage(course, "student")[0]];
      expect(end?.step).toBe(50);
      expect(begin?.values.knnTop1).toBe(end?.values.knnTop1);
      expect(begin?.macs).toBeGreaterThanOrEqual(end?.macs ?? Number.NaN);
    }
    const begin = (course: Course) => ofStage(course, "student")[0]?.values.knnTop1;
    expect(begin(matched)).toBe(begin(loaded));
    const losses = (course: Course) =>
      ofStage(course, "student").map(({ values }) => values.studentLoss ?? 0);
    const total = (course: Course) => losses(course).reduce((sum, loss) => sum + loss, 0);
    expect(total(loaded)).toBeLessThan(0.95 * total(scratch));
  });

  test("pretraining by distillation has its own teacher and its own images", async () => {
    const start = { from: "distilled", images: "hard", steps: 4 } as const;
    const [course] = (await train({ one: { scheme: { method: "kd" }, start, teacherSteps: 3 } })) as [Course];
    const stages = [...new Set(course.rows.map(({ stage }) => stage))];
    expect(stages).toEqual(["sourceTeacher", "pretraining", "teacher", "student"]);
    const firstLoss = (stage: MetricRow["stage"]) => ofStage(course, stage)[1]?.values.teacherLoss;
    expect(firstLoss("sourceTeacher")).not.toBe(firstLoss("teacher"));
    expect(course.rows.map(({ wallMs }) => wallMs)).toEqual(
      course.rows.map(({ wallMs }) => wallMs).toSorted((a, b) => a - b),
    );
  });

  test("a weights file restores the network that was exported; a file of another network is refused, naming the tensor", async () => {
    const [first] = (await train({ one: { scheme: { method: "kd" } } })) as [Course];
    const [student, teacher] = ["a".repeat(64), "b".repeat(64)];
    const files = { [student]: [...first.student.values()], [teacher]: [...first.teacher.values()] };
    const start = { from: "file", file: student, teacherFile: teacher } as const;
    const again = { scheme: { method: "kd" }, start, teacherSteps: 0, steps: 1 } as const;
    const [course] = (await train({ again }, files)) as [Course];
    expect(differences(course.teacher, first.teacher)).toEqual([]);
    const [begin] = ofStage(course, "student");
    const [end] = ofStage(first, "student").slice(-1);
    expect(begin?.values.top1).toBe(end?.values.top1);
    const wider = { student: { network: "R8", width: 0.25 } } as const;
    await expect(train({ again: { ...again, ...wider } }, files)).rejects.toThrow(
      "stem/filter is [3,3,3,8] where [3,3,3,16] is needed",
    );
  });
});

test("Fix strategy: only the classifier changes; training and evaluation use plain images 1.15 times as large", async () => {
  const arm = { scheme: { method: "supervised" } } as const;
  const [plain, fixed] = (await train({ plain: arm, fixed: { ...arm, fixSteps: 5 } })) as [Course, Course];
  expect(differences(plain.student, fixed.student).sort()).toEqual(["classifier/bias", "classifier/weight"]);
  const [before] = ofStage(fixed, "student").slice(-1);
  const [first, ...others] = ofStage(fixed, "fix");
  expect(others.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
  // The same network with images of another size.
  expect(first?.values.top1).toBeDefined();
  expect(first?.values.spread).not.toBe(before?.values.spread);
});

test("1k fine-tune: SSLD's last steps are a stage that continues with the student at a hundredth of the rate", async () => {
  const scheme = { method: "ssld", fineTune: 0.5 } as const;
  const [course] = (await train({ one: { scheme, schedule: "constant", steps: 8 } })) as [Course];
  const [main, tail] = [ofStage(course, "student"), ofStage(course, "fineTune")];
  expect([main.at(-1)?.step, tail.at(-1)?.step]).toEqual([4, 4]);
  expect(tail[0]?.values.top1).toBe(main.at(-1)?.values.top1);
  expect(tail[0]?.values.probeTop1).toBe(main.at(-1)?.values.probeTop1);
  const rate = (rows: readonly MetricRow[]) => rows.at(-1)?.values.learningRate ?? Number.NaN;
  expect(rate(tail)).toBeCloseTo(0.01 * rate(main), 12);
});

test("Unlabeled expansion: an experiment withholds labels, and SSLD's student also learns from those images", async () => {
  const scheme = { method: "ssld", pool: "selected", perClass: 3, fineTune: 0.5 } as const;
  const arms = { with: { scheme }, without: { scheme: { ...scheme, pool: "none" } } } as const;
  const [pooled, plain] = (await train(arms, undefined, { unlabelled: 0.5 })) as [Course, Course];
  const { values: { poolImages = 0, poolDuplicates } = {} } = ofStage(pooled, "student")[0] ?? {};
  expect(poolImages).toBeGreaterThan(0);
  expect(poolImages).toBeLessThanOrEqual(30);
  expect(poolDuplicates).toBeDefined();
  const losses = (course: Course) => ofStage(course, "student").map(({ values }) => values.studentLoss ?? 0);
  expect(losses(pooled)).not.toEqual(losses(plain));
  expect(losses(pooled).every(Number.isFinite)).toBe(true);
  // Half of 160 images have labels, so the teacher's epoch has five steps of 16 images.
  expect(ofStage(pooled, "teacher").at(-1)?.epoch).toBeCloseTo(6 / 5, 10);
});

test("Unlabeled expansion: a self-supervised student and its teacher learn from all images if the experiment says so", async () => {
  const arms = {
    off: { scheme: { method: "simdis-off" } },
    labels: { scheme: { method: "supervised" } },
  } as const;
  const alone = await train(arms, undefined, { unlabelled: 0.5 });
  const all = await train(arms, undefined, { unlabelled: 0.5, unlabelledFor: "selfSupervised" });
  const [[off, labels], [more, sameLabels]] = [alone, all] as unknown as [[Course, Course], [Course, Course]];
  const of = (course: Course, stage: MetricRow["stage"]) =>
    ofStage(course, stage).map(({ values }) => values.studentLoss ?? values.teacherLoss);
  expect(of(sameLabels, "student")).toEqual(of(labels, "student"));
  for (const stage of ["teacher", "student"] as const) expect(of(more, stage)).not.toEqual(of(off, stage));
  // 80 of 160 images have labels, so an epoch over all images is twice as long, except for duplicates of held-out images.
  expect(ofStage(off, "student").at(-1)?.epoch).toBeCloseTo(6 / 5, 10);
  for (const stage of ["teacher", "student"] as const) {
    const { epoch, values } = ofStage(more, stage).at(-1) ?? {};
    expect(epoch).toBeCloseTo(6 / 10, 10);
    expect(Number.isFinite(values?.studentLoss ?? values?.teacherLoss)).toBe(true);
    expect(values?.probeTop1 ?? values?.teacherProbeTop1).toBeGreaterThanOrEqual(0);
  }
});

test("wd per model: a teacher's own weight decay changes the teacher but not a student that ignores it", async () => {
  const scheme = { method: "kd", alpha: 0 } as const;
  const own = { ...fast.optimiser, teacherDecay: "own", teacherWeightDecay: 0.1 } as const;
  const [same, apart] = (await train({ same: { scheme }, apart: { scheme, optimiser: own } })) as [
    Course,
    Course,
  ];
  expect(differences(same.student, apart.student)).toEqual([]);
  expect(differences(same.teacher, apart.teacher).length).toBeGreaterThan(5);
});

test("lr list transfer: every group of layers has its own logged rate, and the head has the full one", async () => {
  const arm = { scheme: { method: "supervised" }, steps: 1, schedule: "constant" } as const;
  const plain = { ...fast.optimiser, momentum: 0, weightDecay: 0 } as const;
  const [still, uniform, listed] = (await train({
    still: { ...arm, optimiser: { ...plain, learningRate: 0 } },
    uniform: { ...arm, optimiser: plain },
    listed: { ...arm, optimiser: { ...plain, layerRates: "resnet" } },
  })) as [Course, Course, Course];
  const { values = {} } = ofStage(listed, "student").at(-1) ?? {};
  const rate = values.learningRate ?? Number.NaN;
  const logged = [
    values.stemRate,
    values.stage1Rate,
    values.stage2Rate,
    values.stage3Rate,
    values.stage4Rate,
  ];
  const factors = [0.1, 0.1, 0.2, 0.2, 0.3];
  for (const [group, factor] of factors.entries()) expect(logged[group]).toBeCloseTo(factor * rate, 12);
  const moved = (course: Course, name: string) => {
    const [from, to] = [still.student.get(name)?.values, course.student.get(name)?.values];
    return Math.max(...(to ?? []).map((x, i) => Math.abs(x - (from?.[i] ?? Number.NaN))));
  };
  const share = (name: string) => moved(listed, name) / moved(uniform, name);
  expect(share("stem/filter")).toBeCloseTo(0.1, 2);
  expect(share("block0/conv0/filter")).toBeCloseTo(0.1, 2);
  expect(share("block2/conv1/filter")).toBeCloseTo(0.2, 2);
  expect([...still.student.keys()].filter(isHead).map(share)).toEqual([1, 1]);
});
