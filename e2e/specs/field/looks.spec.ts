/** The drop zone after a drop, on a small laptop's screen: what was found is seen without scrolling. */
import { expect, test } from "@playwright/test";
import { english } from "../../../src/texts/english/english";
import { DrivenPage } from "../../driven-page/driven-page";
import { inspect } from "../../driven-page/looking";
import { addressOf } from "../../fixtures/tiny-experiments";
import { onDisk, situation } from "./on-disk";

test.use({ viewport: { width: 1366, height: 768 } });

const states = [
  ["clean", "folders of classes", "2 classes: cat 8, dog 8"],
  ["lossy", "a class that is all damaged HEIC", "The class “owl” lost all its 5 images."],
  ["guessed", "the same folders within each class", english.reading.offer("inner")],
] as const;

test("what was found, lost and guessed stands at the drop zone, on the first screen", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Pictures" } }));
  await driven.showOwnImages();
  for (const [state, name, words] of states) {
    await driven.drop([onDisk(situation(name), state).folder]);
    await expect(page.getByRole("heading", { name: `${state} loaded` })).toBeVisible();
    await page.evaluate(() => window.scrollTo(0, 0));
    await expect(driven.found.getByText(words)).toBeInViewport({ ratio: 1 });
    await inspect(page, `dropped-${state}`, ".settings, .found-summary");
  }
  await driven.drop([onDisk(situation("everything as damaged HEIC"), "refused").folder]);
  await expect(driven.notices).toContainText("HEIC image could not be decoded");
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(driven.notices.getByRole("heading")).toBeInViewport({ ratio: 1 });
  await expect(driven.notices.getByText("HEIC image could not be decoded")).toBeInViewport({ ratio: 1 });
  await inspect(page, "dropped-refused", ".notice");
});
