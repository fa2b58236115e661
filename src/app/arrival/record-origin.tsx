import { recordPlans } from "../../protocol/records/catalog";
import { records } from "../../protocol/records/register";
import { deviceWords } from "../../series/device-words";
import { texts } from "../../texts/texts";

/** "Oct 3, 2026" */
export const recordedDay = (recordedAt: number): string =>
  new Date(recordedAt).toLocaleDateString(texts().locale, { dateStyle: "medium" });

/** The question of a recorded comparison in the current language. */
export function questionOf(id: string): string {
  return texts().questions[id] ?? recordPlans.find((plan) => plan.id === id)?.question ?? id;
}

/** What a recorded comparison asks, when and on which device it was measured, and the command that repeats it. */
export function RecordOrigin({ id }: { id: string }) {
  const entry = records.find((one) => one.id === id);
  if (!entry) return null;
  const words = texts().records;
  return (
    <>
      <strong>{questionOf(id)}</strong> {words.lead(recordedDay(entry.recordedAt), deviceWords(entry.device))}{" "}
      {words.command(entry.version, entry.commit)} <code>npm run record -- {id}</code>
    </>
  );
}
