import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test.use({ serviceWorkers: "block" });

test("a page that is updated on its server during training says so, keeps training, and continues after a reload", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(
    addressOf({ dataset: fewShapes, arms: [{ ...fourTinyArms[0], name: "Long", steps: 5_000 }] }),
  );
  await driven.button("Start").click();
  await expect.poll(() => driven.chartRows("Student loss"), { timeout: 120_000 }).not.toHaveLength(0);
  await page.route("**/assets/history-dialog*", (route) => route.fulfill({ status: 404 }));
  await page.getByRole("button", { name: "History", exact: true }).click();
  await page.keyboard.press("Escape");
  const notice = page.getByRole("region", { name: "A part of the page could not be loaded" });
  await expect(notice).toBeVisible();
  const before = (await driven.glance()).share ?? 0;
  await expect
    .poll(async () => (await driven.glance()).share ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(before);

  await page.unroute("**/assets/history-dialog*");
  await notice.getByRole("button", { name: "Save and reload" }).click();
  await page.getByRole("button", { name: "Continue training" }).click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 60_000 }).toBe("training");
  await driven.button("Stop").click();
});
