import { expect, test } from "@playwright/test";
import { browserArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf } from "../fixtures/tiny-experiments";

test.use({ launchOptions: { executablePath: requireChromium(), args: browserArguments } });

test("without WebGPU the page says so and what to expect, and still trains", async ({ page }) => {
  const driven = new DrivenPage(page);
  const dataset = { source: "shapes", difficulty: "easy", train: 40, test: 20 } as const;
  const arms = [{ name: "BYOL", scheme: { method: "byol" }, steps: 2 }] as const;
  await driven.open(addressOf({ dataset, arms: [...arms], batchSize: 4 }, "auto"));
  await page.getByRole("button", { name: /No (WebGPU|GPU): / }).click();
  const expected = page.getByRole("dialog", { name: /^No (WebGPU|GPU) here/ });
  await expect(expected).toContainText("hardware acceleration");
  await page.keyboard.press("Escape");
  await expect(expected).toBeHidden();
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 200_000 }).toBe("finished");
  expect((await driven.glance()).alerts).toEqual([]);
});

test("also without a GPU a step is timed kernel by kernel, and the measurements that chose the backend are shown", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  const dataset = { source: "shapes", difficulty: "easy", train: 40, test: 20 } as const;
  const arms = [{ name: "BYOL", scheme: { method: "byol" }, steps: 5_000 }] as const;
  const address = addressOf({ dataset, arms: [...arms], batchSize: 4 }, "auto");
  await driven.open(address);
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 60_000 }).toBe("training");
  await page.getByRole("tab", { name: "Speed" }).click();
  const diagnostics = page.getByRole("region", { name: "Time per step" });
  await diagnostics.getByRole("button", { name: "Measure a step" }).click();
  await expect(diagnostics.getByRole("table", { name: "Time by kernel" }).getByRole("row")).not.toHaveCount(
    0,
  );
  await expect(diagnostics.getByText(/GFLOP\/s/).first()).toBeVisible();
  const times = diagnostics.getByRole("table", { name: "Why this backend" }).getByRole("row");
  expect(await times.count()).toBeGreaterThan(2);
  const again = diagnostics.getByRole("button", { name: "Measure again" });
  await expect(again).toBeDisabled();
});

test.describe("a host that sends no headers", () => {
  // A worker of the page would answer in the host's place.
  test.use({ serviceWorkers: "block" });

  test("a page that is not cross-origin isolated trains on one thread, and says so", async ({ page }) => {
    await page.route("**/*", async (route) => {
      const response = await route.fetch();
      const sent = Object.entries(response.headers());
      const headers = Object.fromEntries(sent.filter(([name]) => !name.startsWith("cross-origin-")));
      await route.fulfill({ response, headers });
    });
    const driven = new DrivenPage(page);
    const dataset = { source: "shapes", difficulty: "easy", train: 40, test: 20 } as const;
    const arms = [{ name: "BYOL", scheme: { method: "byol" }, steps: 2 }] as const;
    await driven.open(addressOf({ dataset, arms: [...arms], batchSize: 4 }, "wasm"));
    expect(await page.evaluate(() => [crossOriginIsolated, typeof SharedArrayBuffer])).toEqual([
      false,
      "undefined",
    ]);
    await driven.button("Start").click();
    await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
    expect((await driven.device()).name).toMatch(/CPU, 1 thread, compiled steps with (relaxed )?SIMD/);
    expect((await driven.glance()).alerts).toEqual([]);
  });
});
