import { expect, test } from "@playwright/test";

test("the page opens without an error", async ({ page }) => {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "Retort", level: 1 })).toBeVisible();
  expect(errors).toEqual([]);
});

test("either set of built-in images can be chosen, with a preview, and the address says which", async ({
  page,
}) => {
  await page.goto("./?backend=wasm");
  await page.getByRole("tab", { name: "Images", exact: true }).click();
  const classes = page.getByRole("list", { name: "Classes" });
  await expect(page.getByRole("heading", { name: "Textures, normal" })).toBeVisible();
  await expect(classes.getByText("checks 45°")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("");

  await page.getByRole("radio", { name: "Shapes", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Shapes, normal" })).toBeVisible();
  await expect(classes.getByText("crescent")).toBeVisible();
  await expect(classes.locator("canvas, img").first()).toBeVisible();
  await page.reload();
  await page.getByRole("tab", { name: "Images", exact: true }).click();
  await expect(page.getByRole("radio", { name: "Shapes", exact: true })).toBeChecked();
});
