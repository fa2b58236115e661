/** Situations of docs/field.md on the built page: what stands at the drop zone, and which picture has which class. */
import { expect, test } from "@playwright/test";
import { type FieldCase, fieldCases } from "../../../src/engine/dataset/field/field-cases.testing";
import { english } from "../../../src/texts/english/english";
import { isLong } from "../../commands/test-size";
import { DrivenPage } from "../../driven-page/driven-page";
import { addressOf } from "../../fixtures/tiny-experiments";
import { onDisk, situation } from "./on-disk";
import { type ShownClass, shownClasses } from "./what-stands";

/** One of each kind; all of them are tried from files to a dataset beside the engine, and here by the long suite. */
const some = new Set([
  "parts with underscores and numbers",
  "photos and their masks",
  "an archive for each class",
  "names in Shift-JIS",
  "Tiny ImageNet",
  "names in other case",
  "classes in the names of the files",
  "a class that is all damaged HEIC",
  "everything as damaged HEIC",
  "the same files in training and testing",
  "TIFF, HEIC and JPEG XL",
]);
const cases = isLong ? fieldCases : fieldCases.filter(({ name }) => some.has(name));

/** Numbers of images in the parts that folders or tables give; the others are drawn from the pool. */
function expectCounts(one: FieldCase, shown: readonly ShownClass[]): void {
  const total = (part: 0 | 1 | 2) => shown.reduce((sum, { counts }) => sum + (counts[part] ?? 0), 0);
  const { pool, validation, test: held } = one.counts ?? {};
  if (validation !== undefined) expect(total(1), one.name).toBe(validation);
  if (held !== undefined) expect(total(2), one.name).toBe(held);
  const drawn = (validation === undefined ? total(1) : 0) + (held === undefined ? total(2) : 0);
  if (pool !== undefined) expect(total(0) + drawn, one.name).toBe(pool);
}

test("what is dropped in each situation is read as it is meant, or refused with the reason", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Pictures" } }));
  await driven.showOwnImages();
  for (const [at, one] of cases.entries()) {
    await test.step(one.name, async () => {
      await driven.drop([onDisk(one, `situation ${at}`).folder]);
      if (one.refused && !one.reading) {
        await expect(driven.notices).toBeVisible();
        if (one.reason) await expect(driven.notices).toContainText(one.reason);
        await driven.notices.getByRole("button", { name: "Dismiss" }).click();
        return;
      }
      if (one.reading) await page.getByRole("button", { name: english.reading.offer(one.reading) }).click();
      await expect(page.getByRole("heading", { name: `situation ${at} loaded` })).toBeVisible();
      const names = Object.keys(one.classes ?? {});
      await expect(driven.found).toContainText(english.reading.classes(names.length));
      const shown = await shownClasses(page);
      expect(Object.keys(shown).sort(), one.name).toEqual([...names].sort());
      for (const [name, { colors }] of Object.entries(shown)) {
        const color = one.classes?.[name];
        if (color) expect(new Set(colors), `${one.name}: ${name}`).toEqual(new Set([color]));
      }
      expectCounts(one, Object.values(shown));
      const notices = await driven.found
        .locator("[data-notice]")
        .evaluateAll((items) => items.map((item) => item.getAttribute("data-notice")));
      expect(notices.sort(), one.name).toEqual([...(one.notices ?? [])].sort());
    });
  }
});

test("a guess is told with its other reading, which one click takes, and one takes back", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Pictures" } }));
  await driven.showOwnImages();
  await driven.drop([onDisk(situation("the same folders within each class")).folder]);
  await expect(driven.found).toContainText("2 classes: cat 8, dog 8");
  await driven.found.getByRole("button", { name: english.reading.offer("inner") }).click();
  await expect(driven.found).toContainText("2 classes: inside 8, outside 8");
  await driven.found.getByRole("button", { name: english.reading.undo("inner") }).click();
  await expect(driven.found).toContainText("2 classes: cat 8, dog 8");
});

test("classes that are dropped one after the other are added up", async ({ page }) => {
  const [first = "", second = ""] = onDisk(situation("an archive for each class")).within;
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Pictures" } }));
  await driven.showOwnImages();
  await driven.drop([first]);
  await expect(driven.notices).toContainText("Only one class found");
  await driven.drop([second]);
  await driven.notices.getByRole("button", { name: english.reading.addTo("cat-samples") }).click();
  await expect(driven.found).toContainText("2 classes: cat 6, dog 6");
});
