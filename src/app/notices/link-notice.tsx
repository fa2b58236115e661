import { useActions, useApp } from "../app-context";
import { Notice } from "./notice";

/** A link that could not be opened as it is: which settings are wrong, and the offer to open the rest of it. */
export function LinkNotice() {
  const link = useApp((state) => state.unusableLink);
  const { openRepairedLink, dismissLink } = useActions();
  if (!link) return null;
  return (
    <Notice tone="danger" title={link.title} cause={link.cause} action={link.action}>
      {link.fields.length > 0 && (
        <div className="notice-table">
          <table>
            <thead>
              <tr>
                <th scope="col">Setting</th>
                <th scope="col">Given</th>
                <th scope="col">Allowed</th>
                <th scope="col">Default</th>
              </tr>
            </thead>
            <tbody>
              {link.fields.map(({ field, given, allowed, default: fallback }) => (
                <tr key={field}>
                  <th scope="row">{field || "the experiment"}</th>
                  <td>{given}</td>
                  <td>{allowed}</td>
                  <td>{fallback === undefined ? "left out" : shown(fallback)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row">
        {link.repaired && (
          <button type="button" className="button button-primary" onClick={openRepairedLink}>
            {link.fields.length === 1
              ? "Open with this setting at its default"
              : "Open with these settings at their defaults"}
          </button>
        )}
        <button type="button" className="button" onClick={dismissLink}>
          {link.repaired ? "Keep the experiment shown" : "Dismiss"}
        </button>
      </div>
    </Notice>
  );
}

function shown(value: unknown): string {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return "its defaults";
  return Array.isArray(value) && value.some((item) => typeof item === "object")
    ? `the default list of ${value.length}`
    : JSON.stringify(value);
}
