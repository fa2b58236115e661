import { expect, test } from "@playwright/test";
import { browserArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";

const arms = [
  {
    name: "BYOL",
    scheme: { method: "byol" },
    student: smallest,
    steps: 12,
  },
] as const;

const isFinished = (driven: DrivenPage) =>
  expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");

test("a link with curves shows them without training; a repetition gives the same curves, or the verdict says why not", async ({
  page,
  context,
  playwright,
}) => {
  const sender = new DrivenPage(page);
  await sender.open(addressOf({ dataset: fewShapes, arms: [...arms] }));
  await sender.button("Start").click();
  await isFinished(sender);
  await page.getByRole("button", { name: "Copy link with curves" }).click();
  await expect(page.getByText("Link copied").first()).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(6 * 1024);

  const elsewhere = await playwright.chromium.launch({
    executablePath: requireChromium(),
    args: browserArguments,
  });
  const looker = new DrivenPage(await elsewhere.newPage());
  await looker.open(link);
  await expect(looker.page.getByRole("region", { name: "Recorded curves" })).toBeVisible();
  const rows = async () => (await looker.chartRows("kNN top-1")).filter((row) => row.includes("%"));
  await expect.poll(async () => (await rows()).length).toBeGreaterThan(1);
  expect((await looker.glance()).status).toBe("idle");
  const means = looker.page.getByRole("region", { name: "Results", exact: true });
  await expect(means.getByRole("row", { name: /BYOL/ })).toContainText("%");
  await expect(looker.page.getByText("Embedding spread")).toHaveCount(0);
  await expect(looker.page).toHaveTitle("BYOL · Retort");
  await elsewhere.close();

  const receiver = new DrivenPage(await context.newPage());
  // Uses the sender's kernels, whichever are fastest here.
  await receiver.open(link.replace("#", "?backend=wasm#"));
  const recorded = receiver.page.getByRole("region", { name: "Recorded curves" });
  await recorded.getByRole("button", { name: "Reproduce" }).click();
  await isFinished(receiver);
  await expect(recorded.getByRole("status")).toContainText("Verdict: same");

  await receiver.showSettings();
  await receiver.page.getByRole("spinbutton", { name: "Student steps", exact: true }).fill("6");
  await receiver.button("Restart").click();
  await isFinished(receiver);
  await expect(recorded.getByRole("status")).toContainText(
    "Verdict: differs, because settings were changed: Student steps (BYOL)",
  );
  await expect(recorded.getByRole("list", { name: "Changed settings" })).toContainText(
    "Student steps (BYOL): recorded with 12, here 6",
  );

  await receiver.page.reload();
  await expect(recorded.getByRole("status")).toContainText("Student steps (BYOL)");
  await recorded.getByRole("button", { name: "Restore recorded settings" }).click();
  await expect(recorded.getByRole("list", { name: "Changed settings" })).toHaveCount(0);
  await expect(receiver.page.getByRole("spinbutton", { name: "Student steps", exact: true })).toHaveValue(
    "12",
  );
});
