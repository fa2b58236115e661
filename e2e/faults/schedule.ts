import { Purpose, randomFor } from "../../src/engine/math/random";

/** What may happen to a tab in the middle of a training. */
export const faultKinds = ["reload", "worker", "device", "kill", "quota"] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Share of the training after which it happens, in (0, 1). */
  readonly at: number;
  /** Whether what was trained until then is saved right before; otherwise less, or nothing, is left. */
  readonly saved: boolean;
}

/** Faults of one training, in the order in which they happen. */
export type Schedule = readonly Fault[];

/** `count` faults, dealt out over trainings with three each: the same for the same seed. Every kind has its turn. */
export function drawSchedules(count: number, seed: number, perTraining = 3): Schedule[] {
  const random = randomFor(seed, Purpose.test);
  const kinds = Array.from({ length: count }, (_, i) => faultKinds[i % faultKinds.length] as FaultKind);
  const shuffled = Array.from(random.permutation(count), (at) => kinds[at] as FaultKind);
  const schedules: Fault[][] = [];
  for (let from = 0; from < count; from += perTraining) {
    const own = shuffled.slice(from, from + perTraining);
    const moments = Array.from(random.uniforms(own.length, 1, from)).sort((a, b) => a - b);
    // In the first half lies the teacher's stage, in the second the student's.
    schedules.push(
      own.map((kind, i) => {
        const at = 0.05 + 0.85 * (moments[i] as number);
        return { kind, at, saved: (random.bits(2, from, i)[0] ?? 0) % 4 !== 0 };
      }),
    );
  }
  return schedules;
}
