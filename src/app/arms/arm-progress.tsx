import { formatPercent } from "../../charts/format";
import { ProgressBar } from "../../charts/ProgressBar";
import { Sparkline } from "../../charts/Sparkline";
import { runProgress } from "../../store/progress";
import type { RunRecord } from "../../store/run-state";
import { curveOf, latestValue } from "../../store/series";
import { texts } from "../../texts/texts";
import { armColor } from "../arm-colors";
import { useRunsOfSlot } from "../results/runs-of-slot";
import { shortPosition } from "../run/status-sentence";

/** How far the arm's runs are, and how good its student is by now. */
export function ArmProgress({ slot }: { slot: number }) {
  const runs = useRunsOfSlot(slot);
  if (runs.length === 0) return null;
  return (
    <ul className="arm-runs" aria-label={texts().arms.runs}>
      {runs.map((run) => (
        <li key={run.planned.runId}>
          <RunLine run={run} slot={slot} />
        </li>
      ))}
    </ul>
  );
}

function RunLine({ run, slot }: { run: RunRecord; slot: number }) {
  const { planned, series, final } = run;
  const words = texts().arms;
  const accuracy = final?.knnTop1 ?? latestValue(series, "knnTop1");
  const curve = curveOf(series, "knnTop1", "wall", ["student", "joint"]);
  return (
    <>
      <span className="arm-run-text">
        <span className="muted">{words.seed(planned.seed)}</span>
        <span>{runText(run)}</span>
      </span>
      <ProgressBar label={words.seed(planned.seed)} value={runProgress(run).share} color={armColor(slot)} />
      <span className="arm-run-figure">
        <Sparkline {...curve} color={armColor(slot)} label={words.accuracySoFar} width={88} height={22} />
        <span title={words.accuracyHint}>
          <span className="muted">kNN </span>
          <strong>{accuracy === undefined ? "–" : formatPercent(accuracy)}</strong>
        </span>
      </span>
    </>
  );
}

function runText(run: RunRecord): string {
  if (run.failure) return texts().failures.explain(run.failure).title;
  if (run.final) return texts().arms.finished;
  return run.position ? shortPosition(run, run.position) : texts().arms.waiting;
}
