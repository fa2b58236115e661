import type { NetworkSettings } from "../protocol/experiment";
import { keepImported } from "./durability/imported-weights";
import { EngineFailure, weightsUnfit } from "./failures";
import { decodeSafetensors, WeightsUnreadable } from "./interchange/safetensors";
import { planEncoder } from "./networks/encoders";
import { checkEncoderWeights, WeightsMismatch } from "./training/learners/load-weights";

/** Larger than any network of this page with its heads. */
const MOST_BYTES = 512 * 1024 ** 2;

/**
 * Imports a weights file as the start of a network: checks it, then stores it under its hash.
 *
 * @returns the hash
 * @throws EngineFailure if it cannot be read or belongs to another network; StorageFull
 */
export async function importWeights(file: Blob, { network, width }: NetworkSettings): Promise<string> {
  if (file.size > MOST_BYTES) {
    const limit = `${MOST_BYTES / 1024 ** 2} MiB`;
    throw new EngineFailure(weightsUnfit(`The file has ${file.size} bytes; the limit is ${limit}.`));
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const { tensors } = decodeSafetensors(bytes);
    // The first filter shows whether images have one channel.
    const first = tensors.find(({ name }) => name === "stem/filter" || name === "patches/weight");
    const isGrey = first?.shape[2] === 1 || first?.shape[0] === 16;
    checkEncoderWeights(planEncoder(network, width, isGrey ? 1 : 3), tensors);
  } catch (error) {
    if (!(error instanceof WeightsUnreadable || error instanceof WeightsMismatch)) throw error;
    throw new EngineFailure(weightsUnfit(error.message));
  }
  return keepImported(file);
}
