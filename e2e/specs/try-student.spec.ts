import { resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { chromiumArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";
import { inspect } from "../driven-page/looking";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

// A picture that moves, in place of a camera.
test.use({
  permissions: ["camera"],
  launchOptions: {
    executablePath: requireChromium(),
    args: [...chromiumArguments, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
});

test("a dropped image, a test image and the camera's picture are answered by student, teacher and untrained network", async ({
  page,
}, info) => {
  const driven = new DrivenPage(page);
  const arms = [{ ...fourTinyArms[1], name: "KD", scheme: { method: "kd" } } as const];
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  const panel = page.getByRole("region", { name: "Try the student" });
  await expect(panel).toBeHidden();
  await driven.button("Start").click();
  await expect(driven.bar).toHaveAttribute("data-status", "finished", { timeout: 120_000 });

  const zone = panel.getByRole("region", { name: "Drop an image here" });
  await zone.scrollIntoViewIfNeeded();
  const picture = info.outputPath("picture.png");
  await page.screenshot({ path: picture, clip: { x: 0, y: 0, width: 120, height: 80 } });
  const box = await zone.boundingBox();
  if (!box) throw new Error("There is no place to drop an image.");
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", {
      type,
      x: box.x + box.width / 2,
      y: box.y + 12,
      data: { items: [], files: [resolve(picture)], dragOperationsMask: 1 },
    });
  }
  const networks = panel.getByRole("list", { name: "Answers of the networks" }).locator("> li");
  await expect(networks.getByRole("heading")).toHaveText(["Student", "Teacher", "Untrained student"]);
  for (const network of await networks.all()) {
    await expect(network).toContainText(/per image · [\d.,]+ kB/);
    await expect(network).toContainText(/\d+ %/);
  }
  // The images of the experiment are still the built-in ones.
  await expect(driven.notices).toHaveCount(0);

  const ofTest = panel.getByRole("button", { name: /^Test image of class/ }).first();
  const name = (await ofTest.getAttribute("aria-label"))?.replace("Test image of class ", "");
  await ofTest.press("Enter");
  await expect(panel.getByText(`Its class: ${name}`)).toBeVisible();
  await inspect(page, "try-student", ".try-panel");

  await panel.getByLabel("Choose or photograph an image").setInputFiles({
    name: "notes.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("no image"),
  });
  await expect(panel.getByRole("status").first()).toContainText(/not an image/i);

  await panel.getByRole("button", { name: "Use the camera" }).press("Enter");
  await expect(panel.getByLabel("Camera preview")).toBeVisible();
  await expect
    .poll(() => panel.locator("video").evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
  await panel.getByRole("button", { name: "Ask about this picture" }).press("Enter");
  await expect(panel.getByText(/^Its class/)).toBeHidden();
  await expect(networks).toHaveCount(3);
  await panel.getByRole("button", { name: "Stop the camera" }).press("Enter");
  await expect(panel.getByLabel("Camera preview")).toBeHidden();
});
