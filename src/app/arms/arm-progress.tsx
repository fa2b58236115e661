import { formatPercent } from "../../charts/format";
import { ProgressBar } from "../../charts/ProgressBar";
import { Sparkline } from "../../charts/Sparkline";
import { armColor } from "../../series/arm-colors";
import { isRunning } from "../../store/engine-actions";
import { curveOf, emptySeries, latestValue } from "../../store/measurements/series";
import { runProgress } from "../../store/progress";
import type { RunRecord } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { shortPosition } from "../run/status-sentence";
import { useRunsOfSlot } from "../run-in-turns";

/** Progress of the arm's runs, and its student's latest accuracy. */
export function ArmProgress({ slot }: { slot: number }) {
  const runs = useRunsOfSlot(slot);
  const expected = useApp((state) =>
    isRunning(state) && state.run.armSlots.includes(slot) ? state.run.experiment?.seeds : undefined,
  );
  const lines = runs.length > 0 ? runs : expected;
  if (!lines) return null;
  return (
    <ul className="arm-runs" aria-label={texts().arms.runs}>
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
}

/** Rendered without a run until that is planned, so that the layout does not shift later. */
function RunLine({ seed, run, slot }: { seed: number; run?: RunRecord; slot: number }) {
  const words = texts().arms;
  const series = run?.series ?? emptySeries;
  const accuracy = run?.final?.knnTop1 ?? latestValue(series, "knnTop1");
  const curve = curveOf(series, "knnTop1", "wall", ["student", "joint"]);
  return (
    <>
      <span className="arm-run-text">
        <span className="muted">{words.seed(seed)}</span>
        <span>{run ? runText(run) : words.waiting}</span>
      </span>
      <ProgressBar label={words.seed(seed)} value={run ? runProgress(run).share : 0} color={armColor(slot)} />
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
