import { startTransition, useEffect, useMemo, useState } from "react";
import { PlainChart } from "../../charts/curves/PlainChart";
import { metrics } from "../../protocol/metrics/metrics";
import type { RecordEntry, Recorded } from "../../protocol/records/register";
import { armColor, armDash, armId } from "../../series/arm-colors";
import { chartSeriesMaker, floorLines } from "../../series/chart-series";
import { asPlanned } from "../../store/arrangement";
import { loadRecord } from "../../store/records/load-record";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { Player } from "./player";

const stages = ["student", "joint", "fineTune", "fix"] as const;

/** CSS pixels of the page above and below the curves, and the least and most that these take. */
const AROUND = 505;
const [LEAST, MOST] = [240, 420];
const heightHere = () => Math.round(Math.min(MOST, Math.max(LEAST, window.innerHeight - AROUND)));

/** The references that a student should leave behind; the others are on the page's own charts. */
const shownFloors: readonly string[] = ["pixels", "calibrated"];

/** The curves of a recorded comparison, with a player that shows how they grew. Its place is the same before they are there. */
export function RecordedCurves({ plan, entry }: Recorded) {
  const [height] = useState(heightHere);
  const [run, setRun] = useState<RunState>();
  const [why, setWhy] = useState<string>();
  const [until, setUntil] = useState<number>();
  useEffect(() => {
    let isHere = true;
    loadRecord(entry).then(
      (loaded) => isHere && startTransition(() => setRun(loaded)),
      (error: unknown) => isHere && setWhy(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isHere = false;
    };
  }, [entry]);
  const series = useMemo(
    () =>
      run ? chartSeriesMaker({ metric: plan.curve, stages })(run, asPlanned, "step") : unmeasured(entry),
    [run, plan, entry],
  );
  const floors = useMemo(() => {
    const all = run ? floorLines(run.runs, plan.curve) : [];
    return all.filter(({ id }) => shownFloors.includes(id));
  }, [run, plan]);
  if (why !== undefined) {
    const { title, action, cause } = texts().records.unreadable;
    return (
      <p className="empty" role="status">
        {title}. {cause(why)} {action}
      </p>
    );
  }
  return (
    <>
      <PlainChart
        title={texts().metrics[plan.curve].label}
        unit={metrics[plan.curve].unit}
        xAxis="step"
        series={series}
        floors={floors}
        height={height}
        {...(until !== undefined && { until })}
      />
      <Player steps={entry.picture.steps} until={until} onMove={setUntil} disabled={!run} />
    </>
  );
}

/** Its arms before the file is there. */
const unmeasured = ({ arms }: RecordEntry) =>
  arms.map((name, arm) => {
    const dash = armDash(arm);
    return {
      id: armId(arm),
      label: texts().arms.ofPreset(name),
      color: armColor(arm),
      ...(dash !== undefined && { dash }),
      hidden: false,
      runs: [],
    };
  });
