import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { DrivenPage } from "../driven-page/driven-page";
import { writeWhole } from "../resume/whole-file";

/** Saves the page's export for TensorBoard as a folder of logs. */
export async function saveTensorBoard(driven: DrivenPage, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "retort-tensorboard-"));
  try {
    const zip = join(work, "tensorboard.zip");
    await driven.save("tensorboard.zip", zip);
    for (const [name, content] of Object.entries(unzipSync(readFileSync(zip)))) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeWhole(join(folder, name), content);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
