import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { ExperimentInput } from "../../../src/protocol/experiment";
import { DrivenPage } from "../../driven-page/driven-page";
import { inspect } from "../../driven-page/looking";
import { addressOf } from "../../fixtures/tiny-experiments";
import { experiments } from "../../pytorch/experiments";
import { exportProject } from "../../pytorch/export-project";
import { installTorch, packageFolder, runPython, torchMissing } from "../../pytorch/python";

test.setTimeout(1_800_000);
test.beforeEach(() => {
  test.skip(!installTorch(), torchMissing);
});

for (const [name, experiment] of Object.entries(experiments)) {
  test(`PyTorch, ${name}: traces are replayed, two processes train as one, and an interrupted training ends as another`, async ({
    page,
  }, info) => {
    const driven = new DrivenPage(page);
    await driven.open(addressOf(experiment));
    const folder = info.outputPath("project");
    await exportProject(driven, folder);
    expect(readFileSync(join(folder, "retort_torch/norm.py"), "utf8")).toBe(
      readFileSync(join(packageFolder, "retort_torch/norm.py"), "utf8"),
    );
    const { status, text } = runPython(["-m", "unittest", "-v", "tests.test_project"], packageFolder, {
      RETORT_PROJECT: folder,
    });
    expect(status, text).toBe(0);
    expect(text).not.toContain("skipped");
  });
}

const network = { network: "R8", width: 0.125 } as const;
const settings = { student: network, teacher: network, steps: 100, warmup: 0.33 } as const;
const curves: ExperimentInput = {
  dataset: { source: "shapes", difficulty: "easy", train: 1_000, test: 500 },
  batchSize: 32,
  evaluation: { everySteps: 20 },
  arms: [
    { ...settings, name: "BYOL", scheme: { method: "byol" }, optimiser: { learningRate: 0.2 } },
    { ...settings, name: "Supervised", scheme: { method: "supervised" }, optimiser: { learningRate: 0.1 } },
  ],
};

/** After 100 steps float32 has had time to part two runs: losses by this share, accuracies by this many points. */
const tolerance = { loss: 0.05, accuracy: 0.1 } as const;

interface Row {
  readonly stage: string;
  readonly step: number;
  readonly values: Readonly<Record<string, number>>;
}

/** The rows of a run of the page, by step. */
function rowsOfPage(file: string, arm: string): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const [heading = "", ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = heading.split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [names[at], cell])));
  return new Map(rows.filter((row) => row["arm"] === arm).map((row) => [Number(row["step"]), row]));
}

async function openHistory(page: Page) {
  await page.getByRole("button", { name: "History", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "History" });
  await expect(dialog.getByRole("heading", { name: "History", exact: true })).toBeVisible();
  return dialog;
}

test("a hundred steps in PyTorch lie beside the page's own, and both are seen in one chart", async ({
  page,
}, info) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf(curves));
  const folder = info.outputPath("project");
  await exportProject(driven, folder);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 600_000 }).toBe("finished");
  await driven.save("metrics.csv", join(folder, "metrics.csv"));

  for (const words of [["train.py"], ["-m", "retort_torch", "curves"]]) {
    const { status, text } = runPython(words, folder);
    expect(status, text).toBe(0);
  }
  for (const [index, arm] of ["BYOL", "Supervised"].entries()) {
    const lines = readFileSync(join(folder, `out/arm-${index}-seed-1/rows.jsonl`), "utf8")
      .trim()
      .split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Row);
    const own = rowsOfPage(join(folder, "metrics.csv"), arm);
    expect(rows.map(({ step }) => step)).toEqual([...own.keys()]);
    for (const { step, values } of rows) {
      const row = own.get(step);
      if (step > 0) {
        const loss = Number(row?.["studentLoss"]);
        expect(Math.abs((values["studentLoss"] ?? Number.NaN) / loss - 1)).toBeLessThan(tolerance.loss);
      }
      if (values["knnTop1"] === undefined) continue;
      for (const name of ["knnTop1", "probeTop1"])
        expect(Math.abs((values[name] ?? Number.NaN) - Number(row?.[name]))).toBeLessThan(tolerance.accuracy);
    }
  }

  const dialog = await openHistory(page);
  await dialog.getByLabel("File of saved trainings").setInputFiles(join(folder, "out/curves.retort.gz"));
  const overlay = dialog.getByRole("checkbox", { name: "Draw the curves of PyTorch" });
  await overlay.click();
  await expect(overlay).toBeChecked();
  await dialog.getByRole("button", { name: "Close the history" }).click();
  const legend = page.getByRole("list", { name: "Legend of all charts" });
  await expect(legend.getByText("BYOL, saved: PyTorch").first()).toBeVisible();
  await inspect(page, "pytorch-beside-the-page");
});
