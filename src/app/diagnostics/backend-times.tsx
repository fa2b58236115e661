import { significant } from "../../charts/format";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import type { DeviceDescription } from "../../protocol/messages";
import { isRunning } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { backendTitles } from "../run/backend-titles";

/** The measurements behind the choice of backend where there is no GPU, from this visit or an earlier one. */
export function BackendTimes() {
  const measured = useApp(({ engine }) => (engine.status === "ready" ? engine.device.measured : undefined));
  const busy = useApp(isRunning);
  const { measureBackends } = useEngine();
  if (!measured) return null;
  const { title, explanation, backend, layer, again } = texts().diagnostics.backendTimes;
  return (
    <>
      <div className="row">
        <h3>{title}</h3>
        <button
          type="button"
          className="button button-small"
          disabled={busy}
          onClick={() => void measureBackends()}
        >
          {again}
        </button>
      </div>
      <p className="small muted">{explanation}</p>
      <FigureTable
        label={title}
        columns={columnsOf(backend, layer)}
        rows={measured}
        keyOf={({ backend: name }) => name}
        fileName="backends"
      />
    </>
  );
}

type Measured = NonNullable<DeviceDescription["measured"]>[number];

const columnsOf = (backend: string, layer: string): readonly Column<Measured>[] => [
  {
    id: "backend",
    label: backend,
    value: ({ backend: name }) => name,
    text: ({ backend: name }) => backendTitles[name],
  },
  {
    id: "layer_ms",
    label: layer,
    value: ({ ms }) => ms,
    text: ({ ms, isAtLeast }) => `${isAtLeast ? "> " : ""}${significant(ms, 3)} ms`,
  },
];
