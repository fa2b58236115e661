import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Where the pictures go that people look at. */
export const pictures = "test-results/pictures";

export const themes = ["light", "dark"] as const;
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** What the rules of accessibility find, in a form that a person can act upon. */
export async function violations(page: Page, part: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).withTags(standards).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** In both colours: a picture, and no breach of a rule. `part`: where only that is new, by its selector. */
export async function inspect(page: Page, name: string, part = "body"): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png`, fullPage: part === "body" });
    expect.soft(await violations(page, part), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** Nothing sticks out sideways, once charts have found their new width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, { timeout: 5_000 }).toBe(0);
}
