import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

/** Two arms with different targets, and one with another method. */
const arms = [0, 2, 3].flatMap((at) => fourTinyArms[at] ?? []).map((arm) => ({ ...arm, steps: 90 }));
const images = { ...fewShapes, train: 40, test: 20 } as const;

const optionsOf = (page: Page) => page.getByRole("dialog", { name: "Chart options" });

async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFileSync(await download.path(), "latin1");
}

async function exported(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const item = page.getByRole("menuitem").filter({ has: page.getByText(name, { exact: true }) });
  return saved(page, () => item.click());
}

test("curves and tables can be viewed in every way that the page offers, and exported as files", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  // WebAssembly needs no compilation, so the training is short.
  await driven.open(addressOf({ dataset: images, arms, seeds: [1, 2], evaluation: { everySteps: 30 } }));
  await driven.button("Start").click();
  const loss = driven.chart("Student loss");
  await expect
    .poll(async () => (await driven.chartRows("Student loss")).length, { timeout: 120_000 })
    .toBeGreaterThan(2);
  await driven.button("Pause").click();
  await expect(driven.sentence).toHaveText(/^Paused at/);

  // The zoomed range does not move while data arrive.
  const from = loss.getByRole("slider", { name: "Shown from" });
  await from.focus();
  const start = await from.getAttribute("aria-valuetext");
  for (let press = 0; press < 40; press++) await page.keyboard.press("PageUp");
  const place = await from.getAttribute("aria-valuetext");
  expect(place).not.toBe(start);
  await driven.button("Resume").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  expect(await from.getAttribute("aria-valuetext")).toBe(place);
  await loss.getByRole("button", { name: "Show all" }).click();
  await expect(from).toHaveAttribute("aria-valuetext", start ?? "");

  for (const [axis, title] of [
    ["Epoch", "Epoch"],
    ["Time", "Training time"],
    ["Compute", "Compute (MACs)"],
    ["Step", "Step"],
  ] as const) {
    await page.getByRole("radio", { name: axis, exact: true }).click();
    await expect(loss.getByText(title, { exact: true }).first()).toBeVisible();
  }
  await expect
    .poll(async () => (await driven.chartRows("kNN top-1")).join(), { timeout: 60_000 })
    .toContain("(n = 2)");

  await page.getByRole("button", { name: "Chart options" }).click();
  const lines = () =>
    loss
      .locator("svg.recharts-surface path")
      .evaluateAll((all) => all.map((one) => one.getAttribute("d")).join());
  let look = await lines();
  /** Resolves when the curves are drawn differently than before. */
  const changed = async () => {
    await expect.poll(lines).not.toBe(look);
    look = await lines();
  };
  for (const band of ["SE", "95 %", "Min–max", "None"]) {
    await optionsOf(page).getByRole("radio", { name: band, exact: true }).click();
    await changed();
  }
  for (const axis of ["Vertical axis", "Scale of the horizontal axis"]) {
    const scale = optionsOf(page).getByLabel(axis, { exact: true });
    await scale.getByRole("radio", { name: "Log" }).click();
    await changed();
  }
  await optionsOf(page).getByRole("slider", { name: "Smoothing" }).focus();
  await page.keyboard.press("End");
  await changed();
  await page.keyboard.press("Home");
  await optionsOf(page).getByRole("radio", { name: "One chart each" }).click();
  await expect(driven.chart("Student loss, BYOL")).toBeVisible();
  await expect(driven.chart("Student loss, SimDis-On-7v")).toBeVisible();
  await optionsOf(page).getByRole("radio", { name: "On one chart" }).click();
  await optionsOf(page).getByLabel("Papers' figures").selectOption({ index: 1 });
  await expect(
    driven
      .chart("Linear probe top-1")
      .getByText(/^paper: /)
      .first(),
  ).toBeAttached();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Runs", exact: true }).click();
  const moveUp = page.getByRole("button", { name: "Move SimDis-On-7v up", exact: true });
  for (let place = 0; place < 2; place++) await moveUp.click();
  const seed = page.getByRole("button", { name: "Show seed 2 of SimDis-On-7v", exact: true });
  await seed.click();
  await changed();
  await seed.click();
  await page.getByRole("button", { name: "Pin SimDis-On", exact: true }).click();
  await page.getByRole("button", { name: "Show BYOL", exact: true }).click();
  await page.keyboard.press("Escape");
  const legend = page.getByRole("list", { name: "Legend of all charts" }).getByRole("button");
  await expect(legend).toHaveText([/SimDis-On$/, /SimDis-On-7v$/, /BYOL$/]);
  await expect(legend.filter({ hasText: "BYOL" })).toHaveAttribute("aria-pressed", "false");

  const meaning = page.getByRole("region", { name: "Results", exact: true });
  const table = meaning.getByRole("table").first();
  await expect(table.getByRole("row")).toHaveCount(4);
  await expect(meaning.getByText(/ at × \d\S* compute: .* pp over 2 seeds; /).first()).toBeVisible();
  await meaning.getByLabel("Group by").selectOption("scheme.method");
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table.getByRole("row").filter({ hasText: "Scheme = SimDis-On" })).toContainText("4 / 4");
  await expect(legend.filter({ hasText: "Scheme =" })).toHaveCount(2);
  expect(
    await saved(page, () => meaning.getByRole("button", { name: "Save Results table as CSV" }).click()),
  ).toContain("Scheme = SimDis-On,4,4,");
  await meaning.getByLabel("Group by").selectOption("Arm");
  await meaning.getByText("Compute of each arm").click();
  await expect(meaning.getByRole("region", { name: "Compute ledger" })).toContainText("MAC");
  await meaning.getByText(/^Differences between arms/).click();
  await expect(page.getByRole("rowheader", { name: "Scheme", exact: true })).toBeVisible();

  const files = {
    "metrics.csv": "SimDis-On-7v",
    "metrics.json": "knnTop1",
    "results.tex": "\\toprule",
    "report.html": "experiment.json",
    "curves.svg": "<svg",
    "curves.png": "PNG",
  };
  for (const [name, part] of Object.entries(files)) expect(await exported(page, name), name).toContain(part);
  const ofLedger = (format: string) =>
    saved(page, () => meaning.getByRole("button", { name: `Save Compute ledger as ${format}` }).click());
  expect(JSON.parse(await ofLedger("JSON"))[0]).toMatchObject({ arm: "BYOL", stage: "student" });
  expect(await ofLedger("LaTeX")).toContain("\\toprule");
  expect(await ofLedger("PNG")).toContain("PNG");
  const ofDifferences = meaning.getByRole("button", { name: /^Save kNN, final: differences .* as CSV$/ });
  expect((await saved(page, () => ofDifferences.click())).split("\r\n")[0]).toBe(
    "arm,baseline,metric,seed,difference",
  );
  for (const [format, part] of [
    ["SVG", "<svg"],
    ["PNG", "PNG"],
    ["CSV", "SimDis-On"],
  ] as const) {
    const button = loss.getByRole("button", { name: `Save Student loss as ${format}` });
    expect(await saved(page, () => button.click()), format).toContain(part);
  }
});

test("embedded in another page, the experiment is shown without controls that would change it", async ({
  page,
}) => {
  const address = addressOf({ dataset: images, arms: arms.slice(0, 1) });
  await page.goto(address.replace("./?", "./?embed&"));
  await expect(page.getByRole("region", { name: "Curves", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
  await expect(page.getByRole("tablist", { name: "Settings" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /Retort/ })).toHaveAttribute("href", /^[^?]*\?backend=wasm/);
  const preview = page.locator('meta[property="og:image"]');
  await expect(preview).toHaveAttribute("content", /preview\.png$/);
  await expect(page).toHaveTitle(/Retort/);
});
