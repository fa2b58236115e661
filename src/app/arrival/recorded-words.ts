import type { RecordPlan } from "../../protocol/records/catalog";
import { texts } from "../../texts/texts";

/** "Oct 3, 2026" */
export const recordedDay = (recordedAt: number): string =>
  new Date(recordedAt).toLocaleDateString(texts().locale, { dateStyle: "medium" });

/** The question of a recorded comparison in the current language. */
export const questionOf = ({ id, question }: RecordPlan): string =>
  texts().questions[id] ?? texts().findings?.records[id] ?? question;
