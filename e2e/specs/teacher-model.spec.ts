import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { passToHub } from "../driven-page/hub-passage";
import { savedExperiment } from "../driven-page/saved-experiment";
import { smallModel, smallModelBeside } from "../fixtures/small-model";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";
import { startModelHub } from "../hub/model-hub";

const arm = {
  name: "Taught",
  scheme: { method: "seed", queue: 40 },
  student: smallest,
  steps: 12,
} as const;

async function openArm(page: Page, address: string): Promise<DrivenPage> {
  const driven = new DrivenPage(page);
  await driven.open(address);
  await expect(driven.sentence).toHaveText(/^Ready/);
  await page.getByRole("tab", { name: "Arm", exact: true }).click();
  return driven;
}

test("a model from a file teaches: it is described, checked on the images, kept, and named by links", async ({
  page,
}) => {
  const kept = { ...arm, answers: "kept" } as const;
  const driven = await openArm(page, addressOf({ dataset: fewShapes, arms: [kept] }));
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

test("a model of the hub is listed, fetched and named by links, whose recipients fetch the same one or none", async ({
  page,
}) => {
  const hub = await startModelHub("hf_secret");
  const { model, data } = smallModelBeside("small.onnx_data");
  const revision = hub.publish("somebody/small", {
    "onnx/other.onnx": smallModel().slice(0, 300),
    "onnx/small.onnx": model,
    "onnx/small.onnx_data": data,
    "model.safetensors": new Uint8Array(9),
    "preprocessor_config.json": new TextEncoder().encode(
      '{"size": 32, "image_mean": [0.5], "image_std": [0.5]}',
    ),
  });
  hub.faults.set("somebody/small:onnx/other.onnx", "stall");
  await passToHub(page.context(), { endpoint: hub.address });
  const driven = await openArm(page, addressOf({ dataset: fewShapes, arms: [arm] }));
  const name = page.getByLabel("Or from the Hugging Face hub", { exact: true });
  const list = page.getByRole("button", { name: "List its models" });
  await name.fill("somebody/none");
  expect(hub.asked).toEqual([]);
  await list.click();
  await expect(
    page.getByText(/^The model was not fetched\. somebody\/none does not exist, or/),
  ).toBeVisible();

  await name.fill("https://huggingface.co/somebody/small/tree/main");
  await list.click();
  await expect(page.getByText("Not usable here: model.safetensors")).toBeVisible();
  await page.getByRole("button", { name: "Fetch onnx/other.onnx" }).click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.screenshot({ path: "test-results/pictures/hub-models.png" });
  await page.getByRole("button", { name: "Fetch onnx/small.onnx" }).click();
  await expect(page.getByText("From the repository: 32 × 32 pixels; pixels: From −1 to 1")).toBeVisible();
  const from = { hub: "somebody/small:onnx/small.onnx", revision, side: 32, mean: [0.5, 0.5, 0.5] };
  await expect.poll(async () => (await savedExperiment(driven)).arms?.[0]?.model).toMatchObject(from);
  const experiment = await savedExperiment(driven);

  // As in the browser of a recipient, which keeps no model yet.
  const forget = () =>
    page.evaluate(async () => {
      const files = await navigator.storage.getDirectory();
      await files.removeEntry("imported-models", { recursive: true });
    });
  const fetchIt = page.getByRole("button", { name: `Fetch ${from.hub} from huggingface.co` });
  const damaged = experiment.arms.map((one) => ({
    ...one,
    ...(one.model && { model: { ...one.model, hash: "0".repeat(64) } }),
  }));
  await forget();
  await openArm(page, addressOf({ ...experiment, arms: damaged }));
  await fetchIt.click();
  await expect(
    page.getByText(/small\.onnx is another model now: its SHA-256 is [0-9a-f]{64}, and/),
  ).toBeVisible();
  await page.goto("about:blank");
  await openArm(page, addressOf(experiment));
  await fetchIt.click();
  await expect(page.getByText(/^Nearest neighbors on \d+ held-out images/)).toBeVisible();
  await hub.close();
});
