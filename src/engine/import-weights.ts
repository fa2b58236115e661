import type { NetworkSettings } from "../protocol/experiment";
import { keepImported } from "./durability/imported-weights";
import { decodeSafetensors, WeightsUnreadable } from "./durability/safetensors";
import { EngineFailure, weightsUnfit } from "./failures";
import { planEncoder } from "./networks/encoders";
import { checkEncoderWeights, WeightsMismatch } from "./training/load-weights";

/** Larger than any network here, with heads. */
const MOST_BYTES = 512 * 1024 ** 2;

/**
 * A file of weights that is to become the start of this network: looked through, then kept under its hash.
 *
 * @throws EngineFailure where it cannot be read or is another network's; StorageFull
 */
export async function takeWeights(file: Blob, { network, width }: NetworkSettings): Promise<string> {
  if (file.size > MOST_BYTES) {
    const limit = `${MOST_BYTES / 1024 ** 2} MiB`;
    throw new EngineFailure(weightsUnfit(`The file has ${file.size} bytes; at most ${limit} are read.`));
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const { tensors } = decodeSafetensors(bytes);
    // Of images with one channel the first filter says so itself.
    const first = tensors.find(({ name }) => name === "stem/filter" || name === "patches/weight");
    const isGrey = first?.shape[2] === 1 || first?.shape[0] === 16;
    checkEncoderWeights(planEncoder(network, width, isGrey ? 1 : 3), tensors);
  } catch (error) {
    if (!(error instanceof WeightsUnreadable || error instanceof WeightsMismatch)) throw error;
    throw new EngineFailure(weightsUnfit(error.message));
  }
  return keepImported(bytes);
}
