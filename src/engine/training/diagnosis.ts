import * as tf from "@tensorflow/tfjs-core";
import type { Diagnosis, RunId, StepMeasurement } from "../../protocol/messages";
import { type TrainingBackend, trainingBackend } from "../kernels/backend";
import { type MatmulPeak, measureMatmulPeak } from "../kernels/matmul-peak";

const peaks = new WeakMap<GPUDevice, Promise<MatmulPeak>>();

/** Measured once for each device, between two steps. */
function peakOf(backend: TrainingBackend): Promise<MatmulPeak> {
  const peak = peaks.get(backend.device) ?? measureMatmulPeak(backend);
  peaks.set(backend.device, peak);
  return peak;
}

/** A measured step beside what this device could do. */
export async function diagnosisOf(runId: RunId, measurement: StepMeasurement): Promise<Diagnosis> {
  const { macsPerStep, msPerStep } = measurement;
  const backend = trainingBackend();
  const { numTensors, numBytes } = tf.memory();
  return {
    runId,
    ...measurement,
    ...(msPerStep === undefined ? {} : { gflops: (2 * macsPerStep) / msPerStep / 1e6 }),
    ...(backend ? { peak: await peakOf(backend) } : {}),
    memory: {
      tensors: numTensors,
      usedBytes: numBytes,
      ...(backend ? { allocatedBytes: backend.allocatedBytes } : {}),
    },
  };
}
