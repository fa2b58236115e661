import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { isLong } from "../commands/test-size";

/** The folder of the pictures, for review by a person. */
export const pictures = "test-results/pictures";

const themes = ["light", "dark"] as const;

/** The long suite checks every state in both color schemes, the short one alternates between them. */
export function themesOf(name: string): readonly (typeof themes)[number][] {
  const turn = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % themes.length;
  return isLong ? themes : themes.slice(turn, turn + 1);
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** The violations of accessibility rules, in a readable form. */
export async function violations(page: Page, part: string): Promise<string[]> {
  // The page has no frames of other sites, for which alone the default way opens a further page.
  const axe = new AxeBuilder({ page }).include(part).withTags(standards).setLegacyMode();
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/**
 * Takes a picture and checks accessibility in each color scheme. `part` limits the check to a selector if only that
 * is new.
 */
export async function inspect(page: Page, name: string, part = "body"): Promise<void> {
  for (const colorScheme of themesOf(name)) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${pictures}/${name}-${colorScheme}.png`, fullPage: part === "body" });
    expect.soft(await violations(page, part), `${name}, ${colorScheme}`).toEqual([]);
  }
}

/** Expects no horizontal overflow, after charts have adapted to the width. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, { timeout: 60_000 }).toBe(0);
}
