import type { DatasetProgress } from "../../protocol/dataset";
import type { CpuKind } from "../../protocol/device/cpu-description";
import type { Stage } from "../../protocol/metrics/metrics";
import { counted, integer } from "./words";

const learners: Readonly<Record<Stage, string>> = {
  teacher: "teacher",
  student: "student",
  joint: "teacher and student",
  sourceTeacher: "pretraining's teacher",
  pretraining: "pretraining",
  fineTune: "fine-tuning",
  fix: "classifier on larger images",
};

/** The status of a training, in sentences. */
const cpuKinds: Readonly<Record<CpuKind, string>> = {
  "without SIMD": "without SIMD",
  "compiled steps with SIMD": "compiled steps with SIMD",
  "compiled steps with relaxed SIMD": "compiled steps with relaxed SIMD",
};

export const run = {
  region: "Training",
  controls: "Training controls",
  start: "Start",
  restart: "Restart",
  restartHint: "Start over with the current settings",
  pause: "Pause",
  resume: "Resume",
  step: "Step",
  stepHint: "Take one step of every run",
  stop: "Stop",
  progress: "Training progress",
  noDevice: "No device yet",
  threads: (count: number) => counted(count, "thread"),
  cpuKinds,
  timeLeft: "Time left",
  stepsPerSecond: "Steps/s",
  imagesPerSecond: "Images/s",
  gpuMemory: "GPU memory",

  preparingImages: "Preparing images …",
  phases: {
    downloading: "Downloading images",
    listing: "Listing files",
    drawing: "Drawing images",
    decoding: "Decoding images",
    hashing: "Checking images",
  } satisfies Record<DatasetProgress["phase"], string>,
  ofTotal: (phase: string, done: number, total: number) => `${phase}: ${integer(done)} of ${integer(total)}`,
  learners,
  arm: "Arm",
  runName: (arm: string, seed: number) => `${arm}, seed ${seed}`,
  position: (stage: Stage, epoch: number, epochs: number, step: number, steps: number) =>
    `${learners[stage]}, epoch ${epoch} of ${epochs}, step ${step} of ${steps}`,
  shortPosition: (step: number, total: number | undefined) =>
    `step ${integer(step)}${total === undefined ? "" : ` / ${integer(total)}`}`,
  ofRun: (name: string, does: string) => `${name}: ${does}`,
  gettingReady: "Getting ready …",
  paused: "Paused",
  compiling: "Compiling kernels",
  compilingFor: (stage: Stage, progress?: readonly [done: number, total: number]) =>
    `compiling kernels for the ${learners[stage]}${progress ? ` (${progress[0]} of ${progress[1]})` : ""}`,
  training: "Training",
  evaluating: "Measuring held-out accuracy",
  evaluatingRun: "measuring held-out accuracy",
  starting: "Starting the training …",
  pausedAt: (percent: number) => `Paused at ${percent} %. Resume, or go step by step.`,
  finished: (runs: number, time: string | undefined, failed: number) =>
    `Finished: ${counted(runs, "run")}${time ? `, ${time} of training` : ""}${failed > 0 ? `; ${integer(failed)} failed` : ""}.`,
  elsewhere: (percent: number) => `Training in another tab: ${percent} %.`,
  stoppedAt: (percent: number) => `Stopped at ${percent} %.`,
  failed: "The training failed.",
  startingEngine: "Starting the engine and choosing the fastest backend …",
  ready: (arms: number, seeds: number) =>
    `Ready. Start trains ${counted(arms, "arm")} with ${counted(seeds, "seed")} each.`,
  spokenCompiling: "Compiling kernels.",
  spokenTraining: (percent: number) => `Training, ${percent} % done.`,
};
