import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";
import { observe, watch } from "../streaming/observe";

/** The largest acceptable delay of a response to input, in milliseconds. */
const answered = 50;

test("during training the page's main thread has no long task", async ({ page, browser }) => {
  await watch(page);
  const driven = new DrivenPage(page);
  const arms = fourTinyArms.map((arm) => ({ ...arm, teacherSteps: 3, steps: 5_000 }));
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  await driven.button("Start").click();
  await driven.chart("Student loss").locator("path.chart-line").first().waitFor({ timeout: 120_000 });

  const resting = observe(browser, page, 4);
  // Measured in CPU time, since wall time depends on other load.
  expect((await resting).longestBusy).toBeLessThan(answered);

  await driven.button("Pause").click();
  await expect(driven.sentence).toHaveText(/^Paused at/);
});
