import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

/** Words that are in most English sentences and in no German one. */
const englishWords = /\b(the|and|with|of|from|for|is|are|this|that|not|yet|each|your)\b/i;
/** Names that are the same in every language. */
const names = /owner\/name|Hugging Face|Function Matching|Deep Mutual Learning/g;

const sentence = (page: Page) => page.locator(".run-sentence");

/** "Grill et al. 2020: …": titles of papers are not translated. */
const citation = / \d{4}: /;

/** The visible text, line by line, and the names of controls. */
async function linesOf(page: Page): Promise<string[]> {
  const inSight = await page.locator("body").innerText();
  const named = await page
    .locator("[aria-label], [title]")
    .evaluateAll((found) =>
      found.flatMap((element) => [
        element.getAttribute("aria-label") ?? "",
        element.getAttribute("title") ?? "",
      ]),
    );
  return [...inSight.split("\n"), ...named]
    .map((line) => line.replaceAll(names, "").trim())
    .filter((line) => line !== "" && !citation.test(line));
}

async function expectGerman(page: Page, where: string): Promise<void> {
  const english = (await linesOf(page)).filter((line) => englishWords.test(line));
  expect.soft(english, where).toEqual([]);
}

test("in German no English text is left, nothing overflows, and the choice is kept", async ({ page }) => {
  await new DrivenPage(page).open(addressOf({ dataset: fewShapes, arms: [...fourTinyArms] }));
  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "Deutsch" });
  await expect(sentence(page)).toHaveText(/^Bereit\. „Starten“ trainiert 4 Arme/);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expectGerman(page, "main view");

  for (const tab of await page.getByRole("tablist", { name: "Einstellungen" }).getByRole("tab").all()) {
    await tab.click();
    await expectGerman(page, `settings: ${await tab.innerText()}`);
  }

  for (const name of ["Verlauf", "Tastenkürzel"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await expectGerman(page, name);
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Exportieren", exact: true }).click();
  await expectGerman(page, "files");
  await page.keyboard.press("Escape");

  await page.reload();
  await expect(page.getByRole("button", { name: "Starten" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: "test-results/pictures/german-on-a-phone.png", fullPage: true });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, { timeout: 60_000 }).toBe(0);
});

test.describe("a browser that asks for German", () => {
  test.use({ locale: "de-DE" });

  test("gets the German page, and trains in it", async ({ page }) => {
    await page.goto(addressOf({ dataset: fewShapes, arms: [{ ...fourTinyArms[0], steps: 6 }] }));
    await expect(sentence(page)).toHaveText(/^Bereit/);
    await page.getByRole("button", { name: "Starten" }).click();
    await expect(sentence(page)).toHaveText(/^Fertig: 1 Lauf/, { timeout: 120_000 });
    await expectGerman(page, "after training");
    const seen = page.getByRole("region", { name: "Zurückgehaltene Bilder", exact: true });
    await seen.getByRole("radio", { name: "Wahre Klasse" }).click();
    await seen.getByRole("list", { name: "Fehler" }).getByRole("button").first().click();
    for (const tab of await seen.getByRole("tab").all()) {
      await tab.click();
      await expectGerman(page, `single images: ${await tab.innerText()}`);
    }
    await page.screenshot({ path: "test-results/pictures/german-after.png", fullPage: true });
  });
});
