import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { savedExperiment } from "../driven-page/saved-experiment";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";

test("pretraining has its own curves; the use of unlabeled images can be chosen if there are any", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  const start = { from: "distilled", steps: 6 } as const;
  const arm = { student: smallest, teacher: smallest, steps: 6, teacherSteps: 6, start } as const;
  const dataset = { ...fewShapes, unlabelled: 0.5 } as const;
  await driven.open(addressOf({ dataset, arms: [{ ...arm, scheme: { method: "byol" } }] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await page.getByRole("tab", { name: "Images", exact: true }).click();
  await page.getByLabel("Unlabeled images are for", { exact: true }).selectOption("All without labels");
  expect((await savedExperiment(driven)).dataset).toMatchObject({ unlabelledFor: "selfSupervised" });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 1000 });
    await page.screenshot({ path: `test-results/pictures/withheld-labels-${width}.png` });
  }
  await page.setViewportSize({ width: 1440, height: 1000 });

  await driven.button("Start").click();
  await expect(driven.sentence).toHaveText(/^Finished/, { timeout: 60_000 });
  for (const name of ["Pretraining's teacher", "Pretraining"]) {
    const tab = page.getByRole("tab", { name, exact: true });
    await tab.click();
    const charts = page.getByRole("tabpanel", { name, exact: true }).locator("figure.chart");
    await expect(charts.first()).toBeVisible();
    await charts.first().getByText("Data table").click();
    for (const step of ["0", "6"]) {
      await expect(charts.first().getByRole("rowheader", { name: step, exact: true })).toBeVisible();
    }
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `test-results/pictures/pretraining-${colorScheme}.png`, fullPage: true });
  }
});
