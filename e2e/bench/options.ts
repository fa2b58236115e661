import { parseArgs } from "node:util";
import { asBefore, type ContenderId, contenderIds } from "./contenders.ts";
import { type WorkloadId, workloadIds } from "./workloads.ts";

export interface BenchOptions {
  readonly workloads: readonly WorkloadId[];
  readonly peers: readonly ContenderId[];
  readonly rounds: number;
  readonly kernels: boolean;
  readonly growth: boolean;
  readonly json: string | undefined;
  /** Folder of another checkout of this project, which is measured beside this one. */
  readonly before: string | undefined;
}

export const usage = `npm run bench -- [--workloads ${workloadIds.join(",")}] [--peers ${contenderIds.join(",")}]
    [--rounds 3] [--no-kernels] [--no-growth] [--json FILE]
    [--before DIR]    another checkout of this project, installed: takes turns with this one in the same browser`;

function listOf<T extends string>(
  what: string,
  given: string | undefined,
  known: readonly T[],
): readonly T[] {
  if (given === undefined) return known;
  return given.split(",").map((name) => {
    const found = known.find((id) => id === name.trim());
    if (!found) throw new RangeError(`There is no ${what} "${name}"; there are ${known.join(", ")}.`);
    return found;
  });
}

/** Parses the arguments. @throws RangeError or TypeError that names the invalid argument */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      workloads: { type: "string" },
      peers: { type: "string" },
      rounds: { type: "string", default: "3" },
      kernels: { type: "boolean", default: true },
      growth: { type: "boolean", default: true },
      json: { type: "string" },
      before: { type: "string" },
    },
  });
  const { before } = values;
  const present = contenderIds.filter((id) => before !== undefined || asBefore(id) === undefined);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds must be a whole number of at least 1, not "${values.rounds}".`);
  }
  return {
    workloads: listOf("workload", values.workloads, workloadIds),
    peers: values.peers === undefined ? present : listOf("peer", values.peers, present),
    rounds,
    kernels: values.kernels,
    growth: values.growth,
    json: values.json,
    before,
  };
}
