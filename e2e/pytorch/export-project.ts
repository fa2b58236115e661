import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { DrivenPage } from "../driven-page/driven-page";

/** Exports the page's experiment as a PyTorch project and unpacks it into `folder`. */
export async function exportProject(driven: DrivenPage, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const zip = join(folder, "pytorch.zip");
  await driven.save("pytorch.zip", zip);
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}
