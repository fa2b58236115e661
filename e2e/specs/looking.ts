import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { isLong } from "../tooling/test-size";

/** Where the pictures go that people look at. */
export const pictures = "test-results/pictures";

const themes = ["light", "dark"] as const;

/** The long suite looks at every state in both colors, the short one in one of them, by turns. */
export function themesOf(name: string): readonly (typeof themes)[number][] {
  const turn = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % themes.length;
  return isLong ? themes : themes.slice(turn, turn + 1);
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** What the rules of accessibility find, in a form that a person can act upon. */
export async function violations(page: Page, part: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).include(part).withTags(standards).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** In its colors: a picture, and no breach of a rule. `part`: where only that is new, by its selector. */
export async function inspect(page: Page, name: string, part = "body"): Promise<void> {
  for (const colorScheme of themesOf(name)) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png`, fullPage: part === "body" });
    expect.soft(await violations(page, part), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** Nothing sticks out sideways, once charts have found their new width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, { timeout: 60_000 }).toBe(0);
}
