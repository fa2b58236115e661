/** Situations of docs/field.md on the built page: what stands at the drop zone, and which picture has which class. */
import { expect, type Page, test } from "@playwright/test";
import { fieldCases } from "../../../src/engine/dataset/field/field-cases.testing";
import { colorOf } from "../../../src/engine/dataset/field/made-files.testing";
import { english } from "../../../src/texts/english/english";
import { isLong } from "../../commands/test-size";
import { DrivenPage } from "../../driven-page/driven-page";
import { addressOf } from "../../fixtures/tiny-experiments";
import { onDisk, situation } from "./on-disk";

/** One of each kind; all of them are tried from files to a dataset beside the engine, and here by the long suite. */
const some = new Set([
  "parts with underscores and numbers",
  "photos and their masks",
  "an archive for each class",
  "names in Shift-JIS",
  "Tiny ImageNet",
  "names in other case",
  "classes in the names of the files",
  "a class that is all HEIC",
  "everything as HEIC",
  "the same files in training and testing",
]);
const cases = isLong ? fieldCases : fieldCases.filter(({ name }) => some.has(name));

/** Colors of the gallery's pictures, class by class. */
function galleryOf(page: Page): Promise<{ name: string; pixels: [number, number][] }[]> {
  return page.getByRole("list", { name: "Classes" }).evaluate((list) =>
    Array.from(list.querySelectorAll("li"), (row) => ({
      name: row.querySelector(".gallery-name")?.getAttribute("title") ?? "",
      pixels: Array.from(row.querySelectorAll("canvas"), (canvas): [number, number] => {
        const [red = 0, green = 0] = canvas.getContext("2d")?.getImageData(4, 4, 1, 1).data ?? [];
        return [red, green];
      }),
    })),
  );
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
      await expect(page.getByRole("list", { name: "Classes" }).getByRole("listitem")).toHaveCount(
        names.length,
      );
      await expect(page.locator(".gallery canvas").first()).toBeVisible();
      for (const { name, pixels } of await galleryOf(page)) {
        const color = one.classes?.[name];
        expect(color, `${one.name}: ${name}`).toBeDefined();
        if (color) expect(pixels.map(([red, green]) => colorOf(red, green))).toEqual(pixels.map(() => color));
      }
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
