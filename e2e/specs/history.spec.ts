import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { inspect } from "../driven-page/looking";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

const small = addressOf({ dataset: fewShapes, arms: fourTinyArms.slice(0, 1) });
const long = addressOf({ dataset: fewShapes, arms: [{ ...fourTinyArms[0], name: "Long", steps: 5_000 }] });

const dialogOf = (page: Page) => page.getByRole("dialog", { name: "History" });

async function openHistory(page: Page) {
  await page.getByRole("button", { name: "History", exact: true }).click();
  await expect(dialogOf(page).getByRole("heading", { name: "History", exact: true })).toBeVisible();
  return dialogOf(page);
}

test("a training is found again after a reload, opened, named, found by tag, compared, exported, deleted, imported", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(small);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
  // The values of the last evaluation, at step 24.
  let trained: string[] = [];
  await expect(async () => {
    trained = await driven.chartRows("kNN top-1");
    expect(trained.join()).toContain("24\t");
  }).toPass({ timeout: 60_000 });

  await driven.open("./?preset=small");
  await page.reload();
  const dialog = await openHistory(page);
  const entries = dialog.getByRole("list", { name: "Saved trainings" }).getByRole("listitem");
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText("finished");
  await dialog.getByRole("button", { name: "Open BYOL" }).click();
  await expect(page.getByRole("region", { name: "From the history: BYOL" })).toBeVisible();
  await expect.poll(() => driven.chartRows("kNN top-1"), { timeout: 60_000 }).toEqual(trained);
  await expect(page.getByRole("region", { name: "Results", exact: true })).toContainText("BYOL");

  await openHistory(page);
  await dialog.getByRole("button", { name: "Edit BYOL" }).click();
  await dialog.getByLabel("Name", { exact: true }).fill("First try");
  await dialog.getByLabel("Tags, separated by commas").fill("small, baseline");
  await dialog.getByLabel("Note").fill("As expected.");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog.getByRole("heading", { name: "First try" })).toBeVisible();
  const search = dialog.getByRole("searchbox", { name: "Search saved trainings" });
  await search.fill("#other");
  await expect(entries).toHaveCount(0);
  await search.fill("#base expected");
  await expect(entries).toHaveCount(1);
  await expect(dialog.getByRole("meter", { name: "Storage used" })).toBeVisible();
  const overlay = dialog.getByRole("checkbox", { name: "Draw the curves of First try" });
  // It is checked once the curves have been read.
  await overlay.click();
  await expect(overlay).toBeChecked();
  await inspect(page, "history", "[role=dialog]");
  await search.fill("");
  const saving = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export all" }).click();
  const file = await (await saving).path();
  await dialog.getByRole("button", { name: "Close the history" }).click();
  await expect(driven.chart("kNN top-1").getByText("BYOL, saved: First try").first()).toBeVisible();

  await openHistory(page);
  await dialog.getByRole("button", { name: "Delete First try" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(entries).toHaveCount(0);
  await dialog.getByLabel("File of saved trainings").setInputFiles(file);
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText("As expected.");
  await page.setViewportSize({ width: 390, height: 844 });
  await inspect(page, "history-on-a-phone", "[role=dialog]");
});

test("another tab watches a training, and its curves grow there", async ({ page, context }) => {
  const driven = new DrivenPage(page);
  await driven.open(long);
  await driven.button("Start").click();
  await expect.poll(() => driven.chartRows("Student loss"), { timeout: 120_000 }).not.toHaveLength(0);

  const other = new DrivenPage(await context.newPage());
  await other.open(small);
  const dialog = await openHistory(other.page);
  await expect(dialog.getByText("being trained in a tab")).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByRole("button", { name: "Delete Long" })).toBeDisabled();
  await dialog.getByRole("button", { name: "Open Long" }).click();
  await expect(other.page.getByRole("region", { name: "Watching: Long" })).toBeVisible();
  const before = await other.sentence.textContent();
  expect(before).toMatch(/^Training in another tab/);
  await expect.poll(() => other.sentence.textContent(), { timeout: 60_000 }).not.toBe(before);

  await driven.button("Stop").click();
  await expect.poll(async () => (await driven.glance()).status).toBe("stopped");
  await expect(other.page.getByRole("region", { name: "From the history: Long" })).toBeVisible();
});
