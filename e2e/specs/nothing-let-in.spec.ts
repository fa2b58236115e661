import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { DrivenPage, exportNames } from "../driven-page/driven-page";
import { classesOf, folderOf } from "../fixtures/made-images";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";

/** The network requests of the page and its workers, and the violations of its policy. */
function watch(context: BrowserContext, page: Page) {
  const foreign: string[] = [];
  const refused: string[] = [];
  context.on("request", (request) => {
    const { protocol, host, href } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && !host.startsWith("localhost:")) foreign.push(href);
  });
  // Also covers workers, whose own events do not reach the page.
  page.on("console", (message) => {
    if (/content security policy|trustedscript/i.test(message.text())) refused.push(message.text());
  });
  return { foreign, refused };
}

const oneArm = {
  name: "Off",
  scheme: { method: "simdis-off" },
  student: smallest,
  teacher: smallest,
  steps: 6,
  teacherSteps: 6,
} as const;

/** Opens and closes every dialog and menu. */
async function openEverything(page: Page): Promise<void> {
  const closed = page.locator("button[aria-haspopup]:visible[aria-expanded=false]");
  const opened = page.locator("[role=dialog], [role=menu]");
  for (let at = 0; at < (await closed.count()); at++) {
    const button = closed.nth(at);
    if (!(await button.isEnabled())) continue;
    await button.click();
    // Some are loaded first. They listen to keys once they have the focus.
    await expect(opened.and(page.locator(":focus-within"))).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(opened).toHaveCount(0);
  }
}

test("a whole session violates no rule of the page's policy and makes no request to other servers", async ({
  page,
  context,
}) => {
  const { foreign, refused } = watch(context, page);
  const driven = new DrivenPage(page);
  // WebAssembly needs more permissions than WebGPU.
  await driven.open(addressOf({ dataset: fewShapes, arms: [oneArm] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await openEverything(page);
  for (const tab of await page.getByRole("tablist", { name: "Settings" }).getByRole("tab").all()) {
    await tab.click();
    await openEverything(page);
  }
  for (const colors of ["Dark", "Light", "Auto"]) await page.getByRole("radio", { name: colors }).click();

  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
  for (const list of await page.locator("main").getByRole("tablist").all()) {
    for (const tab of await list.getByRole("tab").all()) await tab.click();
  }
  const folder = test.info().outputPath("saved");
  for (const name of exportNames) await driven.save(name, `${folder}/${name}`);

  await driven.showOwnImages();
  await driven.drop([folderOf("pets", classesOf(["cats", "dogs"], 20))]);
  await expect(page.getByRole("heading", { name: "pets loaded" })).toBeVisible();
  expect(refused).toEqual([]);
  expect(foreign).toEqual([]);
});

test("an injected script does not run, and text cannot become code", async ({ page, context }) => {
  const { refused } = watch(context, page);
  await page.goto("./?backend=wasm");
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "document.documentElement.dataset.inline = 'ran'";
    document.head.append(script);
    const host = document.createElement("div");
    host.innerHTML = `<img src="nowhere.png" onerror="document.documentElement.dataset.handler = 'ran'">`;
    document.body.append(host);
    // Called later, since code evaluated by the test itself is allowed.
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        try {
          new Function("document.documentElement.dataset.text = 'ran'")();
        } catch {
          // Expected.
        }
        setTimeout(resolve, 500);
      }),
    );
    return { ...document.documentElement.dataset };
  });
  expect(ran).not.toHaveProperty("inline");
  expect(ran).not.toHaveProperty("handler");
  expect(ran).not.toHaveProperty("text");
  expect(refused.length).toBeGreaterThanOrEqual(3);
});

test("requests to other servers are refused, both images and fetches", async ({ page, context }) => {
  const picture = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAA=", "base64");
  const headers = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };
  await context.route("https://example.org/**", (route) =>
    route.fulfill({ contentType: "image/gif", headers, body: picture }),
  );
  await page.goto("./?backend=wasm");
  const outcomes = await page.evaluate(async () => {
    const image = new Image();
    const loaded = new Promise<string>((resolve) => {
      image.onload = () => resolve("loaded");
      image.onerror = () => resolve("refused");
    });
    image.src = "https://example.org/pixel.gif";
    const fetched = fetch("https://example.org/").then(
      () => "fetched",
      () => "refused",
    );
    return Promise.all([loaded, fetched]);
  });
  expect(outcomes).toEqual(["refused", "refused"]);
});
