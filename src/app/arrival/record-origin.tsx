import { everyRecorded } from "../../protocol/findings/records";
import { deviceWords } from "../../series/device-words";
import { texts } from "../../texts/texts";
import { questionOf, recordedDay } from "./recorded-words";

/** What a recorded comparison asks, when and on which device it was measured, and the command that repeats it. */
export function RecordOrigin({ id }: { id: string }) {
  const recorded = everyRecorded.find(({ plan }) => plan.id === id);
  if (!recorded) return null;
  const { plan, entry } = recorded;
  const words = texts().records;
  return (
    <>
      <strong>{questionOf(plan)}</strong>{" "}
      {words.lead(recordedDay(entry.recordedAt), deviceWords(entry.device))}{" "}
      {words.command(entry.version, entry.commit)} <code>npm run record -- {id}</code>
    </>
  );
}
