import { Suspense, useMemo } from "react";
import { significant } from "../../charts/format";
import { TableScroll } from "../../charts/tables/TableScroll";
import type { Experiment } from "../../protocol/experiment";
import { deviceWords } from "../../series/device-words";
import { settingInWords } from "../../series/setting-words";
import { type ChangedSetting, changedSettings } from "../../store/experiment/changed-settings";
import { isRecordingItself, type RecordedExperiment } from "../../store/experiment/recorded-run";
import {
  CLOSE_WITHIN,
  type Comparison,
  compareMetrics,
  compareWithRecording,
  verdictOf,
} from "../../store/experiment/reproduction";
import { idleRun } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { lazy } from "../lazy";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";

/** The curves in the link: their origin, and whether training here reproduces them. */
export function ReproductionPanel({ recorded }: { recorded: RecordedExperiment }) {
  const status = useApp((state) => state.run.status);
  const unusable = useApp((state) => state.engine.status === "failed");
  const isItself = useApp(({ run }) => isRecordingItself(run, recorded));
  const hasRuns = useApp(({ run }) => run.runs.length > 0) && !isItself;
  const { start } = useEngine();
  const { dismissRecording } = useActions();
  const busy = status === "starting" || status === "training" || status === "paused";
  const words = texts().reproduction;
  return (
    <Panel
      title={words.title}
      lead={
        hasRuns ? (
          <>
            {<Origin recorded={recorded} />} {words.dotted}
          </>
        ) : (
          <Origin recorded={recorded} />
        )
      }
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
          <SetBack recorded={recorded} busy={busy} />
          <button type="button" className="button only-with-controls" onClick={dismissRecording}>
            {words.dismiss}
          </button>
        </>
      }
    >
      <Verdict recorded={recorded} />
    </Panel>
  );
}

/** Where and when they were measured. */
function Origin({ recorded: { record, recording } }: { recorded: RecordedExperiment }) {
  const device = deviceWords(recording.device);
  return record === undefined ? (
    texts().reproduction.lead(device)
  ) : (
    <Suspense>
      <RecordOrigin id={record} />
    </Suspense>
  );
}

const RecordOrigin = lazy(() =>
  import("../arrival/record-origin").then(({ RecordOrigin: Loaded }) => ({ default: Loaded })),
);

/** Restores the recorded settings once they have been changed. */
function SetBack({ recorded, busy }: { recorded: RecordedExperiment; busy: boolean }) {
  const isChanged = useApp(({ experiment }) => changedSettings(recorded.experiment, experiment).length > 0);
  const { setAsRecorded } = useActions();
  return isChanged ? (
    <button type="button" className="button" disabled={busy} onClick={setAsRecorded}>
      {texts().reproduction.restore}
    </button>
  ) : null;
}

function Verdict({ recorded }: { recorded: RecordedExperiment }) {
  const shown = useRunInTurns();
  const run = isRecordingItself(shown, recorded) ? idleRun : shown;
  const edited = useApp((state) => state.experiment);
  const here = run.experiment ?? edited;
  const changed = useMemo(() => changedSettings(recorded.experiment, here), [recorded, here]);
  const comparison = useMemo(() => compareWithRecording(recorded.recording, run), [recorded, run]);
  const experiments = [recorded.experiment, here];
  return (
    <>
      <p
        role="status"
        className="verdict"
        data-verdict={changed.length > 0 && comparison.compared > 0 ? "differs" : verdictOf(comparison)}
      >
        {verdictSentence(comparison, namesOf(changed, experiments), run.status === "finished")}
      </p>
      {changed.length > 0 && <ChangedSettings changed={changed} experiments={experiments} />}
      {comparison.compared > 0 && <DistancesByMetric recorded={recorded} />}
    </>
  );
}

const SHOWN_NAMES = 3;

/** The names of the first few, and the number of others; undefined where nothing was changed. */
function namesOf(changed: readonly ChangedSetting[], experiments: readonly Experiment[]): string | undefined {
  if (changed.length === 0) return undefined;
  const named = changed
    .slice(0, SHOWN_NAMES)
    .map(({ setting }) => settingInWords(setting, experiments).label)
    .join(", ");
  const more = changed.length - SHOWN_NAMES;
  return more > 0 ? texts().reproduction.andMore(named, more) : named;
}

function ChangedSettings(props: {
  readonly changed: readonly ChangedSetting[];
  readonly experiments: readonly Experiment[];
}) {
  const words = texts().reproduction;
  return (
    <ul className="bullets small changed-settings" aria-label={words.changed}>
      {props.changed.map(({ setting, recorded, here }) => {
        const { label, value } = settingInWords(setting, props.experiments);
        return (
          <li key={setting} title={setting}>
            <strong>{label}</strong>: {words.change(value(recorded), value(here))}
          </li>
        );
      })}
    </ul>
  );
}

/** Distances by metric, and the limits for "same" and "close". */
function DistancesByMetric({ recorded }: { recorded: RecordedExperiment }) {
  const run = useRunInTurns();
  const rows = useMemo(() => compareMetrics(recorded.recording, run), [recorded, run]);
  const words = texts().reproduction;
  return (
    <details className="disclosure">
      <summary>{words.byMetric}</summary>
      <TableScroll label={words.byMetric}>
        <table className="data-table figures-table">
          <thead>
            <tr>
              <th scope="col">{words.metric}</th>
              <th scope="col">{words.points}</th>
              <th scope="col">{words.meanDistance}</th>
              <th scope="col">{words.greatestDistance}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ metric, compared, recorded: all, mean, greatest }) => (
              <tr key={metric}>
                <th scope="row">{texts().metrics[metric].label}</th>
                <td>
                  {compared} / {all}
                </td>
                <td>{compared > 0 ? significant(mean, 2) : "–"}</td>
                <td>{compared > 0 ? significant(greatest, 2) : "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <p className="small muted">{words.tolerance(significant(CLOSE_WITHIN, 2))}</p>
    </details>
  );
}

function verdictSentence(comparison: Comparison, changed: string | undefined, isFinished: boolean): string {
  const { compared, recorded, greatest, mean } = comparison;
  const verdict = verdictOf(comparison);
  const words = texts().reproduction;
  const far = words.compared(compared, recorded);
  const apart = words.distance(significant(mean, 2), significant(greatest, 2));
  const within = significant(CLOSE_WITHIN, 2);
  if (verdict === "nothing") return changed === undefined ? words.notYet : words.notYetChanged(changed);
  if (changed !== undefined) return words.differsByChange(changed, far, apart);
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
