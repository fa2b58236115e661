import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { browserArguments, requireChromium } from "../tooling/chromium";
import { addressOf, fewShapes } from "./tiny-experiments";

const arms = [
  {
    name: "BYOL",
    scheme: { method: "byol" },
    student: { network: "R8", width: 0.125 },
    steps: 12,
  },
] as const;

const isFinished = (driven: DrivenPage) =>
  expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");

test("a link with curves shows them where nothing trains; here they come out the same, or say why not", async ({
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
  const told = await looker.chartRows("kNN top-1");
  expect(told.length).toBeGreaterThan(1);
  expect(told.join()).toContain("%");
  expect((await looker.glance()).status).toBe("idle");
  const means = looker.page.getByRole("region", { name: "Results", exact: true });
  await expect(means.getByRole("row", { name: /BYOL/ })).toContainText("%");
  await expect(looker.page.getByText("Embedding spread")).toHaveCount(0);
  await expect(looker.page).toHaveTitle("BYOL · Retort");
  await elsewhere.close();

  const receiver = new DrivenPage(await context.newPage());
  // On the kernels that the sender trained with: what would be quickest here is another matter.
  await receiver.open(link.replace("#", "?backend=wasm#"));
  const recorded = receiver.page.getByRole("region", { name: "Recorded curves" });
  await recorded.getByRole("button", { name: "Reproduce" }).click();
  await isFinished(receiver);
  await expect(recorded.getByRole("status")).toContainText("Verdict: same");

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
