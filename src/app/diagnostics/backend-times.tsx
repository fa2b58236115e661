import { significant } from "../../charts/format";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { backendTitles } from "../run/backend-titles";

/** What was measured to choose a backend, where there is no GPU. */
export function BackendTimes() {
  const measured = useApp(({ engine }) => (engine.status === "ready" ? engine.device.measured : undefined));
  if (!measured) return null;
  const { title, explanation, backend, layer } = texts().diagnostics.backendTimes;
  return (
    <>
      <h3>{title}</h3>
      <p className="small muted">{explanation}</p>
      <table className="data-table kernel-table">
        <thead>
          <tr>
            <th scope="col">{backend}</th>
            <th scope="col">{layer}</th>
          </tr>
        </thead>
        <tbody>
          {measured.map(({ backend: name, ms }) => (
            <tr key={name}>
              <th scope="row">{backendTitles[name]}</th>
              <td>{significant(ms, 3)} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
