import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright";
import type { Experiment } from "../../src/protocol/experiment";
import { hubAddressText, type WantedHubModel } from "../../src/protocol/hub-models";
import { learnsFromModel } from "../../src/protocol/teacher-model";
import type { DrivenPage } from "./driven-page";

/** A large model is read, run and asked about images. */
const CHECK_MS = 1_800_000;

/** A model that teaches: an ONNX file, a folder or zip file of a TensorFlow.js model, or a model of the hub. */
export type Teacher = { readonly path: string } | { readonly hub: WantedHubModel };

/** Gives every arm that can learn from a model this one. @throws Error with what the page says of it */
export async function giveTeacher(driven: DrivenPage, { arms }: Experiment, teacher: Teacher): Promise<void> {
  const { page } = driven;
  const source = "hub" in teacher ? hubAddressText(teacher.hub) : teacher.path;
  await driven.showSettings();
  await page.getByRole("tab", { name: "Arm", exact: true }).click();
  const taught = arms.flatMap(({ name, scheme, model }, at) =>
    learnsFromModel(scheme) ? [{ name, at, wanted: model?.hash }] : [],
  );
  if (taught.length === 0)
    throw new Error("No arm of the experiment learns from a teacher that a model can replace.");
  for (const { name, at, wanted } of taught) {
    await page.locator(".arm-choice .arm-chip").nth(at).click();
    await offer(page, teacher);
    const facts = page.locator(".model-facts");
    const checked = facts.getByText(/^(Nearest neighbors on|Load images to see)/);
    const refused = page.locator(".model-message");
    await checked.or(refused).first().waitFor({ timeout: CHECK_MS });
    if (await refused.isVisible()) throw new Error(await refused.innerText());
    const hash = await page.locator(".model-name").getAttribute("title");
    if (wanted !== undefined && hash !== wanted)
      throw new Error(`${source} is another model than that of the experiment: its SHA-256 is ${hash}.`);
    const lines = (await facts.innerText()).replace(/\n+/g, "\n");
    console.log(`${name} learns from ${source} (SHA-256 ${hash}):\n${lines}`);
  }
}

async function offer(page: Page, teacher: Teacher): Promise<void> {
  if ("path" in teacher) {
    const files = page.locator('input[aria-label="Files of a model that teaches"]');
    await files.setInputFiles(filesOf(teacher.path));
    return;
  }
  await page.getByRole("textbox", { name: "Or from the Hugging Face hub" }).fill(hubAddressText(teacher.hub));
  await page.getByRole("button", { name: "Fetch", exact: true }).click();
}

/** A folder's files, or the file itself. */
function filesOf(path: string): string[] {
  const whole = resolve(path);
  if (!statSync(whole).isDirectory()) return [whole];
  return readdirSync(whole, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(whole, name));
}
