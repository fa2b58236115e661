import { useState } from "react";
import { formatPercent, significant, withPrefix } from "../../charts/format";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import type { Diagnosis } from "../../protocol/device/diagnosis";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { BackendTimes } from "./backend-times";
import { KernelChoices } from "./kernel-choices";

/** Breakdown of a step's time, measured on this device on request. */
export function Diagnostics() {
  const diagnosis = useApp((state) => state.diagnosis);
  const running = useApp(({ run }) => run.status === "training" || run.status === "paused");
  const { diagnose } = useEngine();
  const [measuring, setMeasuring] = useState(false);
  const measure = () => {
    setMeasuring(true);
    void diagnose().finally(() => setMeasuring(false));
  };
  const words = texts().diagnostics;
  return (
    <section className="diagnostics" aria-label={words.title}>
      <div className="row">
        <h3>{words.title}</h3>
        <button
          type="button"
          className="button button-small"
          disabled={!running || measuring}
          onClick={measure}
        >
          {measuring ? words.measuring : words.measure}
        </button>
      </div>
      {diagnosis ? <Findings diagnosis={diagnosis} /> : <p className="small muted">{words.help}</p>}
      <BackendTimes />
    </section>
  );
}

const milliseconds = (value: number | undefined) =>
  value === undefined ? "–" : `${significant(value, 3)} ms`;

function Findings({ diagnosis }: { diagnosis: Diagnosis }) {
  const run = useApp((state) => state.run);
  const found = run.runs.find(({ planned }) => planned.runId === diagnosis.runId)?.planned;
  const words = texts().diagnostics;
  const { runName, arm, learners } = texts().run;
  const name = found
    ? words.ofRun(
        runName(run.experiment?.arms[found.arm]?.name ?? arm, found.seed),
        learners[diagnosis.stage],
      )
    : "";
  const { gflops, peak, memory } = diagnosis;
  const figures: readonly (readonly [string, string])[] = [
    [words.step, milliseconds(diagnosis.msPerStep)],
    [words.javascript, milliseconds(diagnosis.jsMsPerStep)],
    [words.dispatches, diagnosis.dispatches === undefined ? "–" : integer(diagnosis.dispatches)],
    [words.reached, gflops === undefined ? "–" : `${significant(gflops, 3)} GFLOP/s`],
    [words.peak, peak ? `${significant(peak.gflops, 3)} GFLOP/s` : "–"],
    [words.tensors, integer(memory.tensors)],
    [words.memory, withPrefix(memory.usedBytes, "B")],
    [words.allocated, memory.allocatedBytes === undefined ? "–" : withPrefix(memory.allocatedBytes, "B")],
  ];
  return (
    <>
      <p className="small muted">
        {name}. {words.steps[diagnosis.steps](diagnosis.notCompiled)}
      </p>
      <dl className="facts">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Kernels kernels={diagnosis.kernels} />
      <KernelChoices choices={diagnosis.choices} />
    </>
  );
}

const SHOWN = 12;

type Kernel = NonNullable<Diagnosis["kernels"]>[number];

function Kernels({ kernels }: { kernels: Diagnosis["kernels"] }) {
  if (!kernels || kernels.length === 0) return null;
  return (
    <FigureTable
      label={texts().diagnostics.kernels}
      columns={kernelColumns(kernels)}
      rows={kernels.slice(0, SHOWN)}
      keyOf={({ kernel }) => kernel}
      fileName="kernels"
      className="kernel-table"
    />
  );
}

function kernelColumns(kernels: readonly Kernel[]): readonly Column<Kernel>[] {
  const words = texts().diagnostics;
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  const shareOf = ({ ms }: Kernel) => (total > 0 ? ms / total : 0);
  const share = (kernel: Kernel) => formatPercent(shareOf(kernel), 0);
  return [
    { id: "kernel", label: words.kernel, value: ({ kernel }) => kernel, text: ({ kernel }) => kernel },
    {
      id: "dispatches",
      label: words.dispatches,
      value: ({ dispatches }) => dispatches,
      text: ({ dispatches }) => integer(dispatches),
    },
    { id: "ms", label: words.gpuTime, value: ({ ms }) => ms, text: ({ ms }) => milliseconds(ms) },
    {
      id: "share",
      label: words.share,
      value: shareOf,
      text: share,
      cell: (kernel) => (
        <>
          <span className="share-bar" style={{ width: `${6 * shareOf(kernel)}rem` }} /> {share(kernel)}
        </>
      ),
    },
  ];
}
