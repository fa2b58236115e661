import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "./tiny-experiments";

test("while it trains: look inside, group and hide runs, write notes that travel", async ({
  page,
  context,
}) => {
  const driven = new DrivenPage(page);
  const arms = fourTinyArms.slice(2).map((arm) => ({ ...arm, steps: 2_000 }));
  await driven.open(addressOf({ dataset: fewShapes, arms }));
  await driven.button("Start").click();

  const inside = page.getByRole("region", { name: "Look inside" });
  await inside.getByRole("button", { name: "Look", exact: true }).click();
  await expect(inside.getByRole("list", { name: "Views and what is made of them" })).toContainText("%", {
    timeout: 120_000,
  });
  const ofStudent = inside.getByRole("list", { name: "Student's answer to v₁", exact: true });
  const softest = async () =>
    Number.parseInt((await ofStudent.getByText("%").first().textContent()) ?? "", 10);
  await inside.getByRole("slider", { name: "Temperature τ" }).press("End");
  await expect.poll(softest).toBeLessThan(30);
  await inside.getByRole("radio", { name: "Neighbours" }).click();
  await expect(ofStudent.locator("canvas")).toHaveCount(3);
  await expect(inside.getByText("of 99 other training images")).toBeVisible();
  const table = inside.getByRole("table");
  await expect(table.getByRole("columnheader", { name: "⑦ T̂-v′" })).toBeVisible();
  await expect(table.locator("tbody td").first()).toHaveText("1.00");
  const early = await inside.locator(".look-moment").textContent();
  await expect(inside.locator(".look-moment")).not.toHaveText(early ?? "", { timeout: 60_000 });

  await page.getByRole("button", { name: "Runs", exact: true }).click();
  await page.getByLabel("Group by").selectOption("scheme.targets");
  await page.keyboard.press("Escape");
  const legend = driven.chart("kNN top-1").getByRole("button", { name: "scheme.targets" });
  await expect(legend).toHaveCount(2);

  const notes = page.getByRole("region", { name: "Notes" });
  await notes.getByRole("button", { name: "Write notes" }).click();
  await notes.getByRole("textbox").fill("Seven **views** <img src=x onerror=alert(1)>");
  await notes.getByRole("button", { name: "Done" }).click();
  await expect(notes.locator("strong")).toHaveText("views");
  await expect(notes.locator("img")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .include(".look-panel")
    .include(".notes-panel")
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await driven.button("Stop").click();

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("region", { name: "Notes" }).locator("strong")).toHaveText("views");
});
