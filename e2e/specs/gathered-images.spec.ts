import { expect, type Page, test } from "@playwright/test";
import { chromiumArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";
import { inspect } from "../driven-page/looking";
import { bitmap } from "../fixtures/made-images";
import { addressOf } from "../fixtures/tiny-experiments";

/** A fake camera with a moving picture, and no permission prompt. */
test.use({
  launchOptions: {
    executablePath: requireChromium(),
    args: [...chromiumArguments, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
  permissions: ["clipboard-read", "clipboard-write", "camera"],
});

/** Does what the browser does if a visitor presses Ctrl+V with this in the clipboard. */
async function paste(page: Page, content: Buffer, type: string, name: string): Promise<void> {
  await page.evaluate(
    ([base64, mime, called]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], called, { type: mime }));
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    [content.toString("base64"), type, name] as const,
  );
}

const classes = (page: Page) =>
  page.getByRole("list", { name: "Classes", exact: true }).getByRole("listitem");
const heading = (page: Page) => page.getByRole("heading", { name: "Gathered images loaded" });
const use = (page: Page) => page.getByRole("button", { name: /^Use these/ });

test("images are pasted class by class, named, removed, and become a dataset", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Mine" } }));
  for (let i = 0; i < 4; i++) await paste(page, bitmap(0, 9 * i, i), "image/bmp", "image.bmp");
  const names = page.getByLabel("Name of the class");
  await expect(names).toHaveCount(2);
  await expect(use(page)).toBeDisabled();
  await expect(page.getByText("“Class 2” has 0 of the 3 images it needs.")).toBeVisible();
  await names.nth(0).fill("dull");
  await names.nth(1).fill("../red");
  await page.getByRole("radio", { name: "Pasted images go to ../red" }).click();
  for (let i = 0; i < 3; i++) await paste(page, bitmap(200, 9 * i, i), "image/bmp", "image.bmp");
  await expect(page.getByText("“../red” is not a valid class name", { exact: false })).toBeVisible();
  await names.nth(1).fill("red");
  await paste(page, Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml", "drawing.svg");
  await expect(page.getByText("1 file was not accepted", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Remove image 2 of dull" }).click();
  await expect(page.getByRole("list", { name: "Images of dull" }).getByRole("listitem")).toHaveCount(3);
  await use(page).click();
  await expect(heading(page)).toBeVisible();
  await expect(classes(page)).toHaveText([/dull.*3/, /red.*3/]);
  await inspect(page, "gathered");
});

test("an image in the clipboard is pasted with the button of its class", async ({ page }) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Mine" } }));
  await driven.showOwnImages();
  await page.getByText("Paste images, or take them with the camera").click();
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(16, 16);
    canvas.getContext("2d")?.fillRect(0, 0, 8, 8);
    const picture = await canvas.convertToBlob({ type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
  });
  await page.getByRole("button", { name: "Paste into Class 2" }).click();
  await expect(page.getByRole("list", { name: "Images of Class 2" }).getByRole("listitem")).toHaveCount(1);
});

test("the camera fills two classes, by single pictures and by recording, and is switched off when it is left", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await driven.open(addressOf({ dataset: { source: "files", name: "Mine" } }));
  await driven.showOwnImages();
  await page.getByText("Paste images, or take them with the camera").click();
  await page.getByRole("button", { name: "Start the camera" }).click();
  const video = page.getByLabel("Camera preview");
  await expect(video).toBeVisible();
  await expect.poll(() => video.evaluate((seen: HTMLVideoElement) => seen.videoWidth)).toBeGreaterThan(0);
  const taken = (name: string) => page.getByRole("list", { name: `Images of ${name}` }).getByRole("listitem");
  for (let i = 1; i <= 3; i++) {
    await page.getByRole("button", { name: "Take a picture of Class 1" }).click();
    await expect(taken("Class 1")).toHaveCount(i);
  }
  const record = page.getByRole("button", { name: /^Record pictures of Class 2/ });
  await record.click();
  await expect(record).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => taken("Class 2").count()).toBeGreaterThanOrEqual(4);
  await record.click();
  await inspect(page, "camera");
  await use(page).click();
  await expect(heading(page)).toBeVisible();
  await expect(classes(page)).toHaveCount(2);
  const stream = await video.evaluateHandle((seen: HTMLVideoElement) => seen.srcObject as MediaStream);
  await page.getByRole("tab", { name: "Training", exact: true }).click();
  await expect.poll(() => stream.evaluate((left) => left.active)).toBe(false);
});
