import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { expectNoSidewaysScroll, inspect } from "../driven-page/looking";
import { addressOf, fewShapes } from "../fixtures/tiny-experiments";

const sizes = [
  { width: 1_366, height: 768 },
  { width: 1_440, height: 900 },
  { width: 390, height: 844 },
] as const;

const arrivalOf = (page: Page) => page.getByRole("region", { name: "Recorded comparison" });

test("the page opens with a recorded comparison in sight, on any screen, without any action", async ({
  page,
}) => {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.goto("./");
    const arrival = arrivalOf(page);
    await expect(arrival.locator("path.chart-line").first()).toBeInViewport();
    await expect(arrival.getByText(/^.+ − .+: [+−].+ pp over \d+ seeds?\.$/)).toBeInViewport();
    await expect(arrival.getByText(/^Recorded, not trained here: \d+ seeds?, /)).toBeInViewport();
    await expectNoSidewaysScroll(page);
    await inspect(page, `arrival-${size.width}`);
    // What has nothing to show yet is not there.
    for (const name of ["Curves", "Results", "Inspect the networks", "Held-out images"]) {
      await expect(page.getByRole("region", { name, exact: true })).toHaveCount(0);
    }
  }
});

test("the recorded curves grow when they are played, and to the step that is chosen", async ({ page }) => {
  await page.goto("./");
  const arrival = arrivalOf(page);
  const line = arrival.locator("path.chart-line").first();
  const lengthOf = async () => ((await line.getAttribute("d")) ?? "").split("L").length;
  await expect(line).toBeInViewport();
  const all = await lengthOf();
  const slider = arrival.getByRole("slider", { name: "Step shown" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", /^step 0 of /);
  for (let press = 0; press < 3; press++) await page.keyboard.press("PageUp");
  expect(await lengthOf()).toBeLessThan(all);
  await arrival.getByRole("button", { name: "Play" }).press("Enter");
  await expect(arrival.getByRole("button", { name: "Pause" })).toBeVisible();
  // It ends with everything shown.
  await expect(arrival.getByRole("button", { name: "Play" })).toBeVisible();
  expect(await lengthOf()).toBe(all);
});

test("a study of the gallery opens with its settings and curves, and stays after a reload; a link goes before it", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  await page.goto("./");
  await page.getByRole("button", { name: /^Recorded studies/ }).press("Enter");
  const gallery = page.getByRole("dialog", { name: "Recorded studies" });
  await expect(gallery.getByRole("listitem").first()).toContainText(/ pp over \d+ seeds?\./);
  await inspect(page, "gallery", "[role=dialog]");
  const question = "Does a student without labels learn more with a teacher than alone?";
  await gallery.getByRole("button", { name: `Open: ${question}` }).press("Enter");
  const recorded = page.getByRole("region", { name: "Recorded curves" });
  await expect(recorded).toContainText("npm run record -- default");
  await expect(recorded.getByRole("status")).toHaveText(/^Not compared yet/);
  const results = page.getByRole("region", { name: "Results", exact: true });
  await expect(results.getByRole("row", { name: /SimDis-On-7v/ }).first()).toContainText("%");
  await expect(driven.chart("kNN top-1").locator("path.chart-line").first()).toBeAttached();

  const images = page.getByRole("region", { name: "Held-out images", exact: true });
  await expect(images).toContainText("These results came without predictions of single images.");

  expect(new URL(page.url()).search).toBe("?record=default");
  await page.reload();
  await expect(recorded).toContainText(question);
  await page.goto(addressOf({ dataset: fewShapes }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  await expect(arrivalOf(page)).toHaveCount(0);
  await expect(recorded).toHaveCount(0);
});

test("a recorded comparison shows its findings, and a study those that ask the same, from which it opens", async ({
  page,
}) => {
  await page.goto("./");
  await page.getByRole("button", { name: /^Recorded studies/ }).press("Enter");
  const gallery = page.getByRole("dialog", { name: "Recorded studies" });
  const card = gallery
    .getByRole("listitem")
    .filter({ hasText: "What helps when half of the labels are wrong?" });
  await card.locator("summary").press("Enter");
  const findings = card.getByRole("list", { name: "Findings" }).getByRole("listitem");
  await expect(findings.filter({ hasText: "Is the factor τ² worth having?" })).toContainText(
    /seen.*KD − KD, no factor: .* pp over \d+ seeds, 95 % interval .*In the source: Hinton/s,
  );
  await inspect(page, "findings", "[role=dialog]");
  await gallery.getByRole("button", { name: "Close the gallery" }).press("Enter");

  await page.getByText("Studies from the papers").press("Enter");
  const study = page
    .locator("details.study")
    .filter({ hasText: "Mutual learning under Adam at a constant 0.01" });
  await study.locator("summary").press("Enter");
  await expect(study).toContainText(/\d+ findings: /);
  await study
    .getByRole("button", { name: /does mutual learning fall behind labels alone/ })
    .first()
    .press("Enter");
  await expect(page.getByRole("region", { name: "Recorded curves" })).toContainText(
    "npm run record -- mutual-adam",
  );
});

test("a record that does not exist, or whose file was changed, is reported, and the page stays usable", async ({
  page,
}) => {
  await page.goto("./?record=nothing");
  await expect(page.getByRole("alert")).toContainText("There is no recorded comparison “nothing”.");
  await expect(new DrivenPage(page).button("Start")).toBeEnabled();

  await page.route("**/records/*.retort", (route) => route.fulfill({ body: "something else" }));
  await page.goto("./");
  await expect(arrivalOf(page).getByRole("status").first()).toContainText("is not the one that was recorded");
  await expect(new DrivenPage(page).button("Start")).toBeEnabled();
});
