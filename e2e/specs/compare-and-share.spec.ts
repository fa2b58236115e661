import { expect, test } from "@playwright/test";
import { isLong } from "../commands/test-size";
import { DrivenPage } from "../driven-page/driven-page";
import { savedExperiment } from "../driven-page/saved-experiment";
import { asArchive, asFolder, photographs } from "../fixtures/photographs";
import { addressOf, fourTinyArms } from "../fixtures/tiny-experiments";

/** The numbers of images of each of ten classes, for training and held out. */
const [train, heldOut] = isLong ? [500, 100] : [30, 6];

/**
 * On a software GPU compiling takes minutes, so only the long suite trains on WebGPU here from beginning to end; `states.spec.ts`
 * trains on it too. The other arm has steps enough to be paused in.
 */
const [backend, arms, everySteps] = isLong
  ? (["webgpu", fourTinyArms, 6] as const)
  : (["wasm", [{ ...fourTinyArms[0], steps: 2_400 }], 300] as const);

test.describe("with photographs", () => {
  test("drop folders, train arms, pause, resume, inspect compute, share the link", async ({
    page,
    context,
  }) => {
    const driven = new DrivenPage(page);
    const dataset = { source: "files", name: "Photographs", resolution: 16 } as const;
    await driven.open(addressOf({ dataset, arms: [...arms], evaluation: { everySteps } }, backend));

    await driven.showOwnImages();
    await driven.drop([asFolder(photographs(30, 10))]);
    await expect(page.getByRole("heading", { name: "photographs loaded" })).toBeVisible();
    await expect(page.getByRole("list", { name: "Classes" }).getByRole("listitem")).toHaveCount(10);

    await driven.button("Start").click();
    await expect(driven.button("Pause")).toBeEnabled();
    await expect.poll(() => driven.chartRows("Student loss"), { timeout: 120_000 }).not.toHaveLength(0);
    await driven.button("Pause").click();
    await expect(driven.button("Resume")).toBeVisible();
    await expect(driven.sentence).toHaveText(/^Paused at/);
    // The current turn ends first; then the curves do not change.
    let resting: string[] = [];
    await expect(async () => {
      resting = await driven.chartRows("Student loss");
      await page.waitForTimeout(1_500);
      expect(await driven.chartRows("Student loss")).toEqual(resting);
    }).toPass({ timeout: 60_000 });
    await driven.button("Resume").click();
    await expect
      .poll(async () => (await driven.chartRows("Student loss")).join(), { timeout: 120_000 })
      .not.toBe(resting.join());

    await expect(driven.chart("kNN top-1").getByText("Step", { exact: true }).first()).toBeVisible();
    await page.getByRole("radio", { name: "Compute" }).click();
    await expect(driven.chart("kNN top-1").getByText(/MAC/).first()).toBeVisible();

    await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
    const results = page.getByRole("region", { name: "Results", exact: true });
    for (const { name } of arms) {
      await expect(
        results
          .getByRole("row")
          .filter({ hasText: name ?? "" })
          .first(),
      ).toContainText("%");
    }

    await page.getByRole("button", { name: "Copy link", exact: true }).click();
    await expect(page.getByText("Link copied")).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = new DrivenPage(await context.newPage());
    await other.open(link);
    expect(await savedExperiment(other)).toEqual(await savedExperiment(driven));
  });

  test("are the same dataset from a folder and from a zip file", async ({ page }) => {
    const driven = new DrivenPage(page);
    const files = photographs(train, heldOut);
    const hashOf = async (name: string) => {
      await expect(page.getByRole("heading", { name: `${name} loaded` })).toBeVisible({
        timeout: 120_000,
      });
      const airplanes = page.getByRole("list", { name: "Classes" }).getByRole("listitem").first();
      await expect(airplanes).toContainText(`airplane${train + heldOut}`);
      await expect(page.getByText("rejected")).toHaveCount(0);
      const { dataset } = await savedExperiment(driven);
      return dataset.source === "files" ? dataset.hash : undefined;
    };
    await driven.open(addressOf({ dataset: { source: "files", name: "Photographs" } }));
    await driven.showOwnImages();
    await driven.pickArchive(asArchive(files));
    const ofArchive = await hashOf("archived");
    await driven.drop([asFolder(files)]);
    expect(await hashOf("photographs")).toBe(ofArchive);
    expect(ofArchive).toMatch(/^[0-9a-f]{64}$/);
  });
});
