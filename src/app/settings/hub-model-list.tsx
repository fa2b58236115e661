import "../styles/models.css";
import type { HubListing, HubModel, WantedHubModel } from "../../protocol/hub-models";
import { modelLimits } from "../../protocol/teacher-model";
import { significantDigits } from "../../texts/numbers";
import { teacherModelTexts } from "../../texts/teacher-model";

/** Files that cannot be used and are named. */
const named = 4;

export const megabytes = (bytes: number): string =>
  bytes < 1e6 ? significantDigits(bytes / 1e6, 2) : String(Math.round(bytes / 1e6));

/** The models of a repository, and what in it cannot be used. */
export function HubModelList({
  listing: { repository, revision, models, others },
  isBusy,
  onFetch,
}: {
  listing: HubListing;
  isBusy: boolean;
  onFetch: (wanted: WantedHubModel) => void;
}) {
  const words = teacherModelTexts().hub;
  return (
    <section className="small" aria-label={words.models(repository)}>
      {models.length === 0 ? (
        <p role="status">{words.none(repository)}</p>
      ) : (
        <ul aria-label={words.models(repository)}>
          {models.map((model) => (
            <li key={model.path}>
              <Model model={model} />
              {!model.isTooLarge && (
                <button
                  type="button"
                  className="button button-small"
                  aria-label={words.fetchNamed(model.path)}
                  disabled={isBusy}
                  onClick={() => onFetch({ repository, revision, path: model.path })}
                >
                  {words.fetch}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <p className="muted">
          {words.others(others.slice(0, named).join(", "), Math.max(0, others.length - named))}
        </p>
      )}
    </section>
  );
}

function Model({ model: { path, bytes, files, isTooLarge } }: { model: HubModel }) {
  const words = teacherModelTexts().hub;
  const size = words.size(`${megabytes(bytes)} MB`, files);
  return (
    <span>
      <code>{path}</code>{" "}
      <span className="muted">
        {isTooLarge ? `${size}, ${words.tooLarge(`${megabytes(modelLimits.bytes)} MB`)}` : size}
      </span>
    </span>
  );
}
