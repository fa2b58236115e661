import "../styles/arrival.css";
import { ARRIVAL, recordPlans } from "../../protocol/records/catalog";
import { records } from "../../protocol/records/register";
import { deviceWords } from "../../series/device-words";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { PlanSentence } from "../arms/plan-sentence";
import { AnswerSentence } from "./answer-sentence";
import { Entries } from "./entries";
import { questionOf, recordedDay } from "./record-origin";
import { RecordedCurves } from "./recorded-curves";

/** What the page opens with: a finished comparison that was recorded, and beside it the ways to one's own. */
export function Arrival() {
  const plan = recordPlans.find(({ id }) => id === ARRIVAL);
  const entry = records.find(({ id }) => id === ARRIVAL);
  const words = texts().arrival;
  return (
    <section className="panel arrival" aria-label={words.region}>
      {plan && entry && (
        <div className="arrival-record">
          <p className="arrival-origin">
            {words.origin(entry.seeds, recordedDay(entry.recordedAt), deviceWords(entry.device))}
          </p>
          <h2>{questionOf(entry.id)}</h2>
          <AnswerSentence plan={plan} entry={entry} />
          <RecordedCurves plan={plan} entry={entry} />
        </div>
      )}
      <div className="arrival-side">
        <StartHere />
        <Entries />
      </div>
    </section>
  );
}

function StartHere() {
  const { start } = useEngine();
  const { openRecord } = useActions();
  const unusable = useApp((state) => state.engine.status === "failed");
  const words = texts().arrival;
  return (
    <div className="arrival-start">
      <h3>{words.train}</h3>
      <p className="small muted">{words.trainLead}</p>
      <p className="small">
        <PlanSentence />
      </p>
      <div className="row">
        <button
          type="button"
          className="button button-primary"
          disabled={unusable}
          onClick={() => void start()}
        >
          {words.trainHere}
        </button>
        <button type="button" className="button" onClick={() => void openRecord(ARRIVAL)}>
          {words.openAll}
        </button>
      </div>
    </div>
  );
}
