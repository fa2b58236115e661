import type { RunId, WeightsFile } from "../../protocol/messages";
import type { NetworkWeights } from "../training/run";
import { encodeSafetensors } from "../training/safetensors";
import { openPrivateFiles } from "./private-files";

/** The networks of the last training, kept when a run finishes: what it holds on the GPU makes room for others. */
const FOLDER = "weights";
const nameOf = (runId: RunId, role: string) => `${runId}.${role}`;

/** @throws StorageFull */
export async function keepWeights(runId: RunId, networks: readonly NetworkWeights[]): Promise<void> {
  const files = await openPrivateFiles(FOLDER);
  if (!files) return;
  for (const { role, encoder, tensors } of networks) {
    const metadata = {
      network: encoder,
      role,
      run: runId,
      layout:
        "filters [height, width, in, out], linear weights [in, out], images [batch, height, width, channels]",
    };
    await files.write(nameOf(runId, role), [encodeSafetensors(tensors, metadata)]);
  }
}

export async function findWeights(): Promise<readonly WeightsFile[]> {
  const files = await openPrivateFiles(FOLDER);
  const found: WeightsFile[] = [];
  for (const name of (await files?.names()) ?? []) {
    const [, runId, role] = /^(.+)\.(student|teacher)$/.exec(name) ?? [];
    const bytes = await files?.read(name);
    if (bytes && runId && (role === "student" || role === "teacher")) found.push({ runId, role, bytes });
  }
  return found;
}

export async function forgetWeights(): Promise<void> {
  const files = await openPrivateFiles(FOLDER);
  for (const name of (await files?.names()) ?? []) await files?.remove(name);
}
