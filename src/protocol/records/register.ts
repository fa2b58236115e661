import { type RecordPlan, recordPlans } from "./catalog";
import register from "./register.json";

/** What `npm run record` measured and wrote; never edited by hand. */
export interface RecordEntry {
  readonly id: string;
  /** Name in `public/records`. It contains a part of the hash, so that a file never changes under its name. */
  readonly file: string;
  /** Of the file, as `fetch` checks it: "sha256-…". */
  readonly integrity: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  readonly device: string;
  /** Of the page that trained it: its version, and the commit without and with later changes ("…+"). */
  readonly version: string;
  readonly commit: string;
  /** The arms' names in the experiment. */
  readonly arms: readonly string[];
  readonly seeds: number;
  /** Multiply-accumulates and milliseconds of all runs together; a teacher counts in every run that needs it. */
  readonly macs: number;
  readonly wallMs: number;
  readonly answer: RecordedAnswer;
  readonly picture: RecordedPicture;
}

/** A paired difference as a fraction, and its verdict (`charts/differences/verdicts.ts`). */
export interface RecordedAnswer {
  readonly n: number;
  readonly mean: number;
  /** Null with a single seed. */
  readonly deviation: number | null;
  readonly verdict: "better" | "worse" | "small" | "unclear" | "too-few";
  /** Absent with too few seeds. */
  readonly interval?: readonly number[];
  readonly largest?: number;
  readonly together: number;
}

/** Means over seeds, one line per arm, for a small picture. */
export interface RecordedPicture {
  /** Of the longest arm. */
  readonly steps: number;
  /** Steps and accuracies in tenths of a percent, one after the other. */
  readonly lines: readonly (readonly number[])[];
}

export const records = register as readonly RecordEntry[];

/** A plan and what came of it. */
export interface Recorded {
  readonly plan: RecordPlan;
  readonly entry: RecordEntry;
}

/** What has been recorded, in the order of the gallery. */
export const recordedPlans: readonly Recorded[] = recordPlans.flatMap((plan) => {
  const entry = records.find(({ id }) => id === plan.id);
  return entry ? [{ plan, entry }] : [];
});
