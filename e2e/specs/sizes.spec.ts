import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { inspect } from "../driven-page/looking";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test("the page says how long the settings take here; a size changes them visibly, and back", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  const arms = fourTinyArms.slice(0, 2);
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  const panel = page.getByRole("region", { name: "Time on this machine" });
  await expect(panel.getByText(/^Takes about \d+ (s|min)/)).toBeVisible();
  const before = await panel.getByText(/^Takes about/).innerText();
  const address = page.url();

  const ten = panel.getByRole("radio", { name: "10 min" });
  await ten.focus();
  await page.keyboard.press("Enter");
  await expect(panel.getByText(/^Takes about (8|9|10|11|12) min/)).toBeVisible();
  await expect(panel.locator(".size-changes")).toContainText(/Student steps: 24 → [\d,]+/);
  expect(page.url()).not.toBe(address);
  await inspect(page, "size", ".size-panel");

  await panel.getByRole("button", { name: "As before" }).press("Enter");
  await expect(panel.getByText(before)).toBeVisible();
  expect(page.url()).toBe(address);

  await driven.button("Start").click();
  await expect(panel).toBeHidden();
  await expect(driven.bar).toHaveAttribute("data-status", "finished", { timeout: 120_000 });
  // After a training it stands with the settings.
  await driven.button("Settings").click();
  await expect(panel.getByText(/^Takes about/)).toBeVisible();
});
