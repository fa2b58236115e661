import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Serves the built page or, after an update, another version whose first module has another name. */
async function renewableServer() {
  let isRenewed = false;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname.replace("-renewed.js", ".js");
    try {
      const file = readFileSync(join("dist", path));
      const isText = path === "/index.html" || path === "/service-worker.js";
      const body =
        isText && isRenewed
          ? file.toString().replaceAll(/(assets\/index-[\w-]+)\.js/g, "$1-renewed.js") +
            (path === "/index.html" ? "" : "\n// renewed")
          : file;
      response.writeHead(200, {
        "Content-Type": types[extname(path)] ?? "text/plain",
        "Cache-Control": "no-store",
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    address: `http://localhost:${address.port}/`,
    renew: () => {
      isRenewed = true;
    },
    close: () => server.close(),
  };
}

test("a newer page on the server is offered while this one keeps training, and is shown after a reload", async ({
  page,
}) => {
  const server = await renewableServer();
  const driven = new DrivenPage(page);
  const arms = [{ ...fourTinyArms[0], name: "Long", steps: 5_000 }];
  await driven.open(new URL(addressOf({ dataset: fewShapes, arms }), server.address).href);
  await driven.button("Start").click();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(async () => (await driven.glance()).share ?? 0, { timeout: 60_000 }).toBeGreaterThan(0);

  server.renew();
  const workers = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration?.update();
      return { active: registration?.active?.state, waits: registration?.waiting !== null };
    });
  await expect.poll(workers, { timeout: 60_000 }).toEqual({ active: "activated", waits: true });
  const notice = page.getByRole("region", { name: "A new version of this page is available" });
  await expect(notice).toBeVisible();
  const before = (await driven.glance()).share ?? 0;
  await expect
    .poll(async () => (await driven.glance()).share ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(before);

  await notice.getByRole("button", { name: "Save and reload" }).click();
  await expect(page.getByRole("button", { name: "Continue training" })).toBeVisible();
  await expect(page.locator('script[src*="-renewed.js"]')).toHaveCount(1);
  // No tab uses the old version: the new files replace its files, and nothing is offered any more.
  await expect
    .poll(
      () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting === null),
      {
        timeout: 60_000,
      },
    )
    .toBe(true);
  await expect(notice).toHaveCount(0);
  server.close();
});
