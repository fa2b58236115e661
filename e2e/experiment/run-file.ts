import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as v from "valibot";
import type { Experiment } from "../../src/protocol/experiment";
import { hashOf } from "../resume/content-hash";
import { writeWhole } from "../resume/whole-file";
import { completed } from "./fragment";

/** What a folder trains, so that a later call on it continues the same training. */
export interface RunFile {
  readonly experiment: Experiment;
  readonly data?: Data;
  readonly backend?: string;
  readonly gpu: boolean;
  readonly isFinished: boolean;
}

/** Images on the disk, with the SHA-256 of their content. */
export interface Data {
  readonly path: string;
  readonly hash: string;
}

const schema = v.object({
  format: v.literal("retort-run"),
  experiment: v.unknown(),
  data: v.exactOptional(v.object({ path: v.string(), hash: v.string() })),
  backend: v.exactOptional(v.string()),
  gpu: v.boolean(),
  isFinished: v.boolean(),
});

const pathOf = (folder: string) => join(folder, "run.json");

/** Undefined if the folder has trained nothing yet. @throws Error with a sentence for the terminal */
export function readRunFile(folder: string): RunFile | undefined {
  const path = pathOf(folder);
  if (!existsSync(path)) return undefined;
  try {
    const { format: _, experiment, ...rest } = v.parse(schema, JSON.parse(readFileSync(path, "utf8")));
    return { ...rest, experiment: completed(experiment, path) };
  } catch {
    throw new Error(`${path} cannot be read: choose another folder with --out.`);
  }
}

export function writeRunFile(folder: string, run: RunFile): void {
  writeWhole(pathOf(folder), `${JSON.stringify({ format: "retort-run", ...run }, null, 1)}\n`);
}

/** @throws Error if there are no images at the path */
export function describeData(path: string): Data {
  requireAt(path);
  return { path: resolve(path), hash: hashOf(path) };
}

function requireAt(path: string): void {
  if (!existsSync(path)) throw new Error(`There is nothing at ${path}.`);
}

/** @throws Error if the images are gone, or are others */
export function requireData({ path, hash }: Data): void {
  if (!existsSync(path)) {
    throw new Error(`The images of this experiment are missing: there is nothing at ${path}.`);
  }
  if (hashOf(path) !== hash) {
    throw new Error(`The images at ${path} are not those that the experiment began with.`);
  }
}
