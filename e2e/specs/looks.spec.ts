import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { expectNoSidewaysScroll, inspect } from "../driven-page/looking";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test("before, during and after training the page has no overflow and is accessible", async ({ page }) => {
  const driven = new DrivenPage(page);
  // Long enough to be paused in.
  const arms = fourTinyArms.map((arm) => ({ ...arm, steps: 120, teacherSteps: 60 }));
  await driven.open(addressOf({ dataset: fewShapes, arms, evaluation: { everySteps: 40 } }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await inspect(page, "before");

  await driven.button("Start").click();
  await expect
    .poll(async () => (await driven.glance()).share ?? 0, { timeout: 120_000 })
    .toBeGreaterThan(0.3);
  await driven.button("Pause").click();
  await expect(driven.sentence).toHaveText(/^Paused at/);
  await inspect(page, "while");
  await expectOnOneScreen(page, driven);
  await driven.button("Resume").click();

  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  await inspect(page, "after");

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await inspect(page, "after-on-a-phone");
  await page.getByRole("button", { name: "Results", exact: true }).click();
  await expect(page.getByRole("region", { name: "What was compared" })).toBeVisible();
  await expect(driven.chart("kNN top-1")).toBeHidden();
  await expect(driven.bar).toBeInViewport();
  await expectNoSidewaysScroll(page);
});

/** What is watched is on one screen, also on a small laptop's: the bar, every arm's accuracy, and the main chart. */
async function expectOnOneScreen(page: Page, driven: DrivenPage): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.evaluate(() => window.scrollTo(0, 0));
  const accuracies = page.locator(".arm-accuracy");
  await expect(accuracies).toHaveCount(fourTinyArms.length);
  const main = driven.chart("kNN top-1").locator(".chart-plot");
  for (const seen of [driven.bar, main, ...(await accuracies.all())]) {
    await expect(seen).toBeInViewport({ ratio: 1 });
  }
  if (before) await page.setViewportSize(before);
}

test("every tab of the settings has no overflow and is accessible", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: fewShapes }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  const tabs = page.getByRole("tablist", { name: "Settings" }).getByRole("tab");
  for (const tab of await tabs.all()) {
    await tab.click();
    await inspect(page, `settings-${(await tab.innerText()).toLowerCase()}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await inspect(page, "before-on-a-phone");
});
