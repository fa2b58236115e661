import { significant } from "../../charts/format";
import { isRunning } from "../../store/engine-actions";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { backendTitles } from "../run/backend-titles";

/** What was measured to choose a backend, now or on an earlier visit, where there is no GPU. */
export function BackendTimes() {
  const measured = useApp(({ engine }) => (engine.status === "ready" ? engine.device.measured : undefined));
  const busy = useApp(isRunning);
  const { chooseBackendAnew } = useEngine();
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
          onClick={() => void chooseBackendAnew()}
        >
          {again}
        </button>
      </div>
      <p className="small muted">{explanation}</p>
      <table className="data-table kernel-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{backend}</th>
            <th scope="col">{layer}</th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ backend: name, ms, isAtLeast }) => (
            <tr key={name}>
              <th scope="row">{backendTitles[name]}</th>
              <td>
                {isAtLeast ? "> " : ""}
                {significant(ms, 3)} ms
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
