import { expect, test } from "@playwright/test";
import { deflateSync } from "fflate";
import { DrivenPage } from "../driven-page/driven-page";
import { savedExperiment } from "../driven-page/saved-experiment";
import { brokenPng, classesOf, folderOf } from "../fixtures/made-images";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

/** A link with any content, also an invalid experiment. */
function linkTo(input: unknown): string {
  const bytes = deflateSync(new TextEncoder().encode(JSON.stringify(input)));
  return `./?backend=wasm#e=1.${Buffer.from(bytes).toString("base64url")}`;
}

test("bad files do not affect others, and each is listed with the reason", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Pictures" } }));
  await driven.showOwnImages();
  const files = {
    ...classesOf(["dull", "red"], 20),
    "red/broken.png": brokenPng,
    "dull/notes.png": "a text",
  };
  await driven.drop([folderOf("mixed", files)]);
  await expect(page.getByRole("heading", { name: "mixed loaded" })).toBeVisible();
  const rejected = page.getByRole("list", { name: "Rejected files" }).getByRole("listitem");
  await expect(rejected).toHaveCount(2);
  await expect(rejected.filter({ hasText: "red/broken.png" })).toContainText(/damaged|decode|cut/i);
  await expect(rejected.filter({ hasText: "dull/notes.png" })).toContainText(/no image|not an image/i);
  const classes = page.getByRole("list", { name: "Classes" }).getByRole("listitem");
  await expect(classes).toHaveText([/dull.*20/, /red.*20/]);
});

test("an empty folder and a single class are refused with the reason; the previous dataset is kept", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Pictures" } }));
  await driven.showOwnImages();
  await driven.drop([folderOf("good", classesOf(["dull", "red"], 20))]);
  await expect(page.getByRole("heading", { name: "good loaded" })).toBeVisible();
  const before = await savedExperiment(driven);

  await driven.drop([folderOf("nothing", {})]);
  const alert = driven.notices;
  await expect(alert).toContainText("No images found");
  await expect(alert).toContainText("“good” stays loaded");
  await alert.getByRole("button", { name: "Dismiss" }).click();

  await driven.drop([folderOf("single", classesOf(["alone"], 20))]);
  await expect(alert).toContainText("Only one class found");
  await expect(alert).toContainText("alone");
  await expect(page.getByRole("heading", { name: "good loaded" })).toBeVisible();
  expect(await savedExperiment(driven)).toEqual(before);
});

test("a link with an invalid field names it, and opens with the default on request", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(linkTo({ dataset: fewShapes, batchSize: -3, seeds: [7] }));
  const alert = driven.notices;
  await expect(alert).toContainText("This link has settings that cannot be used");
  const row = alert.getByRole("row").filter({ hasText: "batchSize" });
  await expect(row).toContainText("-3");
  await expect(row).toContainText("a whole number from 2 to 1024");
  await expect(driven.button("Start")).toBeEnabled();
  await alert.getByRole("button", { name: "Open with this setting at its default" }).click();
  await expect(alert).toHaveCount(0);
  expect(await savedExperiment(driven)).toMatchObject({ dataset: fewShapes, batchSize: 64, seeds: [7] });
});

test.describe("a link that cannot be read leaves the page's experiment alone:", () => {
  const whole = addressOf({ dataset: fewShapes, arms: [...fourTinyArms], seeds: [3] });
  const cases = [
    ["cut off", whole.slice(0, -20), "This link is incomplete"],
    ["with other characters", `${whole.slice(0, 30)}!!${whole.slice(32)}`, "This link is damaged"],
    ["of a newer version", whole.replace("#e=1.", "#e=2."), "This link has an unknown version"],
    ["with an unknown key", linkTo({ colour: "red" }), "colour"],
  ] as const;
  for (const [name, link, message] of cases) {
    test(name, async ({ page }) => {
      const driven = new DrivenPage(page);
      await driven.open(whole);
      const before = await savedExperiment(driven);
      expect(before.seeds).toEqual([3]);
      // As if a visitor pastes another link into the address bar of the open page.
      await page.goto(link);
      await expect(driven.notices).toContainText(message);
      await driven.notices.getByRole("button").last().click();
      await expect(driven.notices).toHaveCount(0);
      expect(await savedExperiment(driven)).toEqual(before);
      await expect(driven.button("Start")).toBeEnabled();
    });
  }
});

test("a link that was changed on its way opens, and the address is put right", async ({ page }) => {
  const driven = new DrivenPage(page);
  const address = addressOf({ dataset: fewShapes, batchSize: 48 });
  await driven.open(`${address.replace("#e=", "#e%3D")}&utm_source=mail).`);
  await expect(driven.notices).toHaveCount(0);
  expect(await savedExperiment(driven)).toMatchObject({ batchSize: 48 });
  expect(page.url()).toMatch(/#e=1\.[\w-]+$/);
});
