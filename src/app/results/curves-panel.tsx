import { Tabs } from "radix-ui";
import { lazy, Suspense, useState } from "react";
import type { XAxis } from "../../store/series";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";
import { Panel } from "../panel";
import { chartGroups } from "./chart-list";
import { ChartOptions } from "./chart-options";
import { Welcome } from "./welcome";

/** Drawn by a library that the page need not wait for. */
const MetricChart = lazy(() =>
  import("./metric-chart").then(({ MetricChart: Chart }) => ({ default: Chart })),
);

const axes: readonly { readonly value: XAxis; readonly label: string; readonly title: string }[] = [
  { value: "step", label: "Step", title: "Optimiser updates of the stage" },
  { value: "epoch", label: "Epoch", title: "Passes through the training images" },
  { value: "wall", label: "Time", title: "Training time of the run, its teacher's included" },
  { value: "macs", label: "Compute", title: "Multiply-accumulates of the run, its teacher's included" },
];

/** How it goes. */
export function CurvesPanel() {
  const idle = useApp((state) => state.run.status === "idle");
  return (
    <Panel
      title="How it goes"
      lead="Held-out accuracy, losses and what keeps them honest"
      className="curves-panel"
      actions={idle ? undefined : <Axis />}
    >
      {idle ? <Welcome /> : <Charts />}
    </Panel>
  );
}

function Axis() {
  const axis = useApp((state) => state.view.xAxis);
  const { setView } = useActions();
  return (
    <>
      <Segmented
        label="Horizontal axis"
        value={axis}
        options={axes}
        onChange={(xAxis) => setView({ xAxis })}
      />
      <ChartOptions />
    </>
  );
}

function Charts() {
  const [group, setGroup] = useState("overview");
  return (
    <Tabs.Root value={group} onValueChange={setGroup}>
      <Tabs.List className="tabs-list" aria-label="Charts">
        {chartGroups.map(({ id, label }) => (
          <Tabs.Trigger key={id} value={id}>
            {label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {chartGroups.map(({ id, charts }) => (
        <Tabs.Content key={id} value={id} className="chart-grid">
          {charts.map((choice) => (
            <Suspense key={choice.metric} fallback={<div className="chart-placeholder" />}>
              <MetricChart choice={choice} />
            </Suspense>
          ))}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
