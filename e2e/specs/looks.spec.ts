import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { expectNoSidewaysScroll, inspect } from "../driven-page/looking";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test("before, during and after training the page has no overflow and is accessible", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: fewShapes, arms: [...fourTinyArms] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await inspect(page, "before");

  await driven.button("Start").click();
  await expect
    .poll(async () => (await driven.glance()).share ?? 0, { timeout: 120_000 })
    .toBeGreaterThan(0.3);
  await driven.button("Pause").click();
  await expect(driven.sentence).toHaveText(/^Paused at/);
  await inspect(page, "while");
  await driven.button("Resume").click();

  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  await inspect(page, "after");

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await inspect(page, "after-on-a-phone");
});

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
