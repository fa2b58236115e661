import { existsSync } from "node:fs";
import { ownerOf } from "../resume/folder-lock";
import { describe, readPlan } from "./plan";
import { readResult, readStatus, shardFolder } from "./shard-files";

export interface ShardState {
  readonly index: number;
  readonly runs: string;
  readonly state: "waiting" | "training" | "interrupted" | "failed" | "done";
  readonly attempts: number;
  /** Who trains it, or what it said last. */
  readonly remark: string;
}

/** The state of every shard, from its files alone. */
export function statesOf(folder: string): ShardState[] {
  const plan = readPlan(folder);
  return plan.shards.map((shard, index) => {
    const runs = describe(plan, shard);
    const status = readStatus(folder, index);
    const attempts = status?.attempts ?? 0;
    const result = readResult(folder, index);
    if (result) return { index, runs, state: "done", attempts, remark: result.alerts.join("; ") };
    const own = shardFolder(folder, index);
    const owner = existsSync(own) ? ownerOf(own) : undefined;
    if (owner)
      return { index, runs, state: "training", attempts, remark: `process ${owner.pid} on ${owner.host}` };
    if (!status) return { index, runs, state: "waiting", attempts, remark: "" };
    // A process that was killed could not say so.
    const state = status.state === "training" ? "interrupted" : status.state;
    return { index, runs, state, attempts, remark: status.state === "training" ? "" : status.sentence };
  });
}

/** "0,3-5": indices as Slurm's --array takes them. */
export function ranges(indices: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const index of indices) {
    const last = parts.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else parts.push([index, index]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

export const missing = (states: readonly ShardState[]): string =>
  ranges(states.filter(({ state }) => state !== "done").map(({ index }) => index));

/** One line for each shard, in columns. */
export function statusTable(states: readonly ShardState[]): string {
  const rows = [
    ["shard", "state", "attempts", "runs", ""],
    ...states.map(({ index, state, attempts, runs, remark }) => [
      `${index}`,
      state,
      `${attempts}`,
      runs,
      remark,
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
