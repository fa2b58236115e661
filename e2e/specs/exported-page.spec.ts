/** What leaves sees what training saw: the exported page finds training's own accuracy on the trained images. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { type Files, wide } from "../../src/engine/dataset/field/made-files.testing";
import { DrivenPage } from "../driven-page/driven-page";
import { serveExported } from "../driven-page/exported";
import { savedExperiment } from "../driven-page/saved-experiment";
import { smallModel } from "../fixtures/small-model";
import { addressOf, smallest } from "../fixtures/tiny-experiments";
import { onDisk } from "./field/on-disk";

const classes = { cat: "r", dog: "g" } as const;
type Name = keyof typeof classes;
const names = Object.keys(classes) as Name[];

/** Wide photos with what matters in the middle; some held-out ones are misfiled, so that the accuracy is not 1. */
const files: Files = Object.fromEntries(
  names.flatMap((name, label) => {
    const other = names[1 - label] as Name;
    const photo = (part: string, at: number, color: Name) =>
      [`${part}/${name}/${name} ${at}.bmp`, wide(classes[color], 2 * at + label)] as const;
    return [
      ...Array.from({ length: 24 }, (_, at) => photo("train", at, name)),
      ...Array.from({ length: 4 }, (_, at) => photo("val", 30 + at, name)),
      ...Array.from({ length: 11 + label }, (_, at) => photo("test", 40 + at, at < 3 ? other : name)),
    ];
  }),
);

interface Saved {
  readonly runs: readonly {
    readonly arm: string;
    readonly final: Partial<Record<"top1" | "linearTop1", number>>;
  }[];
}

/** Shares in percent, by class: "cat 97.3 %, dog 2.7 %". */
const sharesIn = (line: string) =>
  new Map(
    [...line.matchAll(/(cat|dog)\s+(\d+(?:\.\d)?) ?%/g)].map(([, name, share]) => [name, Number(share)]),
  );

/** What the exported page says of images, line by line, with one of its models. */
async function answersOf(page: Page, model: string, paths: readonly string[]): Promise<readonly string[]> {
  await page.locator("pre").evaluate((shown) => {
    shown.textContent = "";
  });
  await page.locator("input").setInputFiles([...paths]);
  await page.locator("select").selectOption(model);
  await expect(page.locator("pre")).toContainText("%", { timeout: 60_000 });
  const lines = ((await page.locator("pre").textContent()) ?? "").split("\n");
  expect(lines).toHaveLength(paths.length);
  for (const line of lines) expect(line).toMatch(/: (cat|dog) \d+\.\d %, (cat|dog) \d+\.\d %$/);
  return paths.map((path) => lines.find((line) => line.startsWith(`${basename(path)}: `)) ?? "");
}

test("exported pages crop, scale and normalize as training did: a model's student, whole and in 8 bits, answers as here", async ({
  page,
  context,
}, { outputDir }) => {
  const arm = { student: smallest, teacher: smallest, steps: 120 };
  const driven = new DrivenPage(page);
  await driven.open(
    addressOf({
      dataset: { source: "files", name: "Photos", resolution: 16 },
      evaluation: { everySteps: 60, probe: "ridge" },
      arms: [
        { ...arm, name: "Taught", scheme: { method: "kd" } },
        { ...arm, name: "Alone", scheme: { method: "byol" } },
      ],
    }),
  );
  await driven.showOwnImages();
  const { folder } = onDisk({ files }, "photos");
  await driven.drop([folder]);
  await expect(page.getByRole("heading", { name: "photos loaded" })).toBeVisible();
  await page.getByRole("tab", { name: "Arm", exact: true }).click();
  const buffer = Buffer.from(smallModel());
  await page
    .locator('input[aria-label="Files of a model that teaches"]')
    .setInputFiles({ name: "small.onnx", mimeType: "", buffer });
  await expect(page.getByText(/^Nearest neighbors on \d+ held-out images/)).toBeVisible();
  await page.getByLabel("Pixels per side", { exact: true }).selectOption("32");
  await expect.poll(async () => (await savedExperiment(driven)).arms?.[0]?.model?.side).toBe(32);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  await driven.save("metrics.json", `${outputDir}/metrics.json`);
  const { runs } = JSON.parse(readFileSync(`${outputDir}/metrics.json`, "utf8")) as Saved;
  const measured = (name: string, metric: "top1" | "linearTop1") =>
    runs.find((run) => run.arm === name)?.final[metric] ?? Number.NaN;
  const held = Object.keys(files).filter((path) => path.startsWith("test/"));
  const paths = held.map((path) => `${folder}/${path}`);

  const exported = async (name: "weights-tfjs.zip" | "weights-tfjs-int8.zip") => {
    const path = `${outputDir}/${name}`;
    await driven.save(name, path);
    const found = unzipSync(readFileSync(path));
    const other = await context.newPage();
    await serveExported(other, found);
    await other.goto("http://exported.test/example.html");
    const modelOf = (arm: string) =>
      Object.keys(found).find((one) => one.startsWith(arm) && one.endsWith("model.json")) ?? "";
    return {
      readme: new TextDecoder().decode(found["README.md"]),
      bytes: found[modelOf("Taught").replace("model.json", "weights.bin")]?.length ?? 0,
      answers: (arm: string) => answersOf(other, modelOf(arm), paths),
    };
  };
  const rightAmong = (lines: readonly string[]) =>
    held.filter((path, at) => lines[at]?.includes(`: ${path.split("/")[1]} `)).length / held.length;

  const whole = await exported("weights-tfjs.zip");
  expect(whole.readme).toContain("16 × 16 pixels");
  expect(whole.readme).toContain("cat, dog");
  let lines: readonly string[] = [];
  for (const [name, metric] of [
    ["Alone", "linearTop1"],
    ["Taught", "top1"],
  ] as const) {
    lines = await whole.answers(name);
    expect(rightAmong(lines), name).toBeCloseTo(measured(name, metric), 6);
    // Both answers occur, so the equality is not that of a constant.
    for (const answer of names)
      expect(
        lines.some((line) => line.includes(`: ${answer} `)),
        name,
      ).toBe(true);
  }

  // The page itself, asked about an image, gives the same shares.
  const panel = page.getByRole("region", { name: "Try the student" });
  await panel.getByLabel("Choose or photograph an image").setInputFiles(paths[0] as string);
  const student = panel.getByRole("list", { name: "Answers of the networks" }).locator("> li").first();
  await expect(student).toContainText("%");
  const here = sharesIn((await student.locator(".try-shares li").allInnerTexts()).join(", "));
  // Here they are rounded to whole percent.
  for (const [name, share] of sharesIn(lines[0] ?? ""))
    expect(Math.abs(share - (here.get(name) ?? Number.NaN)), name).toBeLessThan(1);

  // In 8 bits, it has the accuracy that the page measured.
  const small = await exported("weights-tfjs-int8.zip");
  expect(small.bytes).toBeLessThan(whole.bytes / 3);
  const [, accuracy] = small.readme.match(/Taught.*→ (\d+\.\d) %/) ?? [];
  const rounded = await small.answers("Taught");
  expect((100 * rightAmong(rounded)).toFixed(1)).toBe(accuracy);
  rounded.forEach((line, at) => {
    for (const [name, share] of sharesIn(lines[at] ?? ""))
      expect(Math.abs(share - (sharesIn(line).get(name) ?? Number.NaN)), line).toBeLessThan(5);
  });
});
