import type { Locator } from "@playwright/test";
import type { DrivenPage } from "./driven-page";

/** The page's history, as a visitor uses it. */

const LONGEST_MS = 600_000;

async function openDialog({ page }: DrivenPage): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "History" });
  await page.getByRole("button", { name: "History", exact: true }).click();
  // Its list of trainings is read from the disk.
  await dialog.getByText(/ saved, newest first|Nothing has been saved yet/).waitFor();
  return dialog;
}

const closeDialog = (dialog: Locator) => dialog.getByRole("button", { name: "Close the history" }).click();

/** Saves all trainings of this browser to `path`. Resolves to whether there are any. */
export async function exportTrainings(driven: DrivenPage, path: string): Promise<boolean> {
  const dialog = await openDialog(driven);
  const button = dialog.getByRole("button", { name: "Export all" });
  const areThere = await button.isEnabled();
  if (areThere) {
    // Long trainings take their time on a machine that does other things, too.
    const saved = driven.page.waitForEvent("download", { timeout: LONGEST_MS });
    const [download] = await Promise.all([saved, button.click()]);
    await download.saveAs(path);
  }
  await closeDialog(dialog);
  return areThere;
}

/** Adds the trainings of a file. @throws Error with the page's words if it cannot be read */
export async function importTrainings(driven: DrivenPage, path: string): Promise<void> {
  const dialog = await openDialog(driven);
  await dialog.getByLabel("File of saved trainings").setInputFiles(path);
  const entries = dialog.getByRole("list", { name: "Saved trainings" }).getByRole("listitem");
  const alert = dialog.getByRole("alert");
  await entries.first().or(alert).first().waitFor();
  if (await alert.isVisible()) throw new Error(await alert.innerText());
  await closeDialog(dialog);
}

/** Shows the newest training, as if it had been trained here. */
export async function openNewest(driven: DrivenPage): Promise<void> {
  const dialog = await openDialog(driven);
  await dialog
    .getByRole("button", { name: /^(Open|Watch) / })
    .first()
    .click();
  await driven.page.getByRole("region", { name: /^From the history: / }).waitFor();
}
