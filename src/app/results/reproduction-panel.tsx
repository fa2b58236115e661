import { useMemo } from "react";
import { significant } from "../../charts/format";
import {
  CLOSE_WITHIN,
  type Comparison,
  changedSettings,
  compareWithRecording,
  type RecordedExperiment,
  verdictOf,
} from "../../store/reproduction";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";

/** Curves that came with the link: where they are from, and whether training here gives the same. */
export function ReproductionPanel({ recorded }: { recorded: RecordedExperiment }) {
  const status = useApp((state) => state.run.status);
  const unusable = useApp((state) => state.engine.status === "failed");
  const { start } = useEngine();
  const { dismissRecording } = useActions();
  const busy = status === "starting" || status === "training" || status === "paused";
  const words = texts().reproduction;
  return (
    <Panel
      title={words.title}
      lead={words.lead(recorded.recording.device)}
      className="reproduction-panel"
      actions={
        <>
          <button
            type="button"
            className="button button-primary"
            disabled={busy || unusable}
            onClick={() => void start()}
          >
            {words.reproduce}
          </button>
          <button type="button" className="button" onClick={dismissRecording}>
            {words.putAside}
          </button>
        </>
      }
    >
      <Verdict recorded={recorded} />
    </Panel>
  );
}

function Verdict({ recorded }: { recorded: RecordedExperiment }) {
  const run = useRunInTurns();
  const edited = useApp((state) => state.experiment);
  const trained = run.experiment;
  const changed = useMemo(
    () => changedSettings(recorded.experiment, trained ?? edited),
    [recorded, trained, edited],
  );
  const comparison = useMemo(() => compareWithRecording(recorded.recording, run), [recorded, run]);
  return (
    <>
      <p role="status" className="verdict">
        {verdictSentence(comparison, changed.length > 0, run.status === "finished")}
      </p>
      {changed.length > 0 && (
        <ul className="bullets small" aria-label={texts().reproduction.changed}>
          {changed.map(({ setting, recorded: was, here }) => (
            <li key={setting}>
              <code>{setting}</code>: {texts().reproduction.change(was, here)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function verdictSentence(comparison: Comparison, isChanged: boolean, isFinished: boolean): string {
  const { compared, recorded, greatest, mean } = comparison;
  const verdict = verdictOf(comparison);
  const words = texts().reproduction;
  const far = words.compared(compared, recorded);
  const apart = words.distance(significant(mean, 2), significant(greatest, 2));
  const within = significant(CLOSE_WITHIN, 2);
  if (verdict === "nothing") {
    return isChanged ? words.notYetChanged : words.notYet;
  }
  if (isChanged) return words.differsByChange(far, apart);
  const head = isFinished ? words.verdict : words.soFar;
  switch (verdict) {
    case "same":
      return words.same(head, far);
    case "close":
      return words.close(head, within, far, apart);
    default:
      return words.differs(head, within, far, apart);
  }
}
