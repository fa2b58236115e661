import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { trainingName } from "../resume/resumable-training";
import { writeWhole } from "../resume/whole-file";

/** The files of one shard: `result.json` is written last, so where it exists the shard is done. */

const resultSchema = v.object({
  format: v.literal("retort-shard"),
  /** Hash of the plan. */
  plan: v.string(),
  index: v.number(),
  /** SHA-256 of the shard's training. */
  training: v.string(),
  /** Titles of what the page reported, such as runs that failed. */
  alerts: v.array(v.string()),
  /** The kernels that were chosen by timing. */
  kernels: v.optional(v.record(v.string(), v.string()), {}),
});
export type Result = Omit<v.InferOutput<typeof resultSchema>, "format">;

const statusSchema = v.object({
  state: v.picklist(["training", "interrupted", "failed"]),
  attempts: v.number(),
  /** What the shard said last. */
  sentence: v.string(),
  at: v.string(),
});
export type ShardStatus = v.InferOutput<typeof statusSchema>;

export const shardFolder = (folder: string, index: number): string =>
  join(folder, "shards", String(index).padStart(4, "0"));

function read<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return v.parse(schema, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new Error(`${path} cannot be read: remove it to train this shard again.`);
  }
}

const write = (path: string, content: object) => writeWhole(path, `${JSON.stringify(content, null, 1)}\n`);

export const hashOfBytes = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export const readResult = (folder: string, index: number): Result | undefined =>
  read(join(shardFolder(folder, index), "result.json"), resultSchema);

export const writeResult = (folder: string, index: number, result: Result): void =>
  write(join(shardFolder(folder, index), "result.json"), { format: "retort-shard", ...result });

export const readStatus = (folder: string, index: number): ShardStatus | undefined =>
  read(join(shardFolder(folder, index), "status.json"), statusSchema);

export const writeStatus = (folder: string, index: number, status: ShardStatus): void =>
  write(join(shardFolder(folder, index), "status.json"), status);

/** The shard's training as a file for the page's history. */
export const readTraining = (folder: string, index: number): Buffer =>
  readFileSync(join(shardFolder(folder, index), trainingName));
