import { useMemo } from "react";
import { CurveChart } from "../../charts/curves/CurveChart";
import { hasMutualTerms } from "../../protocol/schemes";
import { armNames } from "../../series/arm-names";
import { runEvents } from "../../series/chart-events";
import { mutualSeries } from "../../series/mutual-series";
import { runsOfSlot } from "../../series/runs-of-slot";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";
import { useStable } from "./use-stable";

/** The terms of the student's loss, for each visible arm of mutual learning. */
export function MutualCharts() {
  const run = useRunInTurns();
  const hiddenSlots = useApp((state) => state.view.hiddenSlots);
  const arms = run.experiment?.arms ?? [];
  const slots = run.armSlots.filter((slot, at) => {
    const arm = arms[at];
    return arm && hasMutualTerms(arm.scheme) && !hiddenSlots.includes(slot);
  });
  return slots.map((slot) => <MutualChart key={slot} slot={slot} />);
}

function MutualChart({ slot }: { slot: number }) {
  const run = useRunInTurns();
  const view = useApp((state) => state.view);
  const series = useMemo(() => mutualSeries(runsOfSlot(run, slot), view.xAxis), [run, slot, view.xAxis]);
  const events = useStable(runEvents(run, view.xAxis, (own) => own === slot));
  const words = texts().curves;
  const name = armNames(run)[run.armSlots.indexOf(slot)] ?? words.arm;
  return (
    <CurveChart
      title={words.ofArm(words.mutualTitle, name)}
      unit="none"
      series={series}
      events={events}
      xAxis={view.xAxis}
      xScale={view.xScale}
      smoothing={view.smoothing}
      band={view.band}
      seeds={view.seeds}
      height={230}
    />
  );
}
