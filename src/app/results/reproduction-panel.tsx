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
import { useActions, useApp, useEngine } from "../app-context";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";

/** Curves that came with the link: where they are from, and whether training here gives the same. */
export function ReproductionPanel() {
  const recorded = useApp((state) => state.recorded);
  if (!recorded) return null;
  return <Reproduction recorded={recorded} />;
}

function Reproduction({ recorded }: { recorded: RecordedExperiment }) {
  const status = useApp((state) => state.run.status);
  const unusable = useApp((state) => state.engine.status === "failed");
  const { start } = useEngine();
  const { dismissRecording } = useActions();
  const busy = status === "starting" || status === "training" || status === "paused";
  return (
    <Panel
      title="Recorded curves"
      lead={`Measured by the sender of the link on ${recorded.recording.device}. Dotted on the charts, over steps.`}
      className="reproduction-panel"
      actions={
        <>
          <button
            type="button"
            className="button button-primary"
            disabled={busy || unusable}
            onClick={() => void start()}
          >
            Reproduce
          </button>
          <button type="button" className="button" onClick={dismissRecording}>
            Put aside
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
        <ul className="bullets small" aria-label="Changed settings">
          {changed.map(({ setting, recorded: was, here }) => (
            <li key={setting}>
              <code>{setting}</code>: recorded with {was}, here {here}
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
  const far = `${compared} of ${recorded} recorded points compared`;
  if (verdict === "nothing") {
    return isChanged
      ? "Not compared yet. These settings differ from the recorded ones:"
      : "Not compared yet. Reproduce trains the same experiment here and compares point by point.";
  }
  if (isChanged) return `Verdict: differs, for settings were changed (${far}; ${distance(greatest, mean)}):`;
  const head = isFinished ? "Verdict" : "So far";
  switch (verdict) {
    case "same":
      return `${head}: same. Every compared point lies within the recording's rounding of 0.00005 (${far}).`;
    case "close":
      return `${head}: close, within a mean distance of ${CLOSE_WITHIN}. Devices round differently, and training makes much of little (${far}; ${distance(greatest, mean)}).`;
    default:
      return `${head}: differs. The mean distance is above ${CLOSE_WITHIN} (${far}; ${distance(greatest, mean)}).`;
  }
}

const distance = (greatest: number, mean: number) =>
  `mean distance ${significant(mean, 2)}, greatest ${significant(greatest, 2)}`;
