import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { savedExperiment } from "../driven-page/saved-experiment";
import { smallModel } from "../fixtures/small-model";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";

test("a model from a file teaches: it is described, checked on the images, kept, and named by links", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  const arm = {
    name: "Taught",
    scheme: { method: "seed", queue: 40 },
    student: smallest,
    steps: 12,
    answers: "kept",
  } as const;
  await driven.open(addressOf({ dataset: fewShapes, arms: [arm] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await page.getByRole("tab", { name: "Arm", exact: true }).click();
  const files = page.locator('input[aria-label="Files of a model that teaches"]');

  await files.setInputFiles({
    name: "broken.onnx",
    mimeType: "",
    buffer: Buffer.from(smallModel().slice(0, 300)),
  });
  await expect(page.getByText(/^This model cannot teach here\. The ONNX file is truncated/)).toBeVisible();

  await files.setInputFiles({ name: "small.onnx", mimeType: "", buffer: Buffer.from(smallModel()) });
  await expect(
    page.getByText(/^Nearest neighbors on \d+ held-out images: \d+ % by its answers/),
  ).toBeVisible();
  await expect(page.getByText("ONNX, 0.00", { exact: false })).toBeVisible();
  await expect(page.getByLabel("Output that teaches", { exact: true })).toHaveValue("features");
  await page.getByLabel("Pixels per side", { exact: true }).selectOption("32");
  // 8 filters of 3 × 3 × 3 at 15 × 15 places, and 8 × 4 weights.
  await expect
    .poll(async () => (await savedExperiment(driven)).arms?.[0]?.model)
    .toMatchObject({ name: "small.onnx", side: 32, dimension: 8, macs: 8 * 27 * 225 + 32 });
  const given = page.locator(".model-seen canvas");
  await expect(given).toHaveCount(4);
  await expect(given.first()).toHaveAttribute("width", "32");
  await page.screenshot({ path: "test-results/pictures/teacher-model.png" });

  await driven.button("Start").click();
  await expect(driven.sentence).toHaveText(/^Finished/, { timeout: 120_000 });
  expect((await driven.glance()).alerts).toEqual([]);
  // The link alone finds the model that this browser keeps.
  await page.reload();
  await expect(driven.sentence).toHaveText(/^Ready/);
  await driven.button("Start").click();
  await expect(driven.sentence).toHaveText(/^Finished/, { timeout: 120_000 });

  // What it answered takes room, which can be had back.
  await driven.showSettings();
  const size = page.getByRole("region", { name: "Time on this machine" });
  await expect(size.getByText(/^Teachers' answers kept in this browser: [1-9].* of 1/)).toBeVisible();
  await size.getByRole("button", { name: "Delete them" }).click();
  await expect(size.getByText(/^[1-9].* of teachers' answers were deleted\./)).toBeVisible();
});
