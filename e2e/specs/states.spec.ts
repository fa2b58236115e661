import { expect, test } from "@playwright/test";
import { isLong } from "../commands/test-size";
import { DrivenPage } from "../driven-page/driven-page";
import { expectNoSidewaysScroll, inspect, pictures, themesOf, violations } from "../driven-page/looking";
import { breakEngine, starveEngine } from "../faults/strikes";
import { addressOf, fewShapes, fourTinyArms, tinySupervised } from "../fixtures/tiny-experiments";

test("every method has a card with a drawing of its own; the tour, dialogs, menus and cards are accessible", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("./");
  await page.getByRole("button", { name: "Take the tour" }).click();
  await expect(page.getByRole("dialog").getByText("Stop 1 of 4")).toBeVisible();
  await inspect(page, "tour");
  await page.keyboard.press("Escape");

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await inspect(page, "shortcuts", "[role=dialog]");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "History", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "History" })).toBeVisible();
  await inspect(page, "history-empty", "[role=dialog]");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Export", exact: true }).click();
  await inspect(page, "export-menu", "[role=menu]");
  await page.keyboard.press("Escape");

  const method = page.getByRole("complementary", { name: "Settings" }).getByLabel("Scheme", { exact: true });
  const card = page.locator(".method-card");
  const values = await method
    .locator("option")
    .evaluateAll((all) => all.map((one) => one.getAttribute("value")));
  expect(values.length).toBeGreaterThanOrEqual(12);
  const diagrams = new Set<string>();
  for (const [at, value] of values.entries()) {
    await method.selectOption(value);
    // Each drawing has its own text alternative.
    const drawn = async () => (await card.getByRole("img").first().getAttribute("aria-label")) ?? "";
    await expect.poll(async () => diagrams.has(await drawn()), { message: `${value}` }).toBe(false);
    diagrams.add(await drawn());
    await expect(card.locator(".equation")).toHaveText(/.{25}/);
    // A section that is open in one card stays open in the next; supervised training has no pitfalls.
    const closed = card.locator("details:not([open]) > summary");
    while ((await closed.count()) > 0) await closed.first().click();
    await expect(card.locator("details:not([open])")).toHaveCount(0);
    // Cards are made of the same parts: in the short suite every third one is checked.
    if (!isLong && at % 3 > 0) continue;
    for (const colorScheme of themesOf(value ?? "")) {
      await page.emulateMedia({ colorScheme });
      await card.screenshot({ path: `${pictures}/card-${value}-${colorScheme}.png` });
      expect.soft(await violations(page, ".method-card"), `card of ${value}, ${colorScheme}`).toEqual([]);
    }
  }
});

test("a failed training says which run failed and why, and its curves stay readable", async ({ page }) => {
  const driven = new DrivenPage(page);
  const [tiny] = fourTinyArms;
  const arms = [
    {
      ...tiny,
      name: "Too fast",
      scheme: { method: "supervised" },
      warmup: 0,
      optimiser: { learningRate: 40, weightDecay: 1 },
      steps: 120,
    },
    { ...tiny, name: "BYOL", steps: 12 },
  ] as const;
  // Its embedding collapses some steps before its loss is no number; which, depends on how kernels round.
  const evaluation = { everySteps: 3 };
  await driven.open(addressOf({ dataset: fewShapes, batchSize: 32, evaluation, arms: [...arms] }));
  await driven.button("Start").click();
  // A problem before the failure is an event on the curves, which has a text alternative.
  const spread = driven.chart("Embedding spread");
  await expect(spread.locator(".recharts-label", { hasText: "Too fast collapsed" })).toBeVisible({
    timeout: 120_000,
  });
  await expect
    .poll(async () => (await driven.chartRows("Embedding spread")).slice(-2).join("; "), { timeout: 60_000 })
    .toMatch(/Too fast collapsed\s+Step .*; Too fast diverged\s+Step /);
  await expect(driven.bar.getByRole("status").filter({ hasText: "Too fast diverged at step" })).toHaveCount(
    1,
  );
  await expect(driven.notices).toContainText("Too fast", { timeout: 120_000 });
  await expect(driven.notices).toContainText("no longer a number");
  await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
  await inspect(page, "failed");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await inspect(page, "failed-on-a-phone", ".notice");
});

test.describe("without its files", () => {
  // A service worker would have them.
  test.use({ serviceWorkers: "block" });

  test("without an engine the page says why and stays accessible", async ({ page }) => {
    const driven = new DrivenPage(page);
    await driven.open("./?backend=abacus");
    await expect(driven.notices).toContainText("“backend” is “abacus”; allowed are auto, webgpu");
    await expect(driven.button("Start")).toBeDisabled();
    await inspect(page, "no-backend");
    await page.route(/\/worker-[^/]*\.js$/, (route) => route.abort());
    await driven.open("./?backend=webgpu");
    await expect(driven.notices).toContainText("could not be loaded");
    await page.unroute(/\/worker-[^/]*\.js$/);
    await driven.notices.getByRole("button", { name: "Try again" }).click();
    await expect(driven.sentence).toHaveText(/^Ready/);
  });
});

test("an engine that runs out of memory or crashes is reported and can be started again", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  const arms = [{ ...tinySupervised, steps: 4_000 }];
  await driven.open(addressOf({ dataset: fewShapes, arms }, "webgpu"));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await starveEngine(page, true);
  await driven.button("Start").click();
  await expect(driven.notices).toContainText("The GPU ran out of memory", { timeout: 60_000 });
  await inspect(page, "out-of-memory");
  await starveEngine(page, false);
  await driven.notices.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => driven.chartRows("Student loss"), { timeout: 300_000 }).not.toHaveLength(0);
  await breakEngine(page);
  await expect(driven.notices).toContainText("The training engine stopped");
  await inspect(page, "engine-died");
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
});
