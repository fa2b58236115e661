import { writeFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { floats } from "../../src/engine/interchange/onnx-messages";
import { DrivenPage } from "../driven-page/driven-page";
import { passToHub } from "../driven-page/hub-passage";
import { smallModel } from "../fixtures/small-model";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";
import { startModelHub } from "../hub/model-hub";

const mebibyte = 1024 ** 2;

test("a model of 400 MB is loaded, from a file and from the hub, and one above the limit refused", async ({
  page,
}, info) => {
  const driven = new DrivenPage(page);
  const arm = { name: "Taught", scheme: { method: "seed", queue: 40 }, student: smallest, steps: 6 } as const;
  await driven.open(addressOf({ dataset: fewShapes, arms: [arm] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await page.getByRole("tab", { name: "Arm", exact: true }).click();
  const files = page.locator('input[aria-label="Files of a model that teaches"]');
  const modelOf = (bytes: number) => smallModel([floats("unused", [bytes / 4], new Float32Array(bytes / 4))]);
  const give = async (bytes: number) => {
    const path = info.outputPath(`${bytes}.onnx`);
    writeFileSync(path, modelOf(bytes));
    await files.setInputFiles(path);
  };

  await give(520 * mebibyte);
  await expect(page.getByText("The model has 520 MiB; the limit is 512 MiB.")).toBeVisible();
  await give(400 * mebibyte);
  const checked = page.getByText(/^Nearest neighbors on \d+ held-out images/);
  await expect(checked).toBeVisible({ timeout: 180_000 });
  await page.getByRole("button", { name: "Remove the model" }).click();
  await expect(checked).toBeHidden();

  const hub = await startModelHub("hf_secret");
  hub.publish("somebody/large", { "model.onnx": modelOf(401 * mebibyte) });
  await passToHub(page.context(), { endpoint: hub.address });
  await page.getByRole("textbox", { name: "Or from the Hugging Face hub" }).fill("somebody/large:model.onnx");
  await page.getByRole("button", { name: "Fetch", exact: true }).click();
  await expect(page.getByText(/^\d+ of 420 MB$/)).toBeVisible();
  await expect(checked).toBeVisible({ timeout: 180_000 });
  await hub.close();
});
