import { formatPercent } from "../../charts/format";
import { ProgressBar } from "../../charts/ProgressBar";
import { armColor } from "../../series/arm-colors";
import { isRunning } from "../../store/engine-actions";
import { latestValue } from "../../store/measurements/series";
import { mean } from "../../store/measurements/statistics";
import { runProgress } from "../../store/progress";
import type { RunRecord } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { shortPosition } from "../run/status-sentence";
import { useRunsOfSlot } from "../run-in-turns";

/** Runs of all arms up to which each has a line in sight; further ones are behind a summary of their arm. */
const MOST_LINES = 12;

const latest = ({ series }: RunRecord) => latestValue(series, "knnTop1");

/** The student's accuracy at this moment: of curves while a run of the arm trains, then of the final results. */
export function ArmAccuracy({ slot }: { slot: number }) {
  const runs = useRunsOfSlot(slot);
  const isWatched = useApp(({ run }) => run.armSlots.includes(slot));
  if (!isWatched) return null;
  const areDone = runs.length > 0 && runs.every(({ final, failure }) => final || failure);
  const values = runs.flatMap((run) => (areDone ? run.final?.knnTop1 : latest(run)) ?? []);
  const words = texts().arms;
  return (
    <p className="arm-accuracy" title={areDone ? words.finalHint : words.accuracyHint}>
      <span className="visually-hidden">{areDone ? words.finalAccuracy : words.accuracySoFar} </span>
      {values.length > 0 ? formatPercent(mean(values)) : "–"}
    </p>
  );
}

/** Progress of the arm's runs. */
export function ArmProgress({ slot }: { slot: number }) {
  const runs = useRunsOfSlot(slot);
  const expected = useApp((state) =>
    isRunning(state) && state.run.armSlots.includes(slot) ? state.run.experiment?.seeds : undefined,
  );
  const isLong = useApp(
    ({ run: { armSlots, experiment } }) => armSlots.length * (experiment?.seeds.length ?? 1) > MOST_LINES,
  );
  const lines = runs.length > 0 ? runs : expected;
  if (!lines) return null;
  const words = texts().arms;
  const list = (
    <ul className="arm-runs" aria-label={words.runs}>
      {lines.map((line) => {
        const [seed, run] = typeof line === "number" ? [line] : [line.planned.seed, line];
        return (
          <li key={run?.planned.runId ?? seed}>
            <RunLine seed={seed} slot={slot} {...(run && { run })} />
          </li>
        );
      })}
    </ul>
  );
  if (!isLong) return list;
  return (
    <details className="arm-seeds">
      <summary>{words.seedsDone(runs.filter(({ final }) => final).length, lines.length)}</summary>
      {list}
    </details>
  );
}

/** Rendered without a run until that is planned, so that the layout does not shift later. */
function RunLine({ seed, run, slot }: { seed: number; run?: RunRecord; slot: number }) {
  const words = texts().arms;
  const accuracy = run && (run.final?.knnTop1 ?? latest(run));
  return (
    <>
      <span className="arm-run-text">
        <span className="muted">{words.seed(seed)}</span>
        <span>{run ? runText(run) : words.waiting}</span>
      </span>
      <span className="arm-run-figure" title={run?.final ? words.finalHint : words.accuracyHint}>
        {accuracy === undefined ? "–" : formatPercent(accuracy)}
      </span>
      <ProgressBar label={words.seed(seed)} value={run ? runProgress(run).share : 0} color={armColor(slot)} />
    </>
  );
}

function runText(run: RunRecord): string {
  if (run.failure) return texts().failures.explain(run.failure).title;
  if (run.final) return texts().arms.finished;
  return run.position ? shortPosition(run, run.position) : texts().arms.waiting;
}
