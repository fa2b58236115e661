import { expect, type Page } from "@playwright/test";
import { type Color, colorOf } from "../../../src/engine/dataset/field/made-files.testing";
import { english } from "../../../src/texts/english/english";

/** A loaded class as the page shows it. */
export interface ShownClass {
  /** Images for training, validation and held out. */
  readonly counts: readonly number[];
  /** The colors of its pictures in the gallery. */
  readonly colors: readonly (Color | undefined)[];
}

/** Reads classes, counts by part and the colors of pictures from a page whose images are loaded. */
export async function shownClasses(page: Page): Promise<Readonly<Record<string, ShownClass>>> {
  await expect(page.locator(".gallery canvas").first()).toBeVisible();
  const gallery = await page.getByRole("list", { name: english.data.classes }).evaluate((list) =>
    Array.from(list.querySelectorAll("li"), (row) => ({
      name: row.querySelector(".gallery-name")?.getAttribute("title") ?? "",
      pixels: Array.from(row.querySelectorAll("canvas"), (canvas): [number, number] => {
        const [red = 0, green = 0] = canvas.getContext("2d")?.getImageData(4, 4, 1, 1).data ?? [];
        return [red, green];
      }),
    })),
  );
  const table = page.getByRole("table", { name: english.data.perClass });
  if (!(await table.isVisible())) {
    await page.locator("summary").filter({ hasText: english.data.perClass }).click();
    await expect(table).toBeVisible();
  }
  await expect(table.locator("tbody tr")).toHaveCount(gallery.length);
  const rows = await table.locator("tbody tr").evaluateAll((lines) =>
    lines.map((line) => ({
      name: line.querySelector("th")?.textContent ?? "",
      counts: Array.from(line.querySelectorAll("td"), (cell) =>
        Number((cell.textContent ?? "").replace(/\D/g, "")),
      ),
    })),
  );
  return Object.fromEntries(
    gallery.map(({ name, pixels }) => [
      name,
      {
        counts: rows.find((row) => row.name === name)?.counts ?? [],
        colors: pixels.map(([red, green]) => colorOf(red, green)),
      },
    ]),
  );
}
