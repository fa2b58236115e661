import type { Experiment } from "../../protocol/experiment";
import { settingInWords } from "../../series/setting-words";
import type { AppState } from "../../store/app-store";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { Notice } from "./notice";

/** A link that could not be opened as it is: its invalid settings, and an offer to open the rest. */
export function UnusableLink({ link }: { link: NonNullable<AppState["unusableLink"]> }) {
  const { openRepairedLink, dismissLink } = useActions();
  const words = texts().notices.link;
  return (
    <Notice tone="danger" title={link.title} cause={link.cause} action={link.action}>
      {link.fields.length > 0 && (
        <div className="notice-table">
          <table>
            <thead>
              <tr>
                <th scope="col">{words.setting}</th>
                <th scope="col">{words.given}</th>
                <th scope="col">{words.allowed}</th>
                <th scope="col">{words.default}</th>
              </tr>
            </thead>
            <tbody>
              {link.fields.map(({ field, given, allowed, default: fallback }) => (
                <tr key={field}>
                  <th scope="row">
                    <SettingName field={field} repaired={link.repaired} />
                  </th>
                  <td>{texts().problems.given(given)}</td>
                  <td>{texts().problems.allowed(allowed)}</td>
                  <td>{fallback === undefined ? words.leftOut : shown(fallback)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row">
        {link.repaired && (
          <button type="button" className="button button-primary" onClick={openRepairedLink}>
            {words.openRepaired(link.fields.length)}
          </button>
        )}
        <button type="button" className="button" onClick={dismissLink}>
          {link.repaired ? words.keep : texts().page.dismiss}
        </button>
      </div>
    </Notice>
  );
}

/** The setting's label, and its path in a file. */
function SettingName({ field, repaired }: { field: string; repaired: Experiment | undefined }) {
  if (field === "") return texts().notices.link.wholeExperiment;
  const label = repaired ? settingInWords(field, [repaired]).label : field;
  return label === field ? (
    <code>{field}</code>
  ) : (
    <>
      {label} <code className="muted">{field}</code>
    </>
  );
}

function shown(value: unknown): string {
  const words = texts().notices.link;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return words.itsDefaults;
  return Array.isArray(value) && value.some((item) => typeof item === "object")
    ? words.defaultList(value.length)
    : JSON.stringify(value);
}
