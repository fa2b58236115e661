import { formatDuration } from "./format";

const [second, minute, hour] = [1_000, 60_000, 3_600_000] as const;

const units = [
  { below: 20 * second, unit: second },
  { below: 1.5 * minute, unit: 10 * second },
  { below: 4 * minute, unit: 30 * second },
  { below: 20 * minute, unit: minute },
  { below: hour, unit: 5 * minute },
  { below: 4 * hour, unit: 10 * minute },
] as const;

/** A duration as an estimate is told: to as many digits as can be meant, "40 s", "4 min", "1 h 30 min". */
export function aboutDuration(milliseconds: number): string {
  const unit = units.find(({ below }) => milliseconds < below)?.unit ?? hour;
  return formatDuration(Math.max(1, Math.round(milliseconds / unit)) * unit);
}
