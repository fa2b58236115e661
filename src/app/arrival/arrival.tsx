import "../styles/arrival.css";
import { type Recorded, recordedPlans } from "../../protocol/records/register";
import { deviceWords } from "../../series/device-words";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { PlanSentence } from "../arms/plan-sentence";
import { AnswerSentence } from "./answer-sentence";
import { Entries } from "./entries";
import { RecordedCurves } from "./recorded-curves";
import { questionOf, recordedDay } from "./recorded-words";

/** What the page opens with: a finished comparison that was recorded, and beside it the ways to one's own. */
export function Arrival() {
  const [recorded] = recordedPlans;
  const words = texts().arrival;
  return (
    <section className="panel arrival" aria-label={words.region}>
      {recorded && <Record {...recorded} />}
      <div className="arrival-side">
        {recorded && <StartHere plan={recorded.plan} />}
        <Entries />
      </div>
    </section>
  );
}

function Record({ plan, entry }: Recorded) {
  return (
    <div className="arrival-record">
      <p className="arrival-origin">
        {texts().arrival.origin(entry.seeds, recordedDay(entry.recordedAt), deviceWords(entry.device))}
      </p>
      <h2>{questionOf(plan)}</h2>
      <AnswerSentence plan={plan} entry={entry} />
      <RecordedCurves plan={plan} entry={entry} />
    </div>
  );
}

/** The preset that the page opens with, which may have been edited and is trained as it is now. */
const OPENING = "default";

function StartHere({ plan: { id, preset } }: Pick<Recorded, "plan">) {
  const { start } = useEngine();
  const { openPreset, openRecord } = useActions();
  const unusable = useApp((state) => state.engine.status === "failed");
  const words = texts().arrival;
  return (
    <div className="arrival-start">
      <h3>{words.train}</h3>
      <p className="small muted">{words.trainLead}</p>
      {preset === OPENING && (
        <p className="small">
          <PlanSentence />
        </p>
      )}
      <div className="row">
        <button
          type="button"
          className="button button-primary"
          disabled={unusable}
          onClick={() => void (preset === OPENING ? start() : openPreset(preset).then(start))}
        >
          {words.trainHere}
        </button>
        <button type="button" className="button" onClick={() => void openRecord(id)}>
          {words.openAll}
        </button>
      </div>
    </div>
  );
}
