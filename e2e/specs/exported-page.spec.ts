/** What leaves sees what training saw: the exported page finds training's own accuracy on the trained images. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { type Files, wide } from "../../src/engine/dataset/field/made-files.testing";
import { DrivenPage } from "../driven-page/driven-page";
import { serveExported } from "../driven-page/exported";
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

test("the exported page crops, scales and normalizes as training did, and finds its accuracy", async ({
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
        { ...arm, name: "Taught", scheme: { method: "supervised" } },
        { ...arm, name: "Alone", scheme: { method: "byol" } },
      ],
    }),
  );
  await driven.showOwnImages();
  const { folder } = onDisk({ files }, "photos");
  await driven.drop([folder]);
  await expect(page.getByRole("heading", { name: "photos loaded" })).toBeVisible();
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  await driven.save("metrics.json", `${outputDir}/metrics.json`);
  const { runs } = JSON.parse(readFileSync(`${outputDir}/metrics.json`, "utf8")) as Saved;
  const measured = (name: string, metric: "top1" | "linearTop1") =>
    runs.find((run) => run.arm === name)?.final[metric] ?? Number.NaN;

  await page.getByRole("button", { name: "Export", exact: true }).click();
  const item = page
    .getByRole("menuitem")
    .filter({ has: page.getByText("weights-tfjs.zip", { exact: true }) });
  const [download] = await Promise.all([page.waitForEvent("download"), item.click()]);
  const exported = unzipSync(readFileSync(await download.path()));
  const readme = new TextDecoder().decode(exported["README.md"]);
  expect(readme).toContain("16 × 16 pixels");
  expect(readme).toContain("cat, dog");

  const other = await context.newPage();
  await serveExported(other, exported);
  await other.goto("http://exported.test/example.html");
  const held = Object.keys(files).filter((path) => path.startsWith("test/"));
  await other.locator("input").setInputFiles(held.map((path) => `${folder}/${path}`));
  for (const [name, metric] of [
    ["Taught", "top1"],
    ["Alone", "linearTop1"],
  ] as const) {
    const own = Object.keys(exported).find((path) => path.startsWith(name) && path.endsWith("model.json"));
    await other.locator("pre").evaluate((shown) => {
      shown.textContent = "";
    });
    await other.locator("select").selectOption(own ?? "");
    await other.locator("select").dispatchEvent("change");
    await expect(other.locator("pre")).toContainText("%", { timeout: 60_000 });
    const lines = ((await other.locator("pre").textContent()) ?? "").split("\n");
    expect(lines).toHaveLength(held.length);
    const right = held.filter((path) => {
      const line = lines.find((one) => one.startsWith(`${basename(path)}: `)) ?? "";
      expect(line).toMatch(/: (cat|dog) \d+\.\d %, (cat|dog) \d+\.\d %$/);
      return line.includes(`: ${path.split("/")[1]} `);
    }).length;
    expect(right / held.length, name).toBeCloseTo(measured(name, metric), 6);
    // Both answers occur, so the equality is not that of a constant.
    for (const answer of names)
      expect(
        lines.some((line) => line.includes(`: ${answer} `)),
        name,
      ).toBe(true);
  }
});
