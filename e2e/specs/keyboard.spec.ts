import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

const MOST_TABS = 120;

/** Moves the focus with Tab until it reaches a control. */
async function tabTo(page: Page, role: "button" | "radio", name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: typeof name === "string" });
  for (let pressed = 0; pressed <= MOST_TABS; pressed++) {
    if (await wanted.evaluateAll((found) => found.includes(document.activeElement as HTMLElement))) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached the ${role} ${name}.`);
}

test("the page can be used without a pointer, from loading to a finished comparison", async ({ page }) => {
  const driven = new DrivenPage(page);
  const arms = fourTinyArms.slice(0, 2).map((arm) => ({ ...arm, steps: 8, teacherSteps: 4 }));
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  await expect(driven.sentence).toHaveText(/^Ready/);

  // The first stop leads past all the others.
  await tabTo(page, "button", "Go to: Curves");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Curves", exact: true })).toBeFocused();
  await page.keyboard.press("s");
  await expect(page.getByRole("complementary", { name: "Settings" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tab", { name: "Arm", exact: true })).toBeFocused();

  await tabTo(page, "button", "Keyboard shortcuts");
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByRole("term").filter({ hasText: "p" }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Keyboard shortcuts" })).toBeFocused();

  await tabTo(page, "button", "Start");
  await page.keyboard.press("Enter");
  // The pressed button is gone, and the focus continues from its place.
  await expect.poll(async () => (await driven.glance()).status, { timeout: 150_000 }).toBe("finished");

  await page.keyboard.press("x");
  await expect(page.getByRole("radio", { name: "Epoch" })).toBeChecked();
  await tabTo(page, "button", "kNN, final");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "kNN, final" })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await tabTo(page, "radio", "Compare with BYOL");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Compare with SimDis-Off" })).toBeChecked();
  await expect(
    page
      .getByText(
        /^BYOL − SimDis-Off at × 0\.\d+ compute: .* over 1 seed; not enough seeds to tell: a verdict takes at least 3\.$/,
      )
      .first(),
  ).toBeVisible();
});

test("a first visit offers a tour once and starts training with one press", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("./");
  await tabTo(page, "button", "Take the tour");
  await page.keyboard.press("Enter");
  const tour = page.getByRole("dialog");
  const titles: string[] = [];
  for (let stop = 1; stop <= 4; stop++) {
    await expect(tour.getByText(`Stop ${stop} of 4`)).toBeVisible();
    titles.push(await tour.getByRole("heading").innerText());
    await expect(page.locator("[data-toured]")).toHaveCount(1);
    await page.screenshot({ path: `test-results/pictures/tour-${stop}.png` });
    await tabTo(page, "button", stop < 4 ? "Next" : "Done");
    await page.keyboard.press("Enter");
  }
  expect(new Set(titles).size).toBe(4);
  await expect(tour).toHaveCount(0);

  await page.reload();
  await expect(page.getByText("Ready. Start trains").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Take the tour" })).toHaveCount(0);
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "Stop" })).toBeEnabled();
});
