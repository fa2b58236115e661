import { Suspense } from "react";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { lazy } from "../lazy";
import { PickButtons } from "./pick-buttons";

const Understood = lazy(() =>
  import("./understood-images").then(({ UnderstoodImages: Loaded }) => ({ default: Loaded })),
);

/**
 * A place in sight to drop one's own images, and what was understood of them. The page takes a drop anywhere; this says
 * so, and offers to pick files instead.
 */
export function ImagesEntry() {
  const hasOwn = useApp(
    ({ dataset, experiment }) =>
      dataset.listing ||
      dataset.loading?.settings.source === "files" ||
      experiment.dataset.source === "files",
  );
  const failed = useApp(({ dataset }) => dataset.failure !== undefined);
  const { showPart } = useActions();
  const words = texts().data.entry;
  const showImages = () => showPart("settings", { settingsTab: "images" });
  return (
    <section className="images-entry" aria-label={words.region}>
      <div className="images-entry-place">
        <h3>{words.title}</h3>
        <p className="small muted">{words.lead}</p>
        <PickButtons folderLabel={words.folder} archiveLabel={words.files} onPick={showImages} />
      </div>
      {(hasOwn || failed) && (
        <div className="images-entry-found small">
          <Suspense>
            <Understood />
          </Suspense>
          <button type="button" className="button button-small" onClick={showImages}>
            {words.details}
          </button>
        </div>
      )}
    </section>
  );
}
