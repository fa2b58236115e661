import "../styles/inspect.css";
import { useMemo, useState } from "react";
import type { InspectedMoment, RunId } from "../../protocol/messages";
import { armNames } from "../../series/arm-names";
import { sameImages } from "../../store/dataset-state";
import type { RunRecord, RunState } from "../../store/run-state";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { Panel } from "../panel";
import { useRunInTurns } from "../run-in-turns";
import { inspectedRun } from "./encoders";
import { InspectionViews } from "./inspection-views";

/** Predictions for single held-out images by the student, its teacher and the untrained student. */
export function InspectPanel() {
  const run = useRunInTurns();
  const names = armNames(run);
  const [chosen, setChosen] = useState<RunId>();
  const [moments, setMoments] = useState<ReadonlyMap<RunId, InspectedMoment>>(new Map());
  const { runs } = run;
  const dataset = useApp((state) => state.dataset);
  const { loaded } = dataset;
  const isReady = useApp(({ engine }) => engine.status === "ready");
  // A saved training has the predictions, but the images themselves only where they are loaded.
  const own =
    run.experiment && loaded && sameImages(run.experiment.dataset, loaded.settings)
      ? loaded.summary
      : undefined;
  const record =
    runs.find(({ planned }) => planned.runId === chosen) ??
    runs.find(({ final }) => final?.inspection) ??
    runs[0];
  const nameOf = ({ planned }: RunRecord) =>
    texts().run.runName(names[planned.arm] ?? texts().run.arm, planned.seed);
  if (!record) return null;
  const words = texts().inspect;
  const { runId } = record.planned;
  const moment = moments.get(runId);
  return (
    <Panel
      title={words.title}
      lead={words.lead}
      className="inspect-panel"
      actions={
        <label className="row small">
          {words.run}{" "}
          <select className="input" value={runId} onChange={(event) => setChosen(event.target.value)}>
            {runs.map((one) => (
              <option key={one.planned.runId} value={one.planned.runId}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      {!record.final?.inspection && (
        <Underway
          key={runId}
          run={run}
          record={record}
          moment={moment}
          onTaken={(taken) => {
            setMoments((known) => new Map(known).set(runId, taken));
            // Another run that finishes first does not replace this choice.
            setChosen(runId);
          }}
        />
      )}
      {isReady && !dataset.loading && !own && <p className="hint">{words.imagesNotHere}</p>}
      {/* Stays mounted when the run ends, so that selections are kept. */}
      <Inspection key={`${runId} seen`} record={record} moment={moment} classNames={own?.classNames} />
    </Panel>
  );
}

function Inspection({
  record,
  moment,
  classNames,
}: {
  record: RunRecord;
  moment: InspectedMoment | undefined;
  /** Class names, where they are known. */
  classNames: readonly string[] | undefined;
}) {
  const { final, floors } = record;
  const run = useMemo(() => inspectedRun({ final, floors, moment }), [final, floors, moment]);
  if (!run) return null;
  const classes = Math.max(...run.labels, ...run.student.predictions) + 1;
  const names =
    classNames && classNames.length >= classes
      ? classNames
      : Array.from({ length: classes }, (_, label) => texts().inspect.classNumber(label + 1));
  return <InspectionViews run={run} classNames={names} />;
}

/** For an unfinished run: inspects it on request, or says why that is not possible. */
function Underway({
  run,
  record,
  moment,
  onTaken,
}: {
  run: RunState;
  record: RunRecord;
  moment: InspectedMoment | undefined;
  onTaken: (moment: InspectedMoment) => void;
}) {
  const { inspect } = useEngine();
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState(false);
  const words = texts().inspect;
  const missing = whyNot(run, record) ?? (refused ? words.whyNot.gone : undefined);
  const isLive = run.status === "training" || run.status === "paused";
  const ask = async () => {
    setAsking(true);
    const taken = await inspect(record.planned.runId);
    setAsking(false);
    // While it trains, only the first step may be missing.
    setRefused(!taken && !isLive);
    if (taken) onTaken(taken);
  };
  const status = asking
    ? words.taking
    : moment
      ? words.takenAt(texts().ledger.stages[moment.stage], integer(moment.step))
      : words.untaken;
  return (
    <>
      {missing ? (
        <p className={moment ? "small muted" : "empty"}>{missing}</p>
      ) : (
        <div className="row small inspect-now">
          <button type="button" className="button button-small" disabled={asking} onClick={() => void ask()}>
            {moment ? words.takeAgain : words.take}
          </button>
          <span className="muted" role="status">
            {status}
          </span>
        </div>
      )}
      {moment && !moment.student && <p className="empty">{words.noStudentYet}</p>}
    </>
  );
}

/** Why the run's networks cannot be inspected now, and when they can; undefined where they can. */
function whyNot({ status, reopened }: RunState, { failure, final }: RunRecord): string | undefined {
  const words = texts().inspect.whyNot;
  if (reopened && final) return words.withoutImages;
  if (reopened) return reopened.live ? words.elsewhere : words.saved;
  if (failure) return words.failed;
  return status === "failed" ? words.gone : undefined;
}
