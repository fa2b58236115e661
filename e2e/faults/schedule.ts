import { Purpose, randomFor } from "../../src/engine/math/random";

/** What may happen to a tab in the middle of an experiment; "download": one breaks off at half. */
export const faultKinds = ["reload", "worker", "device", "kill", "quota", "download"] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Of an offline experiment: its images are fetched, its teacher is trained, its student learns. */
export const faultStages = ["images", "teacher", "student"] as const;
export type FaultStage = (typeof faultStages)[number];

export interface Fault {
  readonly kind: FaultKind;
  readonly stage: FaultStage;
  /** Share of the stage after which it happens, in (0, 1). */
  readonly at: number;
  /** Whether what was trained until then is saved right before; otherwise less, or nothing, is left. */
  readonly saved: boolean;
}

/** Faults of one experiment, in the order in which they happen. */
export type Schedule = readonly Fault[];

/** Trainings in which every kind of fault meets every stage once. */
const ROUND = faultKinds.length;

/** Downloads break off where the stand-in for the hub does it. */
const HALF = 0.5;

/**
 * `count` faults, one for each stage of each training, the same for the same seed. Of each 18 in a row every kind meets
 * every stage.
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
