import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { floats } from "../../src/engine/interchange/onnx-messages";
import { DrivenPage } from "../driven-page/driven-page";
import { smallModel } from "../fixtures/small-model";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";

const mebibyte = 1024 ** 2;

test("a model of 400 MB is loaded, and one above the limit refused", async ({ page }, info) => {
  const driven = new DrivenPage(page);
  const arm = { name: "Taught", scheme: { method: "seed", queue: 40 }, student: smallest, steps: 6 } as const;
  await driven.open(addressOf({ dataset: fewShapes, arms: [arm] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await page.getByRole("tab", { name: "Arm", exact: true }).click();
  const files = page.locator('input[aria-label="Files of a model that teaches"]');
  const give = async (bytes: number) => {
    const weights = floats("unused", [bytes / 4], new Float32Array(bytes / 4));
    const path = info.outputPath(`${bytes}.onnx`);
    writeFileSync(path, smallModel([weights]));
    await files.setInputFiles(path);
  };

  await give(520 * mebibyte);
  await expect(page.getByText("The model has 520 MiB; the limit is 512 MiB.")).toBeVisible();
  await give(400 * mebibyte);
  await expect(page.getByText(/^Nearest neighbors on \d+ held-out images/)).toBeVisible({ timeout: 180_000 });
});
