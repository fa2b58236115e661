import "../styles/gallery.css";
import { Dialog } from "radix-ui";
import { formatDuration, formatMacs } from "../../charts/format";
import { answerTo } from "../../protocol/findings/answers";
import { findingsOf } from "../../protocol/findings/findings";
import { everyRecorded } from "../../protocol/findings/records";
import { type Recorded, recordedPlans } from "../../protocol/records/register";
import { deviceWords } from "../../series/device-words";
import { countSentence } from "../../series/findings/sentences";
import { isRunning } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { AnswerSentence } from "../arrival/answer-sentence";
import { questionOf, recordedDay } from "../arrival/recorded-words";
import { FindingList } from "../findings/finding-list";
import { RecordPicture } from "./record-picture";

/** Every recorded comparison: what it asks, what came out, and what it took. */
export function Gallery({ close }: { close: () => void }) {
  const words = texts().gallery;
  return (
    <>
      <header className="records-head">
        <Dialog.Title>{words.title}</Dialog.Title>
        <Dialog.Close className="icon-button" aria-label={words.close}>
          <span aria-hidden="true">×</span>
        </Dialog.Close>
      </header>
      <p className="muted">{words.about}</p>
      <ul className="records" aria-label={words.title}>
        {everyRecorded.map((recorded) => (
          <Card key={recorded.plan.id} {...recorded} close={close} />
        ))}
      </ul>
    </>
  );
}

function Card({ plan, entry, close }: Recorded & { close: () => void }) {
  const { openRecord } = useActions();
  const { start } = useEngine();
  const busy = useApp(isRunning);
  const unusable = useApp((state) => state.engine.status === "failed");
  const words = texts().gallery;
  const question = questionOf(plan);
  const cost = words.cost(
    entry.arms.length * entry.seeds,
    formatMacs(entry.macs),
    formatDuration(entry.wallMs),
  );
  return (
    <li className="record-card">
      <RecordPicture entry={entry} />
      <div className="record-text">
        <h3>{question}</h3>
        {recordedPlans.some((one) => one.entry === entry) && <AnswerSentence plan={plan} entry={entry} />}
        <Findings record={entry.id} />
        <p className="small muted">
          {cost} {deviceWords(entry.device)}, {recordedDay(entry.recordedAt)}. {plan.source}.
        </p>
        <div className="row">
          <button
            type="button"
            className="button button-small button-primary"
            aria-label={words.openNamed(question)}
            disabled={busy}
            onClick={() => void openRecord(entry.id).then(close)}
          >
            {words.open}
          </button>
          <button
            type="button"
            className="button button-small"
            aria-label={words.reproduceNamed(question)}
            disabled={busy || unusable}
            onClick={() => {
              close();
              void openRecord(entry.id).then(start);
            }}
          >
            {words.reproduce}
          </button>
        </div>
      </div>
    </li>
  );
}

/** What a recorded comparison says about the claims of its sources; nothing where it was not recorded for any. */
function Findings({ record }: { record: string }) {
  const findings = findingsOf(record);
  const answers = findings.flatMap((finding) => answerTo(finding) ?? []);
  if (answers.length === 0) return null;
  return (
    <details className="disclosure">
      <summary>{countSentence(answers)}</summary>
      <FindingList findings={findings} />
    </details>
  );
}
