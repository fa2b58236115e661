import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { require as requireTyped } from "tsx/cjs/api";
import * as v from "valibot";
import type { sharedKeys } from "../../src/engine/training/teachers/shared-keys";
import type { Experiment } from "../../src/protocol/experiment";
import { completed } from "../experiment/fragment";
import type { Data } from "../experiment/run-file";
import { writeWhole } from "../resume/whole-file";

/** How an experiment's runs are divided into shards. */
export const divisions = ["group", "run", "seed"] as const;
export type Division = (typeof divisions)[number];

/** Runs that one process trains: these arms, by their indices in the whole experiment, with these seeds. */
export interface Shard {
  readonly arms: readonly number[];
  readonly seeds: readonly number[];
}

/** An experiment divided into shards, as `plan.json` holds it. */
export interface Plan {
  readonly experiment: Experiment;
  readonly data?: Data;
  readonly backend?: string;
  readonly gpu: boolean;
  /** SHA-256 of the built page. */
  readonly page: string;
  readonly shards: readonly Shard[];
}

const schema = v.object({
  format: v.literal("retort-plan"),
  version: v.literal(1),
  experiment: v.unknown(),
  data: v.exactOptional(v.object({ path: v.string(), hash: v.string() })),
  backend: v.exactOptional(v.string()),
  gpu: v.boolean(),
  page: v.string(),
  shards: v.array(v.object({ arms: v.array(v.number()), seeds: v.array(v.number()) })),
});

/**
 * Divides the runs. `group`: a seed's arms that share a stage, such as a teacher, stay together, since it would be
 * trained in every shard otherwise. `run`: one arm with one seed. `seed`: all arms with one seed.
 */
export function divide({ arms, seeds }: Experiment, by: Division): Shard[] {
  const all = arms.map((_, arm) => arm);
  return seeds.flatMap((seed) => {
    const groups = by === "seed" ? [all] : by === "run" ? all.map((arm) => [arm]) : groupsOf(arms, seed);
    return groups.map((group) => ({ arms: group, seeds: [seed] }));
  });
}

/** TensorFlow.js, which the engine imports, can be loaded in Node only by `require`. */
function loadSharedKeys(): typeof sharedKeys {
  const path = "../../src/engine/training/teachers/shared-keys";
  return (requireTyped(path, import.meta.url) as { sharedKeys: typeof sharedKeys }).sharedKeys;
}

function groupsOf(arms: Experiment["arms"], seed: number): number[][] {
  const keysOf = loadSharedKeys();
  let groups: { arms: number[]; keys: readonly string[] }[] = [];
  for (const [arm, settings] of arms.entries()) {
    const keys = keysOf(settings, seed);
    const joined = groups.filter((group) => group.keys.some((key) => keys.includes(key)));
    const merged = {
      arms: [...joined.flatMap((group) => group.arms), arm].sort((a, b) => a - b),
      keys: [...joined.flatMap((group) => group.keys), ...keys],
    };
    groups = [...groups.filter((group) => !joined.includes(group)), merged];
  }
  return groups.map((group) => group.arms).sort(([a = 0], [b = 0]) => a - b);
}

/** The part of the experiment that a shard trains. */
export function experimentOf({ experiment }: Plan, { arms, seeds }: Shard): Experiment {
  const chosen = arms.flatMap((arm) => experiment.arms[arm] ?? []);
  return { ...experiment, arms: chosen, seeds: [...seeds] };
}

/** "BYOL, SimDis-Off with seed 2" */
export function describe({ experiment }: Plan, { arms, seeds }: Shard): string {
  const names = arms.map((arm) => experiment.arms[arm]?.name ?? "Arm").join(", ");
  return `${names} with seed ${seeds.join(", ")}`;
}

/** Identifies a plan: results belong together only if it is the same. */
export function hashOfPlan({ experiment, data, backend, gpu, page, shards }: Plan): string {
  const content = [experiment, data?.hash, backend, gpu, page, shards];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

const pathOf = (folder: string) => join(folder, "plan.json");

export const hasPlan = (folder: string): boolean => existsSync(pathOf(folder));

export function writePlan(folder: string, plan: Plan): void {
  writeWhole(pathOf(folder), `${JSON.stringify({ format: "retort-plan", version: 1, ...plan }, null, 1)}\n`);
}

/** @throws Error with a sentence for the terminal */
export function readPlan(folder: string): Plan {
  const path = pathOf(folder);
  if (!existsSync(path)) {
    throw new Error(
      `There is no plan in ${folder}: \`npm run experiment -- plan … --out ${folder}\` makes one.`,
    );
  }
  let content: v.InferOutput<typeof schema>;
  try {
    content = v.parse(schema, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new Error(`${path} cannot be read: it is not a plan that this version wrote.`);
  }
  const { format: _, version: __, experiment, ...rest } = content;
  return { ...rest, experiment: completed(experiment, path) };
}
