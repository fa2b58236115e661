import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { browserArguments, requireChromium } from "../tooling/chromium";
import { addressOf } from "./tiny-experiments";

test.use({ launchOptions: { executablePath: requireChromium(), args: browserArguments } });

test("without WebGPU the page says so, says what to expect, and still trains", async ({ page }) => {
  const driven = new DrivenPage(page);
  const dataset = { source: "shapes", difficulty: "easy", train: 40, test: 20 } as const;
  const arms = [{ name: "BYOL", scheme: { method: "byol" }, steps: 2 }] as const;
  await driven.open(addressOf({ dataset, arms: [...arms], batchSize: 4 }, "auto"));
  await expect(page.getByRole("heading", { name: /^No (WebGPU|GPU) here/ })).toBeVisible();
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  expect((await driven.glance()).alerts).toEqual([]);
});
