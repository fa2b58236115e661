import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";

test("during training: look inside, group and hide runs, write notes that are part of the link", async ({
  page,
  context,
}) => {
  const driven = new DrivenPage(page);
  const arms = fourTinyArms.slice(2).map((arm) => ({ ...arm, steps: 2_000 }));
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  await driven.button("Start").click();

  const inside = page.getByRole("region", { name: "Answers to one image" });
  await inside.getByRole("button", { name: "Show answers", exact: true }).click();
  await expect(inside.getByRole("list", { name: "Views and answers" })).toContainText("%", {
    timeout: 120_000,
  });
  const ofStudent = inside.getByRole("list", { name: "Student's answer to v₁", exact: true });
  const softest = async () =>
    Number.parseInt((await ofStudent.getByText("%").first().textContent()) ?? "", 10);
  await inside.getByRole("slider", { name: "Temperature τ" }).press("End");
  await expect.poll(softest).toBeLessThan(30);
  await inside.getByRole("radio", { name: "Neighbors" }).click();
  await expect(ofStudent.locator("canvas")).toHaveCount(3);
  await expect(inside.getByText("of 99 other training images")).toBeVisible();
  const table = inside.getByRole("table");
  await expect(table.getByRole("columnheader", { name: "⑦ T̂-v′" })).toBeVisible();
  await expect(table.locator("tbody td").first()).toHaveText("1.00");
  const early = await inside.locator(".look-moment").textContent();
  await expect(inside.locator(".look-moment")).not.toHaveText(early ?? "", { timeout: 60_000 });

  const seen = page.getByRole("region", { name: "Held-out images", exact: true });
  await seen.getByRole("button", { name: "Inspect now" }).click();
  await expect(seen.getByRole("status")).toContainText(/step \d/, { timeout: 60_000 });
  await seen.getByRole("radio", { name: "Teacher" }).click();
  await expect(seen.getByRole("heading", { name: "Right where the teacher is wrong" })).toBeVisible();
  await seen.getByRole("tab", { name: "Map" }).click();
  await expect(seen.locator("figure circle")).toHaveCount(3 * 50);
  await expect(inside.getByRole("table")).toBeVisible();

  await page.getByRole("button", { name: "Runs", exact: true }).click();
  await page.getByRole("dialog", { name: "Runs" }).getByLabel("Group by").selectOption("scheme.targets");
  await page.keyboard.press("Escape");
  const legend = page
    .getByRole("list", { name: "Legend of all charts" })
    .getByRole("button", { name: "Target views" });
  await expect(legend).toHaveCount(2);

  const notes = page.getByRole("region", { name: "Notes" });
  await notes.getByRole("button", { name: "Write notes" }).click();
  await notes.getByRole("textbox").fill("Seven **views** <img src=x onerror=alert(1)>");
  await notes.getByRole("button", { name: "Done" }).click();
  await expect(notes.locator("strong")).toHaveText("views");
  await expect(notes.locator("img")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .include(".look-panel")
    .include(".inspect-panel")
    .include(".notes-panel")
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await driven.button("Stop").click();
  // The networks are kept until others are trained.
  await expect.poll(async () => (await driven.glance()).status).toBe("stopped");
  const views = inside.getByRole("list", { name: "Views and answers" });
  const last = await views.innerText();
  await inside.getByRole("button", { name: "Other views" }).click();
  await expect(views).not.toHaveText(last, { useInnerText: true });
  await seen.getByRole("combobox").selectOption({ index: 1 });
  await seen.getByRole("button", { name: "Inspect now" }).click();
  await expect(seen.getByRole("status")).toContainText(/step \d/);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("region", { name: "Notes" }).locator("strong")).toHaveText("views");
});

test("after training: what changed, which images, which are neighbors, and all of it as files", async ({
  page,
}) => {
  const driven = new DrivenPage(page);
  const arms = [{ ...fourTinyArms[2], steps: 6, teacherSteps: 4 }];
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  await driven.button("Start").click();
  await expect.poll(async () => (await driven.glance()).status, { timeout: 120_000 }).toBe("finished");
  const seen = page.getByRole("region", { name: "Held-out images", exact: true });

  const counted = async (name: string) => {
    const heading = await seen.getByRole("heading", { name }).innerText();
    return Number(/\((\d+)\)/.exec(heading)?.[1]);
  };
  const fixed = await counted("Right where the teacher is wrong");
  expect(
    await seen
      .getByRole("list", { name: /^Right where/ })
      .getByRole("button")
      .count(),
  ).toBe(Math.min(fixed, 18));
  await seen.getByRole("radio", { name: "True class" }).click();
  await seen.getByRole("list", { name: "Errors" }).getByRole("button").first().click();
  const closer = seen.getByRole("region", { name: "Selected image" });
  await expect(closer.getByRole("listitem")).toHaveCount(3);
  await expect(closer.getByRole("img", { name: /^Neighbor [123]: / })).toHaveCount(9);

  await seen.getByRole("tab", { name: "Confusion" }).click();
  const cell = seen.getByRole("button", { name: /, student: .*images$/ }).and(page.locator(":enabled"));
  const images = Number(await cell.first().innerText());
  await cell.first().click();
  await expect(seen.getByRole("list", { name: "Images in this cell" }).getByRole("button")).toHaveCount(
    Math.min(images, 18),
  );
  const matrix = "Confusion matrix against true class";
  const counts = (await savedText(page, `Save ${matrix} as CSV`)).trim().split("\r\n").slice(1);
  const sum = counts.flatMap((line) => line.split(",").slice(1).map(Number)).reduce((a, b) => a + b, 0);
  expect(sum).toBe(50);
  expect(await savedText(page, `Save ${matrix} as SVG`)).toContain(`<title>${matrix}</title>`);

  await seen.getByRole("tab", { name: "Map" }).click();
  const map = seen.locator("figure").filter({ has: page.getByText("Student", { exact: true }) });
  await map.getByText("Data table").click();
  await expect(map.getByRole("row")).toHaveCount(51);
  await map.getByRole("button", { name: "Image 7", exact: true }).press("Enter");
  const selected = map.locator("circle.map-selected");
  await expect(selected).toHaveCount(1);
  // A click selects an image while the pointer moves over others; another click deselects it.
  const middle = async (at: number) => {
    const box = await map.locator("circle").nth(at).boundingBox();
    if (!box) throw new Error("There is no such image.");
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await map.locator("svg").scrollIntoViewIfNeeded();
  await page.mouse.click(...(await middle(3)));
  const kept = await selected.getAttribute("cx");
  const across = [...Array(20).keys()].map((at) => 2 * at + 1);
  for (const at of across) await page.mouse.move(...(await middle(at)));
  expect(await selected.getAttribute("cx")).toBe(kept);
  const places = await savedText(page, "Save PCA map: Student as CSV");
  expect(places).toMatch(/^held_out_image,class,taken_for,x,y\r\n/);
  const picture = await savedText(page, "Save PCA map: Student as SVG");
  // One circle for each image, and one around the selected image.
  expect(picture.match(/<circle/g)).toHaveLength(51);
  expect(picture).not.toMatch(/oklch|var\(/);
  const { violations } = await new AxeBuilder({ page }).include(".inspect-panel").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

/** The file that the browser saves after a button is pressed. */
async function savedText(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path(), "utf8");
}
