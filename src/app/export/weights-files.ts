import { zipSync } from "fflate";
import type { WeightsFile } from "../../protocol/messages";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { armNames } from "../results/arm-names";

/** What an operating system takes as a file's name. */
const plain = (name: string) => name.replace(/[^\p{L}\p{N} ._-]+/gu, "_").slice(0, 60) || "arm";

/** The networks of all finished runs, one safetensors file each. @throws when there is none */
export function weightsZip(run: RunState, files: readonly WeightsFile[]): Blob {
  const names = armNames(run);
  const entries = run.runs.flatMap(({ planned: { runId, arm, seed } }) =>
    files
      .filter((file) => file.runId === runId)
      .map(
        ({ role, bytes }) =>
          [`${plain(names[arm] ?? "arm")}, seed ${seed}, ${role}.safetensors`, bytes] as const,
      ),
  );
  if (entries.length === 0) throw new Error(texts().exports.noWeights);
  // Trained numbers do not pack.
  return new Blob([zipSync(Object.fromEntries(entries), { level: 0 }) as Uint8Array<ArrayBuffer>], {
    type: "application/zip",
  });
}
