import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import type { WeightsFormat } from "../../src/protocol/weights";
import type { DrivenPage, ExportName } from "../driven-page/driven-page";
import { writeWhole } from "../resume/whole-file";

/** Saves one of the page's archives as a folder. */
async function saveUnpacked(driven: DrivenPage, name: ExportName, folder: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), "retort-export-"));
  try {
    const zip = join(work, name);
    await driven.save(name, zip);
    for (const [path, content] of Object.entries(unzipSync(readFileSync(zip)))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeWhole(join(folder, path), content);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const archives = {
  safetensors: "weights.zip",
  onnx: "weights-onnx.zip",
  tfjs: "weights-tfjs.zip",
  "onnx-int8": "weights-onnx-int8.zip",
  "tfjs-int8": "weights-tfjs-int8.zip",
} as const satisfies Record<WeightsFormat, ExportName>;

/** Saves the trained networks with their model card. */
export const saveNetworks = (driven: DrivenPage, format: WeightsFormat, folder: string): Promise<void> =>
  saveUnpacked(driven, archives[format], folder);

/** Saves event files, a folder for each run. */
export const saveTensorBoard = (driven: DrivenPage, folder: string): Promise<void> =>
  saveUnpacked(driven, "tensorboard.zip", folder);
