import { Purpose, randomFor } from "../../src/engine/math/random";

/** Faults that can happen to a tab during an experiment; "download": a download is interrupted after half. */
export const faultKinds = ["reload", "worker", "device", "kill", "quota", "download"] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The stages of an offline experiment: fetching images, training the teacher, training the student. */
export const faultStages = ["images", "teacher", "student"] as const;
export type FaultStage = (typeof faultStages)[number];

export interface Fault {
  readonly kind: FaultKind;
  readonly stage: FaultStage;
  /** The fraction of the stage after which it happens, in (0, 1). */
  readonly at: number;
  /** Whether the training is saved just before the fault; otherwise the last checkpoint is older or missing. */
  readonly saved: boolean;
}

/** Faults of one experiment, in the order in which they happen. */
export type Schedule = readonly Fault[];

/** The number of trainings in which every kind of fault happens once in every stage. */
const ROUND = faultKinds.length;

/** Downloads are interrupted by the fake hub. */
const HALF = 0.5;

/**
 * Schedules `count` faults, one for each stage of each training, the same for the same seed. In every 18 consecutive
 * ones, every kind happens in every stage.
 */
export function drawSchedules(count: number, seed: number): Schedule[] {
  const random = randomFor(seed, Purpose.test);
  const trainings = Math.ceil(count / faultStages.length);
  return Array.from({ length: trainings }, (_, training) => {
    const round = Math.floor(training / ROUND);
    const faults = faultStages.map((stage, place): Fault => {
      const kinds = random.permutation(ROUND, round, place);
      const kind = faultKinds[kinds[training % ROUND] as number] as FaultKind;
      const [moment = 0, luck = 0] = random.uniforms(2, training, place, 1);
      if (stage === "images") return { kind, stage, at: HALF, saved: false };
      return { kind, stage, at: 0.2 + 0.5 * moment, saved: luck < 0.75 };
    });
    return faults.slice(0, count - training * faultStages.length);
  });
}
