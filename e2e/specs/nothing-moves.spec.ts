import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  /** Whether it follows a click or a key, when layout may shift. */
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
}

interface Moved {
  readonly value: number;
  readonly what: string;
}

/** The layout shift that is not noticeable; browsers rate 0.1 as good. */
const unnoticed = 0.02;

/** Before the page's own scripts. */
function watch(): void {
  const moved: Moved[] = [];
  Object.assign(window, { moved });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as LayoutShift[]) {
      const parts = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : ""));
      if (!hadRecentInput) moved.push({ value, what: parts.join(" and ") });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function expectNothingMoved(page: Page): Promise<void> {
  const moved = await page.evaluate(() => (window as unknown as { moved: Moved[] }).moved);
  const sum = moved.reduce((all, { value }) => all + value, 0);
  expect(sum, moved.map(({ value, what }) => `${value.toFixed(4)}: ${what}`).join("\n")).toBeLessThan(
    unnoticed,
  );
}

for (const width of [1_440, 390]) {
  test(`${width} px wide, the layout does not shift from loading to the end of a training`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 860 });
    await page.addInitScript(watch);
    const driven = new DrivenPage(page);
    const arms = fourTinyArms.map((arm) => ({ ...arm, teacherSteps: 3, steps: 12 }));
    await driven.open(addressOf({ dataset: fewShapes, arms }));
    await driven.button("Start").click();
    await driven.chart("Student loss").locator("path.chart-line").first().waitFor({ timeout: 120_000 });
    await driven.chart("kNN top-1").scrollIntoViewIfNeeded();
    await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
    await expectNothingMoved(page);
  });

  test(`${width} px wide, the layout does not shift while the recorded comparison comes and is played`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 860 });
    await page.addInitScript(watch);
    await page.goto("./");
    const driven = new DrivenPage(page);
    await expect(page.locator(".arrival path.chart-line").first()).toBeAttached();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await expect(driven.sentence).toHaveText(/^Ready/);
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
    await expectNothingMoved(page);
  });
}
