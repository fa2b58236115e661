import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "./tiny-experiments";

/** Where the pictures go that people look at. */
const pictures = "test-results/pictures";

const themes = ["light", "dark"] as const;
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

/** What the rules of accessibility find, in a form that a person can act upon. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(standards).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** In both colours: a picture, and no breach of a rule. */
async function inspect(page: Page, name: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png`, fullPage: true });
    expect.soft(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** Nothing sticks out sideways, once charts have found their new width. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, { timeout: 5_000 }).toBe(0);
}

test("before, while and after training: looks right and can be read by everyone", async ({ page }) => {
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

test("every tab of the settings looks right and can be read by everyone", async ({ page }) => {
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
