import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { DrivenPage } from "../driven-page/driven-page";
import { serveExported } from "../driven-page/exported";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";

const experiment = addressOf({
  dataset: fewShapes,
  arms: [
    { name: "Taught", scheme: { method: "supervised" }, student: smallest, teacher: smallest, steps: 600 },
  ],
});

async function exported(page: Page, name: string) {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const item = page.getByRole("menuitem").filter({ has: page.getByText(name, { exact: true }) });
  const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
  return unzipSync(readFileSync(await download.path()));
}

const [size, channels] = [16, 3];
const pixels = Float32Array.from({ length: size * size * channels }, (_, at) => (at % 17) / 16);

test("exported networks work elsewhere: in TensorFlow.js with the exported page, and in ONNX, with equal outputs", async ({
  page,
  context,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(experiment);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).share ?? 0, { timeout: 120_000 }).toBeGreaterThan(0);
  await driven.button("Pause").click();
  await expect(driven.sentence).toHaveText(/^Paused at/);
  const tfjs = await exported(page, "weights-tfjs.zip");
  const onnx = await exported(page, "weights-onnx.zip");
  const plain = await exported(page, "weights.zip");
  const names = Object.keys(tfjs).toSorted();
  expect(names).toEqual([
    "README.md",
    "Taught, seed 1, student/model.json",
    "Taught, seed 1, student/weights.bin",
    "example.html",
  ]);

  const other = await context.newPage();
  await serveExported(other, tfjs);
  await other.goto("http://exported.test/example.html");
  // On a slow machine the image may be chosen before the page is ready.
  await expect(async () => {
    await other.locator("input").setInputFiles("public/icon-192.png");
    await expect(other.locator("pre")).toHaveText(/^icon-192\.png: \w+ \d+\.\d %(, \w+ \d+\.\d %)+$/, {
      timeout: 20_000,
    });
  }).toPass({ timeout: 120_000 });
  const elsewhere = (await other.evaluate(`(async () => {
    const model = await tf.loadGraphModel("Taught, seed 1, student/model.json");
    const input = tf.tensor4d(${JSON.stringify([...pixels])}, [1, ${size}, ${size}, ${channels}]);
    return [...(await model.execute(input, "logits").data())];
  })()`)) as number[];

  const session = await InferenceSession.create(onnx["Taught, seed 1, student.onnx"] ?? new Uint8Array());
  const first = pixels.map((_, at) => {
    const [channel, place] = [Math.floor(at / size ** 2), at % size ** 2];
    return pixels[place * channels + channel] ?? Number.NaN;
  });
  const { logits } = await session.run({ pixels: new Tensor("float32", first, [1, channels, size, size]) });
  const wanted = [...((logits?.data ?? []) as Float32Array)];
  expect(wanted.length).toBe(elsewhere.length);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  wanted.forEach((value, at) => {
    expect(Math.abs(value - (elsewhere[at] ?? Number.NaN)) / scale).toBeLessThan(1e-4);
  });
  expect(new Set(wanted).size).toBeGreaterThan(2);

  // Imports the weights again: the same network starts from them.
  const input = page.getByLabel("File of weights for the student");
  await input.setInputFiles({ name: "no.safetensors", mimeType: "", buffer: Buffer.from("not at all") });
  await expect(page.getByText("These weights cannot be used here")).toBeVisible();
  const buffer = Buffer.from(plain["Taught, seed 1, student.safetensors"] ?? []);
  await input.setInputFiles({ name: "mine.safetensors", mimeType: "", buffer });
  await expect(page.getByText(/^mine\.safetensors fits/)).toBeVisible();
  const start = page.getByRole("combobox", { name: "Student starts from" });
  await expect(start.locator("option:checked")).toHaveText("A file of weights");
  await driven.button("Restart").click();
  await expect.poll(async () => (await driven.glance()).share ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);
  expect((await driven.glance()).alerts).toEqual([]);
  await driven.button("Stop").click();
});
