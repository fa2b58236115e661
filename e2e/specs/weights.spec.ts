import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, type Page, type TestInfo, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { DrivenPage } from "../driven-page/driven-page";
import { serveExported } from "../driven-page/exported";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";
import { pythonWith } from "../pytorch/python";

/** It is paused, and never finished. */
const experiment = addressOf({
  dataset: fewShapes,
  evaluation: { everySteps: 200 },
  arms: [
    { name: "Taught", scheme: { method: "supervised" }, student: smallest, teacher: smallest, steps: 20_000 },
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

/** The code in an exported model card. */
function snippets(files: Readonly<Record<string, Uint8Array>>, language: string): string[] {
  const card = new TextDecoder().decode(files["README.md"]);
  return [...card.matchAll(new RegExp(`\\n\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(
    ([, code = ""]) => code,
  );
}

/** Runs a snippet where the exported files lie, as their reader would, and returns what it prints. */
function inFolder(
  info: TestInfo,
  files: Readonly<Record<string, Uint8Array>>,
  program: string,
  name: string,
  [code = ""]: readonly string[],
  ...words: readonly string[]
): string {
  const cwd = info.outputPath("exported");
  for (const [path, content] of Object.entries({ ...files, [name]: code })) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), content);
  }
  return execFileSync(program, [name, ...words], { cwd, encoding: "utf8" }).trim();
}

/** A Python with these modules; without one, the report says what was not run. */
function pythonHaving(info: TestInfo, modules: string): string | undefined {
  const found = pythonWith(modules);
  if (!found) {
    info.annotations.push({ type: "skipped in part", description: `Python has no ${modules}.` });
    console.log(`The snippet for Python was not run: no Python with ${modules}; RETORT_PYTHON names one.`);
  }
  return found;
}

test("exported networks work elsewhere: in TensorFlow.js with the exported page, and in ONNX, with equal outputs", async ({
  page,
  context,
}, info) => {
  const driven = new DrivenPage(page);
  await driven.open(experiment);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).share ?? 0, { timeout: 120_000 }).toBeGreaterThan(0);
  await driven.button("Pause").click();
  await expect(driven.sentence).toHaveText(/^Paused at/);
  const tfjs = await exported(page, "weights-tfjs.zip");
  const onnx = await exported(page, "weights-onnx.zip");
  const plain = await exported(page, "weights.zip");
  // While it is paused, its network can be measured.
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Networks: size and speed/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("row", { name: /^Taught, 1, Student .* % .* %/ })).toBeVisible();
  await page.screenshot({ path: "test-results/pictures/measured-networks.png" });
  await dialog.getByRole("button", { name: "Close" }).click();

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

  const [inTfjs = ""] = snippets(tfjs, "js");
  const printed = await other.evaluate(`(async () => {
    const printed = [];
    const console = { log: (text) => printed.push(text) };
    ${inTfjs}
    return printed.join();
  })()`);
  expect(printed).toBe("1 × 32");
  expect(inFolder(info, onnx, process.execPath, "load.mjs", snippets(onnx, "js"))).toBe("1 × 32");
  const torch = pythonHaving(info, "torch");
  if (torch) {
    const read = inFolder(info, plain, torch, "load.py", snippets(plain, "python"));
    expect(read).toMatch(/^\{"network":"R8","width":0\.125\} [1-9]\d*$/);
  }
  const runtime = pythonHaving(info, "onnxruntime, numpy, PIL");
  if (runtime) {
    const picture = resolve("public/icon-192.png");
    const read = inFolder(info, onnx, runtime, "classify.py", snippets(onnx, "python"), picture);
    expect(read.replace(picture, "icon-192.png")).toMatch(/^icon-192\.png: \w+ \d+\.\d%(, \w+ \d+\.\d%)+$/);
  }

  // Imports the weights again: the same network starts from them.
  await driven.showSettings();
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
