import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { studies } from "../../protocol/studies/studies";
import { startBackend } from "../backend";
import { coursesOf, ofStage } from "./course.test-support";
import { evaluatorFor } from "./run-context";
import { type ArmInput, endTrials, numbersOf, startTrial } from "./trial.test-support";

/** Rows of the table of systems that the papers' studies answer: that the studies' arms train, and what they can show. */

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

const smallest = { network: "R8", width: 0.125 } as const;

/** Arms of a study's quick size as they are but for what is given. */
function armsOf(id: string, change: (arm: ArmInput) => ArmInput): ArmInput[] {
  const study = studies.find((one) => one.id === id);
  return (study?.quick.arms ?? []).map((arm) => ({ ...arm, ...change(arm) }));
}

const named = (arms: readonly ArmInput[], name: string): ArmInput =>
  arms.find((arm) => arm?.name === name) ?? expect.unreachable(`the study has an arm ${name}`);

test("Table 1 / more epochs: every length has its own whole schedule, and a gap between offline and online", async () => {
  const arms = armsOf("simdis-table-1", (arm) => ({
    student: smallest,
    teacher: smallest,
    teacherSteps: 2,
    steps: (arm?.steps ?? 0) / 75,
  }));
  const courses = await coursesOf(arms);
  const lengths = courses.map(({ rows }) => rows.at(-1)?.step);
  expect(lengths).toEqual([2, 2, 2, 6, 6, 6]);
  const [off, on, , longOff, longOn] = courses;
  if (!off || !on || !longOff || !longOn) return expect.unreachable("six arms have six courses");
  // One teacher for both lengths.
  expect(ofStage(longOff, "teacher")).toEqual(ofStage(off, "teacher"));
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

test("No LARS/SyncBN: with plain SGD at the study's rate embeddings stay spread above 0.3", async () => {
  const arms = armsOf("simdis-no-lars", () => ({
    student: smallest,
    teacher: smallest,
    steps: 40,
    tau0: 0.9,
  }));
  for (const name of ["BYOL, SGD", "SimDis-On, SGD"]) {
    const arm = named(arms, name);
    expect(arm?.optimiser).toMatchObject({ kind: "sgd" });
    const { context, task, advance } = await startTrial(arm, { experiment: { batchSize: 32 } });
    await advance(25);
    const student = task.student?.backbone;
    if (!student) return expect.unreachable("there is a student");
    const { spread } = await evaluatorFor(context, 1).live(student);
    expect(spread, name).toBeGreaterThan(0.3);
    endTrials();
  }
});

describe("Independent views, CNN vs transformer", () => {
  test("both students learn from both kinds of views, of the same teacher, and the sign of the difference is there to read", async () => {
    const arms = armsOf("funmatch-architecture", (arm) => ({
      teacher: smallest,
      teacherSteps: 6,
      steps: 12,
      student: arm?.student?.network === "ViT" ? { network: "ViT", width: 0.25 } : smallest,
    }));
    expect(arms.map((arm) => [arm?.student?.network, arm?.scheme])).toEqual(
      (["R8", "ViT"] as const).flatMap((network) =>
        ["consistentInception", "independent"].map((input) => [network, { method: "funmatch", input }]),
      ),
    );
    const courses = await coursesOf(arms);
    const [first] = courses;
    for (const course of courses) {
      expect(first && ofStage(course, "teacher")).toEqual(first && ofStage(first, "teacher"));
      const losses = ofStage(course, "student").flatMap(({ values }) => values.studentLoss ?? []);
      expect(losses.slice(-3).reduce((a, b) => a + b)).toBeLessThan(
        losses.slice(0, 3).reduce((a, b) => a + b),
      );
    }
    // Networks of a kind start alike and see other images: their losses differ from the first step on.
    const firstLoss = (at: number) => courses[at] && ofStage(courses[at], "student")[1]?.values.studentLoss;
    for (const at of [0, 2]) expect(firstLoss(at)).not.toBe(firstLoss(at + 1));
    for (const { final } of courses) expect(final.knnTop1).toBeGreaterThanOrEqual(0);
  });
});

test("MobileNetV3 L→S pair: the small one learns from the large one, of which nothing moves", async () => {
  const arms = armsOf("mobilenet-pair", (arm) => ({
    student: { ...arm?.student, width: 0.125 },
    teacher: { ...arm?.teacher, width: 0.125 },
    steps: 8,
  }));
  const arm = named(arms, "SSLD");
  expect([arm?.student?.network, arm?.teacher?.network]).toEqual(["MBV3s", "MBV3l"]);
  const { task, taught, advance } = await startTrial(arm);
  if (taught?.kind !== "supervised" || !task.student) return expect.unreachable("both networks are there");
  const [member] = taught.network.members;
  const frozen = member ? [member.backbone.parameters, member.backbone.statistics, member.classifier] : [];
  const before = await numbersOf(frozen);
  const student = await numbersOf([task.student.backbone.parameters]);
  const losses = await advance(4);
  expect(new Set(losses.map(({ studentLoss }) => studentLoss)).size).toBe(4);
  expect(await numbersOf(frozen)).toEqual(before);
  expect(await numbersOf([task.student.backbone.parameters])).not.toEqual(student);
});

test("Teacher accuracy; size gap: one student under teachers of three sizes, each judged beside it", async () => {
  const arms = armsOf("teacher-gap", () => ({ student: smallest, teacherSteps: 2, steps: 2 })).filter((arm) =>
    ["R8 × 0.25", "R8 × 0.5", "R18 × 0.25"].includes(arm?.name ?? ""),
  );
  const courses = await coursesOf(arms);
  expect(courses).toHaveLength(3);
  const firstLoss = courses.map((course) => ofStage(course, "student")[1]?.values.studentLoss);
  expect(new Set(firstLoss).size).toBe(3);
  for (const { final } of courses) {
    expect(final.teacher?.linearTop1).toBeGreaterThanOrEqual(0);
    expect(final.linearTop1).toBeGreaterThanOrEqual(0);
  }
});
