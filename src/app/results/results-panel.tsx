import { Suspense } from "react";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { CopyRecordedLink } from "../header/copy-link";
import { lazy } from "../lazy";
import { Panel } from "../panel";

const ResultsTables = lazy(() =>
  import("./results-tables").then(({ ResultsTables: Loaded }) => ({ default: Loaded })),
);

/** What it means. */
export function ResultsPanel() {
  const isEmpty = useApp((state) => state.run.runs.length === 0);
  return (
    <Panel
      title={texts().results.title}
      lead={texts().results.lead}
      className="results-panel"
      actions={!isEmpty && <CopyRecordedLink />}
    >
      {isEmpty ? (
        <p className="empty">{texts().results.empty}</p>
      ) : (
        <Suspense>
          <ResultsTables />
        </Suspense>
      )}
    </Panel>
  );
}
