import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { formatsOf, padded, written } from "../fixtures/formats";
import { grayImages } from "../fixtures/gray-images";
import { addressOf } from "../fixtures/tiny-experiments";

interface Shown {
  readonly className: string;
  /** The red values of all pixels of each image that is shown. */
  readonly images: readonly string[];
}

/** Reads the gallery: the images of each class as a visitor sees them. */
const shownIn = (page: Page): Promise<Shown[]> =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll("ul.gallery > li"), (row) => ({
      className: row.querySelector(".gallery-name")?.textContent ?? "",
      images: Array.from(row.querySelectorAll("canvas"), (canvas) => {
        const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        };
        return Array.from(data)
          .filter((_, at) => at % 4 === 0)
          .join();
      }),
    })),
  );

test.describe("images are loaded from", () => {
  const images = grayImages("train", 150);
  const truth = (of: (pixels: Uint8Array) => Uint8Array) =>
    new Map(images.pixels.map((pixels, i) => [of(pixels).join(), String(images.labels[i])]));
  const labelOf = { 28: truth((pixels) => pixels), 32: truth(padded) };

  for (const [name, { side, files }] of Object.entries(formatsOf(images))) {
    test(`${name}, each with its label in the source`, async ({ page }) => {
      const driven = new DrivenPage(page);
      await driven.open(addressOf({ dataset: { source: "files", resolution: side, perClass: 6 } }));
      await driven.showOwnImages();
      await driven.drop(written(files));
      await expect(page.getByRole("heading", { name: "loaded" })).toBeVisible();
      await expect(page.getByText("rejected")).toHaveCount(0);
      await expect(page.locator("ul.gallery canvas")).not.toHaveCount(0);
      const shown = await shownIn(page);
      expect(shown.map(({ className }) => className)).toEqual([..."0123456789"]);
      const labels = shown.map((row) => row.images.map((image) => labelOf[side as 28 | 32].get(image)));
      expect(labels).toEqual(shown.map(({ className }) => Array<string>(6).fill(className)));
    });
  }
});
