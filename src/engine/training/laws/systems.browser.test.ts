import { afterEach, beforeAll, expect, test } from "vitest";
import { studies } from "../../../protocol/studies/studies";
import { startBackend } from "../../device/start";
import { evaluatorFor } from "../stages/runner-for";
import { type ArmInput, coursesOf, ofStage, smallest, tinyExperiment } from "../training.test-support";
import { endTrials, numbersOf, startTrial } from "../trial.test-support";
import { backendOfTrials } from "../trial-backend.test-support";

/** Rows of docs/systems.md that are tested with the arms of a study. */

beforeAll(async () => void (await startBackend(backendOfTrials)));
afterEach(endTrials);

/** The arms of a study at its quick size, each changed by `change`. */
function armsOf(id: string, change: (arm: ArmInput) => ArmInput): ArmInput[] {
  const study = studies.find((one) => one.id === id);
  return (study?.quick.arms ?? []).map((arm) => ({ ...arm, ...change(arm) }));
}

const named = (arms: readonly ArmInput[], name: string): ArmInput =>
  arms.find((arm) => arm?.name === name) ?? expect.unreachable(`the study has an arm ${name}`);

test("Table 1 / more epochs: every length has its own complete schedule and teacher, and a gap between offline and online", async () => {
  const arms = armsOf("simdis-table-1", (arm) => ({
    student: smallest,
    teacher: smallest,
    teacherSteps: (arm?.teacherSteps ?? 0) / 50,
    steps: (arm?.steps ?? 0) / 50,
  })).slice(0, 6);
  const courses = await coursesOf(tinyExperiment({ evaluation: { everySteps: 1_000 }, arms }));
  const lengths = courses.map(({ rows }) => rows.at(-1)?.step);
  expect(lengths).toEqual([2, 2, 2, 6, 6, 6]);
  const [off, on, , longOff, longOn] = courses;
  if (!off || !on || !longOff || !longOn) return expect.unreachable("six arms have six results");
  const taughtFor = (course: typeof off) => ofStage(course, "teacher").at(-1)?.step;
  expect([taughtFor(off), taughtFor(longOff)]).toEqual([2, 6]);
  const rates = (course: typeof off) =>
    course.rows.flatMap(({ values }) => values.learningRate ?? []).slice(-2);
  expect(rates(longOn)[1]).toBeLessThan(rates(on)[1] ?? Number.NaN);
  for (const [one, other] of [
    [off, on],
    [longOff, longOn],
  ] as const) {
    expect(Math.abs(one.final.knnTop1 - other.final.knnTop1)).toBeLessThanOrEqual(1);
    expect(one.final.teacher?.knnTop1).toBeGreaterThanOrEqual(0);
    expect(other.final.teacher?.knnTop1).toBeGreaterThanOrEqual(0);
  }
});

test("No LARS/SyncBN: with plain SGD at the study's rate the embedding spread stays above 0.3", async () => {
  const arms = armsOf("simdis-no-lars", () => ({
    student: smallest,
    teacher: smallest,
    steps: 40,
    tau0: 0.9,
  }));
  const arm = named(arms, "SimDis-On, SGD");
  expect(arm?.optimiser).toMatchObject({ kind: "sgd" });
  const { context, task, advance } = await startTrial(arm, { experiment: { batchSize: 32 } });
  await advance(25);
  const student = task.student?.backbone;
  if (!student) return expect.unreachable("there is a student");
  const { spread } = await evaluatorFor(context, 1).live(student);
  expect(spread).toBeGreaterThan(0.3);
});

test("Independent views, CNN vs transformer: both networks learn from both kinds of views, whose losses differ from the first step on", async () => {
  const arms = armsOf("funmatch-architecture", (arm) => ({
    teacher: smallest,
    steps: 12,
    student: arm?.student?.network === "ViT" ? { network: "ViT", width: 0.125 } : smallest,
  }));
  const inputs = ["consistentInception", "independent"] as const;
  expect(arms.map((arm) => [arm?.student?.network, arm?.scheme])).toEqual(
    (["R8", "ViT"] as const).flatMap((network) =>
      inputs.map((input) => [network, { method: "funmatch", input }]),
    ),
  );
  const losses: number[][] = [];
  for (const arm of arms) {
    const { advance } = await startTrial(arm);
    losses.push((await advance(12)).map(({ studentLoss = Number.NaN }) => studentLoss));
    endTrials();
  }
  const total = (some: readonly number[]) => some.reduce((a, b) => a + b);
  for (const course of losses) expect(total(course.slice(-3))).toBeLessThan(total(course.slice(0, 3)));
  const [consistent, independent, ofVit, ofVitApart] = losses.map(([first]) => first);
  expect(independent).not.toBe(consistent);
  expect(ofVitApart).not.toBe(ofVit);
});

test("MobileNetV3 L→S pair: the small network learns from the large one, which does not change", async () => {
  const arms = armsOf("mobilenet-pair", (arm) => ({
    student: { ...arm?.student, width: 0.125 },
    teacher: { ...arm?.teacher, width: 0.125 },
  }));
  const arm = named(arms, "SSLD");
  expect([arm?.student?.network, arm?.teacher?.network]).toEqual(["MBV3s", "MBV3l"]);
  const { task, trainedTeacher, advance } = await startTrial(arm, { teacherSteps: 0 });
  if (trainedTeacher?.kind !== "supervised" || !task.student)
    return expect.unreachable("both networks are there");
  const [member] = trainedTeacher.network.members;
  const frozen = member ? [member.backbone.parameters, member.backbone.statistics, member.classifier] : [];
  const before = await numbersOf(frozen);
  const student = await numbersOf([task.student.backbone.parameters]);
  const losses = await advance(2);
  expect(new Set(losses.map(({ studentLoss }) => studentLoss)).size).toBe(2);
  expect(await numbersOf(frozen)).toEqual(before);
  expect(await numbersOf([task.student.backbone.parameters])).not.toEqual(student);
});
