import type { RunId } from "../../protocol/messages";
import { encodeSafetensors } from "../interchange/safetensors";
import type { NetworkWeights } from "../training/run";
import { openPrivateFiles } from "./private-files";

/** Stores the networks of the last training when a run finishes, since its GPU memory is released for others. */
const FOLDER = "weights";
const nameOf = (runId: RunId, role: string) => `${runId}.${role}`;

/** A network as a safetensors file. */
export interface KeptWeights {
  readonly runId: RunId;
  readonly role: "student" | "teacher";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Information that is needed to use the network, as strings. */
export type TrainedOn = Readonly<
  Record<"experiment" | "size" | "channels" | "mean" | "deviation" | "classes", string>
>;

export function asFiles(
  runId: RunId,
  networks: readonly NetworkWeights[],
  trainedOn: TrainedOn,
): readonly KeptWeights[] {
  return networks.map(({ role, encoder, tensors, binaryWeights }) => {
    const metadata = {
      network: encoder,
      role,
      run: runId,
      ...(!binaryWeights && { binaryWeights: "false" }),
      ...trainedOn,
      layout:
        "filters [height, width, in, out], linear weights [in, out], images [batch, height, width, channels]",
    };
    return { runId, role, bytes: encodeSafetensors(tensors, metadata) };
  });
}

/** @throws StorageFull */
export async function keepWeights(kept: readonly KeptWeights[]): Promise<void> {
  const files = await openPrivateFiles(FOLDER);
  for (const { runId, role, bytes } of kept) await files?.write(nameOf(runId, role), [bytes]);
}

export async function findWeights(): Promise<readonly KeptWeights[]> {
  const files = await openPrivateFiles(FOLDER);
  const found: KeptWeights[] = [];
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
