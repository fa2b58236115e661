import { resolve } from "node:path";
import type { Locator, Page } from "@playwright/test";

/** The files that the page's export menu saves. */
export const exportNames = [
  "metrics.csv",
  "metrics.json",
  "experiment.json",
  "curves.svg",
  "curves.png",
  "summary.md",
] as const;
/** What it saves besides, when asked. */
export type ExportName =
  | (typeof exportNames)[number]
  | "tensorboard.zip"
  | "pytorch.zip"
  | "weights.zip"
  | "weights-tfjs.zip"
  | "weights-onnx.zip"
  | "weights-tfjs-int8.zip"
  | "weights-onnx-int8.zip";

export type RunStatus = "idle" | "starting" | "training" | "paused" | "finished" | "stopped" | "failed";

/** The state that the run bar shows. */
export interface Glance {
  readonly status: RunStatus;
  /** In [0, 1]; absent if unknown. */
  readonly share?: number;
  readonly sentence: string;
  /** The remaining time in the page's words; absent if unknown. */
  readonly timeLeft?: string;
  /** Titles of the notices that report a failure. */
  readonly alerts: readonly string[];
}

/** Drives the page like a visitor: by names and roles, never by its internal state. */
export class DrivenPage {
  readonly bar: Locator;
  /** The status that the page shows. */
  readonly sentence: Locator;
  /** The notices, each with title, cause and action. */
  readonly notices: Locator;

  /** How the visitor's files were read, and what was left out. */
  readonly found: Locator;

  constructor(readonly page: Page) {
    this.bar = page.getByRole("region", { name: "Training", exact: true });
    this.sentence = this.bar.locator(".run-sentence");
    this.found = page.getByRole("region", { name: "What was found" });
    this.notices = page.getByRole("alert").filter({ has: page.getByRole("heading") });
  }

  /** Opens an address and waits until the engine and the built-in images, if asked for, are ready. */
  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.bar.waitFor();
  }

  button(name: string): Locator {
    return this.bar.getByRole("button", { name, exact: true });
  }

  async glance(): Promise<Glance> {
    const timeLeft = this.bar.locator("dt", { hasText: "Time left" }).locator("xpath=following-sibling::dd");
    const [status, share, sentence, left, alerts] = await Promise.all([
      this.bar.getAttribute("data-status"),
      this.bar.getByRole("progressbar").getAttribute("aria-valuenow"),
      this.sentence.textContent(),
      timeLeft.textContent(),
      this.notices.getByRole("heading").allTextContents(),
    ]);
    return {
      status: (status ?? "idle") as RunStatus,
      ...(share !== null && { share: Number(share) / 100 }),
      sentence: sentence ?? "",
      ...(left && left !== "–" && { timeLeft: left }),
      alerts,
    };
  }

  /** The device that trains, once it is known, and the page's remark on its limits. */
  async device(): Promise<{ readonly name: string; readonly limit?: string }> {
    const line = this.bar.locator(".run-device");
    const known = line.locator("p").filter({ hasNotText: /^No device/ });
    await known.waitFor({ timeout: 600_000 });
    const [limit] = await line.locator(".device-limit").allInnerTexts();
    return { name: await known.innerText(), ...(limit !== undefined && { limit }) };
  }

  /** The number of runs that have finished. */
  finishedRuns(): Promise<number> {
    return this.page
      .locator(".arm-run-text")
      .filter({ hasText: /finished$/ })
      .count();
  }

  chart(title: string): Locator {
    return this.page.locator("figure.chart").filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /** The rows of the table behind a chart. */
  async chartRows(title: string): Promise<string[]> {
    const chart = this.chart(title);
    if ((await chart.locator("details[open]").count()) === 0) await chart.getByText("Data table").click();
    return chart.locator("tbody tr").allInnerTexts();
  }

  /** Opens the settings, which step aside when training starts. */
  async showSettings(): Promise<void> {
    const toggle = this.button("Settings");
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  }

  /** Shows the dataset settings for the visitor's own images. */
  async showOwnImages(): Promise<void> {
    await this.showSettings();
    await this.page.getByRole("tab", { name: "Images", exact: true }).click();
    await this.page.getByRole("radio", { name: "Your images" }).click();
  }

  async pickFolder(path: string): Promise<void> {
    await this.page.getByLabel("Folder of images").setInputFiles(resolve(path));
  }

  async pickArchive(path: string): Promise<void> {
    await this.page.getByLabel("Zip file of images").setInputFiles(resolve(path));
  }

  /** Drops files and folders from disk, as from a file manager. */
  async drop(paths: readonly string[]): Promise<void> {
    const zone = this.page.getByRole("region", { name: "Drop folders or a zip file" });
    await zone.scrollIntoViewIfNeeded();
    const box = await zone.boundingBox();
    if (!box) throw new Error("The page has no drop zone.");
    const session = await this.page.context().newCDPSession(this.page);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const data = { items: [], files: paths.map((path) => resolve(path)), dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await session.send("Input.dispatchDragEvent", { type, x, y, data });
    }
    await session.detach();
  }

  /**
   * Saves one of the page's exports to `path`.
   * @throws Error if the page did not offer the export or could not create it
   */
  async save(name: ExportName, path: string): Promise<void> {
    await this.page.getByRole("button", { name: "Export", exact: true }).click();
    const item = this.page.getByRole("menuitem").filter({ has: this.page.getByText(name, { exact: true }) });
    // A project takes the first steps of every arm before it is there.
    const saved = this.page.waitForEvent("download", { timeout: 600_000 });
    const problem = this.page.locator(".export-problem");
    const refused = problem.waitFor({ timeout: 600_000 }).then(async () => {
      throw new Error(await problem.innerText());
    });
    await item.click();
    const download = await Promise.race([saved, refused]);
    for (const left of [saved, refused]) left.catch(() => undefined);
    await download.saveAs(path);
  }
}
