import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test("a second visit without a network trains on the built-in images", async ({ page, context }) => {
  const driven = new DrivenPage(page);
  await page.goto("./");
  await expect(driven.sentence).toHaveText(/^Ready/);
  // The files of the first visit are cached once the page has listed them.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await expect(driven.sentence).toHaveText(/^Ready/);
  const hasCharts = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().some(({ url }) => url.includes("metric-chart"));
    });
  await expect.poll(hasCharts).toBe(true);

  await context.setOffline(true);
  await page.goto("about:blank");
  await page.goto(addressOf({ dataset: fewShapes, arms: [{ ...fourTinyArms[0], steps: 6 }] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
  await expect(page.locator("figure.chart").first()).toBeVisible();
});
