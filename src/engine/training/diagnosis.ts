import * as tf from "@tensorflow/tfjs-core";
import type { Diagnosis, StepMeasurement } from "../../protocol/device/diagnosis";
import type { RunId } from "../../protocol/messages";
import type { TrainingBackend } from "../backend/backend";
import { trainingBackend } from "../backend/backend";
import { heapBytes } from "../backend/wasm/heap";
import type { MatmulPeak } from "../operations/matmul/peak";
import { measureMatmulPeak, measureStockPeak } from "../operations/matmul/peak";

const peaks = new WeakMap<object, Promise<MatmulPeak>>();

/** The device's peak throughput, measured once, between two steps. */
function peakOf(backend: TrainingBackend | undefined): Promise<MatmulPeak> {
  const device = backend?.device ?? tf.backend();
  const peak = peaks.get(device) ?? (backend ? measureMatmulPeak(backend) : measureStockPeak());
  peaks.set(device, peak);
  return peak;
}

/** Compares a measured step with the device's peak throughput. */
export async function diagnosisOf(runId: RunId, measurement: StepMeasurement): Promise<Diagnosis> {
  const { macsPerStep, msPerStep } = measurement;
  const backend = trainingBackend();
  const { numTensors, numBytes } = tf.memory();
  const allocatedBytes = backend?.allocatedBytes ?? heapBytes();
  return {
    runId,
    ...measurement,
    ...(msPerStep === undefined ? {} : { gflops: (2 * macsPerStep) / msPerStep / 1e6 }),
    peak: await peakOf(backend),
    memory: {
      tensors: numTensors,
      usedBytes: numBytes,
      ...(allocatedBytes === undefined ? {} : { allocatedBytes }),
    },
  };
}
