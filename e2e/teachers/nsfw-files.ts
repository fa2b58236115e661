import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The models of the package nsfwjs as the files they were converted from: it ships them as scripts, with the shards of
 * weights in base64. They are MobileNetV2 networks that were trained on ImageNet and then on photographs of five kinds.
 */
export const nsfwModels = ["mobilenet_v2", "mobilenet_v2_mid"] as const;
export type NsfwModel = (typeof nsfwModels)[number];

const require = createRequire(import.meta.url);

/** Writes a model's files into a folder. */
export function writeNsfwModel(model: NsfwModel, folder: string): void {
  const scripts = join(dirname(require.resolve("nsfwjs")), "../models", model);
  mkdirSync(folder, { recursive: true });
  for (const script of readdirSync(scripts)) {
    const content: unknown = require(join(scripts, script));
    const name = script.replace(/\.min\.js$/, "");
    if (name === "model") writeFileSync(join(folder, "model.json"), JSON.stringify(content));
    else writeFileSync(join(folder, name), Buffer.from(String(content), "base64"));
  }
}
