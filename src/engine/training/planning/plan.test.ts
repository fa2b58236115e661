import { expect, test } from "vitest";
import {
  type Arm,
  defaultArm,
  defaultExperiment,
  type ExperimentInput,
  schemeMethods,
  unnamedExperiment,
} from "../../../protocol/experiment";
import { findingRecords } from "../../../protocol/findings/findings";
import { simdisCaveats } from "../../../protocol/methods/shared/simdis";
import { openingInput } from "../../../protocol/presets";
import { parseExperiment } from "../../../protocol/problems";
import { targetViewsOf, teacherOf } from "../../../protocol/schemes";
import { studies } from "../../../protocol/studies/studies";
import { predictorsOf } from "../tasks/parts/predictors";
import { mocoTeacherSettings, planArm } from "./plan";
import { planRuns } from "./plan-runs";

test("every arm is planned with every seed, and no two runs share an id", () => {
  const experiment = { ...defaultExperiment(), seeds: [1, 2, 3] };
  const runs = planRuns(experiment, 4_000);
  expect(runs).toHaveLength(12);
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(12);
  expect(runs[0]?.stages[0]?.stepsPerEpoch).toBe(62);
});

test("offline schemes train in two stages, online ones in one; the four default arms cost about 19 TFLOP", () => {
  const runs = planRuns(defaultExperiment(), 4_000);
  expect(runs.map(({ stages }) => stages.map(({ stage }) => stage).join("+"))).toEqual([
    "student",
    "teacher+student",
    "joint",
    "joint",
  ]);
  const macs = runs
    .flatMap(({ stages }) => stages)
    .reduce((sum, { steps, macsPerStep }) => sum + steps * macsPerStep, 0);
  expect((2 * macs) / 1e12).toBeGreaterThan(15);
  expect((2 * macs) / 1e12).toBeLessThan(23);
});

test("a scheme with two heads has two predictors, whatever its targets", () => {
  const parsed = parseExperiment({
    arms: [{ scheme: { method: "simdis-on", targets: [7, 1, 3], heads: "two" } }],
  });
  if (!parsed.ok) throw new Error("the experiment is valid");
  const [arm] = parsed.experiment.arms;
  if (!arm) throw new Error("it has an arm");
  expect(targetViewsOf(arm.scheme)).toEqual([1, 3, 7]);
  expect(predictorsOf("two", targetViewsOf(arm.scheme))).toEqual(["studentTargets", "teacherTargets"]);
  expect(planArm(arm).teacherProjector.to).toBe(planArm(arm).studentProjector.to);
});

test("a MoCo teacher has batch norm groups as published", () => {
  const arm = defaultArm("seed");
  for (const [batch, groups] of [
    [256, 8],
    [64, 2],
    [33, 1],
    [2, 1],
  ] as const) {
    expect(mocoTeacherSettings(arm, batch)).toMatchObject({ normGroups: groups, queue: 1_024 });
  }
});

test("momentum copies have a cost; supervised schemes and students of frozen teachers have none", () => {
  const momentumOf = (method: "supervised" | "kd" | "byol" | "simdis-on") => {
    const [run] = planRuns({ ...defaultExperiment(), arms: [defaultArm(method)] }, 4_000);
    return run?.stages.at(-1)?.work?.momentum ?? Number.NaN;
  };
  expect([momentumOf("supervised"), momentumOf("kd")]).toEqual([0, 0]);
  expect(momentumOf("simdis-on")).toBeGreaterThan(momentumOf("byol"));
  expect(momentumOf("byol")).toBeGreaterThan(0);
});

test("every scheme has a plan with work in each of its stages, teachers first", () => {
  for (const method of schemeMethods) {
    const [run] = planRuns({ ...unnamedExperiment(), arms: [defaultArm(method)] }, 4_000);
    expect(run?.paperMacs, method).toBeGreaterThan(0);
    for (const { macsPerStep, work } of run?.stages ?? []) {
      expect(macsPerStep, method).toBeGreaterThan(0);
      const { forward = 0, backward = 0, momentum = 0, probePerClass = 0 } = work ?? {};
      expect(10 * probePerClass, method).toBeLessThan(0.05 * macsPerStep);
      expect(probePerClass, method).toBeGreaterThan(0);
      expect((forward + backward + momentum) / macsPerStep, method).toBeCloseTo(1, 12);
      expect(forward, method).toBeGreaterThan(0);
      expect(backward, method).toBeGreaterThan(0);
    }
    const names = run?.stages.map(({ stage }) => stage) ?? [];
    const stages = { none: ["student"], before: ["teacher", "student"], alongside: ["joint"] };
    expect(names, method).toEqual(stages[teacherOf(defaultArm(method).scheme).when]);
    expect(run?.parameters.student, method).toBeGreaterThan(0);
  }
});

test("SimDis-On-7v: seven heads, and at most 5 % more work than with two targets", () => {
  const arm = defaultArm("simdis-on");
  const planned = (targets: (1 | 2 | 3 | 4 | 5 | 6 | 7)[]) => {
    const scheme = { method: "simdis-on", heads: "perTarget", targets } as const;
    const full = { network: "R18", width: 0.25 } as const;
    const arms = [{ ...arm, student: full, teacher: { network: "R50", width: 0.25 } as const, scheme }];
    const [run] = planRuns({ ...defaultExperiment(), arms }, 4_000);
    return { macs: run?.stages[0]?.macsPerStep ?? 0, heads: predictorsOf(scheme.heads, targets).length };
  };
  const [two, seven] = [planned([3, 7]), planned([1, 2, 3, 4, 5, 6, 7])];
  expect([two.heads, seven.heads]).toEqual([2, 7]);
  expect(seven.macs / two.macs).toBeGreaterThan(1);
  expect(seven.macs / two.macs).toBeLessThan(1.05);
});

/** The planned arms of a study, by name. */
function plannedArms(id: string, size: "quick" | "full") {
  const study = studies.find((one) => one.id === id);
  const parsed = parseExperiment(study?.[size]);
  if (!parsed.ok) throw new Error(`${id} is no experiment`);
  const { arms } = parsed.experiment;
  const runs = planRuns(parsed.experiment, 4_000);
  return new Map(arms.map((arm, at) => [arm.name, { arm, run: runs.find((run) => run.arm === at) }]));
}

test.each([
  ["Iterations 120→360", "ssld-ladder", "JS", "JS × 3", 3],
  ["Patience/long schedule", "funmatch-patience", "Function matching", "Function matching × 4", 4],
  ["Patience/long schedule, labels alone", "funmatch-patience", "Labels", "Labels × 4", 4],
] as const)(
  "%s: the long arm is the short one with a multiple of its steps",
  (_, id, short, long, factor) => {
    const arms = plannedArms(id, "quick");
    const [one, more] = [arms.get(short), arms.get(long)];
    const settings = ({ name: _name, steps: _steps, ...others }: Arm) => others;
    expect(more && settings(more.arm)).toEqual(one && settings(one.arm));
    const student = (planned: typeof one) => planned?.run?.stages.find(({ stage }) => stage === "student");
    expect(student(more)?.steps).toBe(factor * (student(one)?.steps ?? Number.NaN));
    expect(student(more)?.macsPerStep).toBe(student(one)?.macsPerStep);
    const teachers = [one, more].map((planned) =>
      planned?.run?.stages.filter(({ stage }) => stage === "teacher"),
    );
    expect(teachers[1]).toEqual(teachers[0]);
  },
);

test.each(["quick", "full"] as const)(
  "offline, online and between, %s: all arms cost the same within 4 %%",
  (size) => {
    const totals = [...plannedArms("offline-online-between", size).values()].map(({ run }) =>
      (run?.stages ?? []).reduce((sum, { steps, macsPerStep }) => sum + steps * macsPerStep, 0),
    );
    expect(totals).toHaveLength(6);
    const wanted = totals.at(-1) as number;
    for (const total of totals) expect(Math.abs(total / wanted - 1)).toBeLessThan(0.04);
  },
);

test("Teacher accuracy; size gap: six teachers for one student, each larger than the previous one of the same width", () => {
  const arms = [...plannedArms("teacher-gap", "quick").values()].filter(
    ({ arm }) => arm.scheme.method === "ssld",
  );
  expect(new Set(arms.map(({ arm }) => JSON.stringify(arm.student))).size).toBe(1);
  for (const width of [0.25, 0.5]) {
    const sizes = arms
      .filter(({ arm }) => arm.teacher.width === width)
      .map(({ run }) => run?.parameters.teacher ?? Number.NaN);
    expect(sizes).toHaveLength(3);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  }
});

/** Multiply-accumulates of each arm with its teacher, by name. */
function totalsOf(input: ExperimentInput | undefined): ReadonlyMap<string, number> {
  const parsed = parseExperiment(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { experiment } = parsed;
  const images = experiment.dataset.source === "files" ? 0 : experiment.dataset.train;
  const totals = planRuns({ ...experiment, seeds: [1] }, images).map(({ arm, stages }) => {
    const total = stages.reduce((sum, { steps, macsPerStep }) => sum + steps * macsPerStep, 0);
    return [experiment.arms[arm]?.name ?? "", total] as const;
  });
  return new Map(totals);
}

const recordedLengths = findingRecords.find(({ id }) => id === "simdis-lengths")?.experiment;
const studyOf = (id: string) => studies.find((one) => one.id === id);

test("BYOL at the same compute as SimDis-Off with its teacher: the same to 1 %", () => {
  const study = studyOf("simdis-equal-compute");
  for (const input of [study?.quick, study?.full, recordedLengths]) {
    const totals = totalsOf(input);
    const [short, long, off] = ["BYOL", "BYOL, same compute", "SimDis-Off"].map((name) =>
      Number(totals.get(name)),
    ) as [number, number, number];
    expect(long / off, `${off / short}`).toBeCloseTo(1, 2);
  }
});

test("with a teacher trained as long as its student, offline costs as many times online as the texts say", () => {
  const table = studyOf("simdis-table-1");
  const said = [...simdisCaveats, ...(table?.figures?.caveats ?? [])].flatMap((text) => {
    const [, times] = /about (\d\.\d+) times/.exec(text) ?? [];
    return times ? [Number(times)] : [];
  });
  expect(said).toHaveLength(2);
  const named = (totals: ReadonlyMap<string, number>, scheme: string, suffix: string) =>
    totals.get(`${scheme}${suffix}`) ?? totals.get(`SimDis-${scheme}${suffix}`) ?? Number.NaN;
  for (const input of [table?.quick, table?.full, recordedLengths, openingInput]) {
    const totals = totalsOf(input);
    const lengths = [...totals.keys()].flatMap((name) =>
      name.startsWith("On-7v") ? [] : [/ × \d+$/.exec(name)?.[0] ?? ""],
    );
    for (const longer of new Set(lengths)) {
      const times = named(totals, "Off", longer) / named(totals, "On", longer);
      for (const claimed of said) expect(Math.abs(times / claimed - 1), `${times}`).toBeLessThan(0.02);
    }
  }
});
