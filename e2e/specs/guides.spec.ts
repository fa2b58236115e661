import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { inspect } from "../driven-page/looking";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test("a guided experiment is walked through by keyboard, outlives a reload, and trains its step", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: fewShapes, arms: fourTinyArms.slice(0, 1) }));
  await page.getByRole("button", { name: "Guided experiments" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: "Guided experiments" })).toBeVisible();
  await inspect(page, "guides", "[role=dialog]");

  const tabTo = async (role: "button" | "radio", name: string | RegExp) => {
    const wanted = dialog.getByRole(role, { name });
    await expect(async () => {
      await page.keyboard.press("Tab");
      await expect(wanted).toBeFocused({ timeout: 100 });
    }).toPass();
  };
  await tabTo("button", /^When mutual learning crashes/);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "Step 1 of 3" })).toBeFocused();
  await expect(dialog.getByText("Learning rate")).toBeVisible();

  // No result before a prediction.
  await expect(dialog.getByRole("heading", { name: "What was recorded" })).toHaveCount(0);
  await tabTo("radio", "In none");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "What was recorded" })).toBeVisible();
  await expect(dialog.getByRole("status")).toHaveText(
    /^(As you predicted\.|You predicted “In some”; the result is another one\.).* at chance at the end in \d of 3 seeds\.$/,
  );
  await inspect(page, "guide-result", "[role=dialog]");

  await tabTo("button", "Next step");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("heading", { name: "Step 2 of 3" })).toBeFocused();

  await page.reload();
  await page.getByRole("button", { name: "Guided experiments" }).click();
  await expect(dialog.getByRole("heading", { name: "Step 2 of 3" })).toBeVisible();
  await dialog.getByRole("button", { name: "Previous step" }).click();
  await expect(dialog.getByRole("radio", { name: "In some" })).toBeChecked();

  await dialog.getByRole("button", { name: "Start with this setting" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Arms" }).getByRole("listitem").first()).toContainText(
    "Two peers",
  );
  await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("training");
  await driven.button("Stop").click();
});
