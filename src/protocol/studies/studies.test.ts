import { expect, test } from "vitest";
import { methods } from "../methods/methods";
import { parseExperiment } from "../problems";
import { teacherOf } from "../schemes";
import { experimentOf } from "../valid-experiment.testing";
import { studies } from "./studies";

test.each(studies)("$id: both sizes are experiments with different arms", ({ quick, full }) => {
  for (const input of [quick, full]) {
    const parsed = parseExperiment(input);
    expect(parsed.ok ? [] : parsed.problems).toEqual([]);
    if (!parsed.ok) continue;
    const { arms } = parsed.experiment;
    expect(arms.length).toBeGreaterThan(1);
    expect(new Set(arms.map(({ name }) => name)).size).toBe(arms.length);
    const settings = arms.map(({ name: _, ...rest }) => JSON.stringify(rest));
    expect(new Set(settings).size).toBe(arms.length);
  }
});

test("ids differ, every study says what would refute it, and a paper's table is a table", () => {
  expect(new Set(studies.map(({ id }) => id)).size).toBe(studies.length);
  for (const { id, expects, refutedBy, figures } of studies) {
    expect(expects.length, id).toBeGreaterThan(20);
    expect(refutedBy.length, id).toBeGreaterThan(5);
    for (const row of figures?.rows ?? []) expect(row.length, id).toBe(figures?.columns.length);
  }
});

test("10-dataset transfer: two small targets, plain and distilled starts, and lists of rates on the distilled ones", () => {
  const targets = studies.filter(({ id }) => id.startsWith("transfer-"));
  expect(new Set(targets.map(({ quick }) => JSON.stringify(quick.dataset))).size).toBeGreaterThanOrEqual(2);
  for (const { quick, full } of targets) {
    for (const { arms = [] } of [quick, full]) {
      const starts = arms.map((arm) => [arm?.start?.from ?? "scratch", arm?.optimiser?.layerRates]);
      expect(starts).toContainEqual(["scratch", "uniform"]);
      const lists = starts.filter(([from]) => from === "distilled").map(([, list]) => list);
      expect(new Set(lists).size).toBeGreaterThanOrEqual(3);
    }
  }
});

test("a study over seeds can show bands: five seeds for each of mutual learning's figures", () => {
  for (const id of ["dml-figure-4a", "dml-figure-4b"]) {
    const study = studies.find((one) => one.id === id);
    expect(study?.quick.seeds).toHaveLength(5);
    expect(study?.full.seeds).toHaveLength(5);
  }
});

const armsOf = (id: string, size: "quick" | "full") =>
  studies.find((one) => one.id === id)?.[size].arms ?? [];

test("SimDis's Table 1 trains teacher and student equally long, at every length", () => {
  for (const size of ["quick", "full"] as const) {
    const arms = armsOf("simdis-table-1", size);
    const lengths = [...new Set(arms.map((arm) => arm?.steps ?? Number.NaN))];
    // As 100, 300 and 1,000 epochs.
    expect(lengths.map((steps) => steps / (lengths[0] as number))).toEqual([1, 3, 10]);
    for (const arm of arms) expect(arm?.teacherSteps, arm?.name).toBe(arm?.steps);
  }
});

test("an arm whose name says three times as long is trained three times as long, in both sizes", () => {
  for (const size of ["quick", "full"] as const) {
    const [js, longer] = ["JS", "JS × 3"].map((name) =>
      armsOf("ssld-ladder", size).find((arm) => arm?.name === name),
    );
    expect(longer?.steps).toBe(3 * (js?.steps ?? Number.NaN));
  }
});

test("a study that cites SSLD trains SSLD", () => {
  for (const { id, source, quick } of studies) {
    const methods = quick.arms?.map((arm) => arm?.scheme?.method);
    const isAfterwards = quick.arms?.some((arm) => arm?.start?.from === "distilled");
    if (source.includes("SSLD") && !isAfterwards) expect(methods, id).toContain("ssld");
  }
});

const figuresOf = (id: string) => studies.find((one) => one.id === id)?.figures;

test("SSLD's figures stand beside the setting that the documentation gives them with", () => {
  expect(figuresOf("detection-transfer")?.rows).toEqual([
    ["79.12 %, equal", "34.8"],
    ["79.12 %, slower early layers", "34.3"],
    ["distilled, 82.18 %, slower early layers", "36.3"],
  ]);
  // Its first step is distilled already; from labels alone the network has 75.3.
  const [first] = figuresOf("ssld-ladder")?.rows ?? [];
  expect(first?.[0]).toContain("teacher 79.12");
  expect(first?.[1]).toBe("75.6");
  expect(figuresOf("ssld-ladder")?.caveats.join(" ")).toContain(
    "From labels alone the documentation reports 75.3",
  );
});

test("each row of the detection table has its arm: pretrained at equal and at slow rates, distilled at slow ones", () => {
  for (const size of ["quick", "full"] as const) {
    const arms = armsOf("detection-transfer", size).map((arm) => [
      arm?.start?.from ?? "scratch",
      arm?.optimiser?.layerRates,
    ]);
    expect(arms).toContainEqual(["supervised", "uniform"]);
    expect(arms).toContainEqual(["supervised", "detection"]);
    expect(arms).toContainEqual(["distilled", "detection"]);
  }
});

test("arms that learn from labels see crops and flips alone, as function matching's do", () => {
  const seen = (size: "quick" | "full") =>
    studies.flatMap(({ id, [size]: input }) => {
      const { arms, views } = experimentOf(input);
      const labeled = arms.filter(({ scheme }) => methods[scheme.method].needsLabels);
      return labeled.map((arm) => ({ id, ...(arm.views ?? views).first }));
    });
  for (const view of [...seen("quick"), ...seen("full")]) {
    const { id, jitterProbability, grayscaleProbability, blurProbability, solarizeProbability } = view;
    const chances = [jitterProbability, grayscaleProbability, blurProbability, solarizeProbability];
    expect(chances, id).toEqual([0, 0, 0, 0]);
  }
});

test("rows of the sources that are choices of a setting have arms", () => {
  const schemes = (id: string) => armsOf(id, "quick").map((arm) => arm?.scheme as Record<string, unknown>);
  expect(schemes("funmatch-temperature").map(({ temperature }) => temperature)).toEqual([1, 2, 5, 10]);
  expect(schemes("funmatch-teachers")).toContainEqual(expect.objectContaining({ teacherSize: 1.5 }));
  expect(schemes("funmatch-teachers")).toContainEqual(expect.objectContaining({ teachers: 2 }));
  const norms = schemes("ssld-teacher-norm").map(({ teacherBatchNorm = "train" }) => teacherBatchNorm);
  expect(new Set(norms)).toEqual(new Set(["train", "eval"]));
  expect(schemes("simdis-figure-3")).toContainEqual(
    expect.objectContaining({ targets: [1, 2, 3, 4, 5, 6, 7] }),
  );
  const mild = armsOf("s2bnn-baseline", "quick").filter((arm) => arm?.views);
  expect(mild.map((arm) => arm?.optimiser?.kind)).toEqual(["adam"]);
});

test("beside a teacher that learns alongside, one trained first learns as long as its student", () => {
  const compared = studies.flatMap(({ id, quick, full }) =>
    [quick, full].flatMap((size) => {
      const { arms } = experimentOf(size);
      const whens = arms.map(({ scheme }) => teacherOf(scheme).when);
      if (!whens.includes("alongside")) return [];
      return arms.filter((_, at) => whens[at] === "before").map((arm) => ({ id, arm }));
    }),
  );
  expect(compared.length).toBeGreaterThan(10);
  for (const { id, arm } of compared) expect(arm.teacherSteps, `${id}: ${arm.name}`).toBe(arm.steps);
});
