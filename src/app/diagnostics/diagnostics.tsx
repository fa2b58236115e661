import { useState } from "react";
import { significant, withPrefix } from "../../charts/format";
import type { Diagnosis } from "../../protocol/messages";
import { useApp, useEngine } from "../app-context";

/** Where a step's time goes, measured on this device at a press. */
export function Diagnostics() {
  const diagnosis = useApp((state) => state.diagnosis);
  const running = useApp(({ run }) => run.status === "training" || run.status === "paused");
  const { diagnose } = useEngine();
  const [measuring, setMeasuring] = useState(false);
  const measure = () => {
    setMeasuring(true);
    void diagnose().finally(() => setMeasuring(false));
  };
  return (
    <section className="diagnostics" aria-label="Where the time goes">
      <div className="row">
        <h3>Where the time goes</h3>
        <button
          type="button"
          className="button button-small"
          disabled={!running || measuring}
          onClick={measure}
        >
          {measuring ? "Measuring …" : "Measure a step"}
        </button>
      </div>
      {diagnosis ? (
        <Findings diagnosis={diagnosis} />
      ) : (
        <p className="small muted">
          While something trains, one of its steps can be taken with a clock beside it. It is a step like any
          other.
        </p>
      )}
    </section>
  );
}

const milliseconds = (value: number | undefined) =>
  value === undefined ? "–" : `${significant(value, 3)} ms`;

function Findings({ diagnosis }: { diagnosis: Diagnosis }) {
  const run = useApp((state) => state.run);
  const found = run.runs.find(({ planned }) => planned.runId === diagnosis.runId)?.planned;
  const name = found
    ? `${run.experiment?.arms[found.arm]?.name}, seed ${found.seed}: ${diagnosis.stage}`
    : "";
  const { gflops, peak, memory } = diagnosis;
  const figures: readonly (readonly [string, string])[] = [
    ["A step", milliseconds(diagnosis.msPerStep)],
    ["of it JavaScript", milliseconds(diagnosis.jsMsPerStep)],
    ["Dispatches", diagnosis.dispatches?.toLocaleString("en") ?? "–"],
    ["Reached", gflops === undefined ? "–" : `${significant(gflops, 3)} GFLOP/s`],
    ["Matrix product here", peak ? `${significant(peak.gflops, 3)} GFLOP/s` : "–"],
    ["Tensors", memory.tensors.toLocaleString("en")],
    ["Memory in use", withPrefix(memory.usedBytes, "B")],
    ["allocated", memory.allocatedBytes === undefined ? "–" : withPrefix(memory.allocatedBytes, "B")],
  ];
  return (
    <>
      <p className="small muted">
        {name}.{" "}
        {diagnosis.recorded ? "Steps are replays of a recorded one." : "Every step is put together anew."}
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
    </>
  );
}

const SHOWN = 12;

function Kernels({ kernels }: { kernels: Diagnosis["kernels"] }) {
  if (!kernels || kernels.length === 0) return null;
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <table className="data-table kernel-table">
      <caption className="visually-hidden">GPU time by kernel</caption>
      <thead>
        <tr>
          <th scope="col">Kernel</th>
          <th scope="col">Dispatches</th>
          <th scope="col">GPU time</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {kernels.slice(0, SHOWN).map(({ kernel, dispatches, ms }) => {
          const share = total > 0 ? ms / total : 0;
          return (
            <tr key={kernel}>
              <th scope="row">{kernel}</th>
              <td>{dispatches}</td>
              <td>{milliseconds(ms)}</td>
              <td>
                <span className="share-bar" style={{ width: `${6 * share}rem` }} /> {Math.round(100 * share)}{" "}
                %
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
